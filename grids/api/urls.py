"""Addresses of the endpoints."""

from rest_framework.routers import SimpleRouter

from grids.api import findings, views

router = SimpleRouter()
router.register("cells", views.CellViewSet, basename="cell")
router.register("map-findings", findings.FindingViewSet, basename="api-finding")
router.register("map-audits", findings.AuditViewSet, basename="api-audit")
