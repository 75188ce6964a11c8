"""Endpoints of the registry."""

from rest_framework.routers import SimpleRouter

from registry.api.gaps import GapViewSet

router = SimpleRouter()
router.register("gaps", GapViewSet, basename="api-gap")
