"""Endpoints of supervision."""

from rest_framework.routers import SimpleRouter

from supervision.api.listings import ListingViewSet
from supervision.api.orders import SupervisionViewSet
from supervision.api.urgings import UrgingViewSet

router = SimpleRouter()
router.register("supervision-orders", SupervisionViewSet, basename="api-supervision")
router.register("urgings", UrgingViewSet, basename="api-urging")
router.register("listings", ListingViewSet, basename="api-listing")
