"""Endpoints of dispatch."""

from rest_framework.routers import SimpleRouter

from dispatch.api.case import CaseDispatch
from dispatch.api.orders import OrderViewSet
from dispatch.api.reference import ReturnReasons

router = SimpleRouter()
router.register("orders", OrderViewSet, basename="api-order")
router.register("petitions", CaseDispatch, basename="api-petition-dispatch")
router.register("return-reasons", ReturnReasons, basename="api-return-reason")
