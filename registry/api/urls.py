"""Endpoints of the registry."""

from rest_framework.routers import SimpleRouter

from registry.api.admission import AdmissionViewSet, TaskViewSet
from registry.api.drafts import DraftViewSet
from registry.api.gaps import GapViewSet
from registry.api.hand_overs import HandOverViewSet
from registry.api.items import ItemViewSet
from registry.api.sheets import SheetViewSet

router = SimpleRouter()
router.register("gaps", GapViewSet, basename="api-gap")
router.register("admissions", AdmissionViewSet, basename="api-admission")
router.register("adhoc-tasks", TaskViewSet, basename="api-adhoc-task")
router.register("items", ItemViewSet, basename="api-item")
router.register("drafts", DraftViewSet, basename="api-draft")
router.register("sheets", SheetViewSet, basename="api-sheet")
router.register("hand-overs", HandOverViewSet, basename="api-hand-over")
