"""Addresses of the endpoints."""

from rest_framework.routers import SimpleRouter

from grids.api import views

router = SimpleRouter()
router.register("cells", views.CellViewSet, basename="cell")
