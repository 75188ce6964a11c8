"""Endpoints of key work."""

from rest_framework.routers import SimpleRouter

from projects.api.months import BulletinViewSet, MonthViewSet, ReportViewSet
from projects.api.parts import InstructionViewSet, MilestoneViewSet
from projects.api.plans import PlanViewSet
from projects.api.projects import ProjectViewSet

router = SimpleRouter()
router.register("action-plans", PlanViewSet, basename="api-action-plan")
router.register("projects", ProjectViewSet, basename="api-project")
router.register("project-milestones", MilestoneViewSet, basename="api-project-milestone")
router.register("project-instructions", InstructionViewSet, basename="api-project-instruction")
router.register("project-months", MonthViewSet, basename="api-project-month")
router.register("project-reports", ReportViewSet, basename="api-project-report")
router.register("project-bulletins", BulletinViewSet, basename="api-project-bulletin")
