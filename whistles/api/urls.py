"""Endpoints of whistles."""

from rest_framework.routers import SimpleRouter

from whistles.api.tasks import TaskViewSet
from whistles.api.whistles import WhistleViewSet

router = SimpleRouter()
router.register("whistles", WhistleViewSet, basename="api-whistle")
router.register("whistle-tasks", TaskViewSet, basename="api-whistle-task")
