"""Endpoints of mediation."""

from rest_framework.routers import SimpleRouter

from mediation.api.cases import MediationViewSet

router = SimpleRouter()
router.register("mediations", MediationViewSet, basename="api-mediation")
