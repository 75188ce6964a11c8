"""Addresses of the endpoints."""

from rest_framework.routers import SimpleRouter

from organizations.api import absences, teams, views

router = SimpleRouter()
router.register("areas", views.AreaViewSet, basename="area")
router.register("units", views.UnitViewSet, basename="unit")
router.register("matters", views.MatterViewSet, basename="matter")
router.register("responsibilities", views.ResponsibilityViewSet, basename="responsibility")
router.register("teams", teams.TeamViewSet, basename="team")
router.register("absences", absences.AbsenceViewSet, basename="absence")
