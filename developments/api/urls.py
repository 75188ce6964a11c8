"""Endpoints of development petitions."""

from rest_framework.routers import SimpleRouter

from developments.api.developments import DevelopmentViewSet
from developments.api.reference import EnterpriseViewSet, PlanTemplateViewSet

router = SimpleRouter()
router.register("developments", DevelopmentViewSet, basename="api-development")
router.register("enterprises", EnterpriseViewSet, basename="api-enterprise")
router.register("plan-templates", PlanTemplateViewSet, basename="api-plan-template")
