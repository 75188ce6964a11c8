"""Endpoints of calls."""

from rest_framework.routers import SimpleRouter

from calls.api.calls import CallViewSet

router = SimpleRouter()
router.register("calls", CallViewSet, basename="api-call")
