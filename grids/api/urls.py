"""Addresses of the endpoints."""

from rest_framework.routers import SimpleRouter

from grids.api import findings, imports, outlines, views

router = SimpleRouter()
router.register("cells", views.CellViewSet, basename="cell")
router.register("outlines", outlines.OutlineViewSet, basename="api-outline")
router.register("map-imports", imports.ImportViewSet, basename="api-map-import")
router.register("map-findings", findings.FindingViewSet, basename="api-finding")
router.register("map-audits", findings.AuditViewSet, basename="api-audit")
