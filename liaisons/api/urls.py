"""Endpoints of liaison officials."""

from rest_framework.routers import SimpleRouter

from liaisons.api.views import AssignmentViewSet, CommunityViewSet, VisitViewSet

router = SimpleRouter()
router.register("liaison-assignments", AssignmentViewSet, basename="api-liaison-assignment")
router.register("liaison-visits", VisitViewSet, basename="api-liaison-visit")
router.register("liaison-communities", CommunityViewSet, basename="api-liaison-community")
