"""Addresses of the endpoints."""

from rest_framework.routers import SimpleRouter

from grids.api import findings, imports, jobs, outlines, plans, staff, views

router = SimpleRouter()
router.register("cells", views.CellViewSet, basename="cell")
router.register("outlines", outlines.OutlineViewSet, basename="api-outline")
router.register("map-imports", imports.ImportViewSet, basename="api-map-import")
router.register("map-findings", findings.FindingViewSet, basename="api-finding")
router.register("map-audits", findings.AuditViewSet, basename="api-audit")
router.register("map-jobs", jobs.JobViewSet, basename="api-map-job")
router.register("cell-staff", staff.CellStaffViewSet, basename="api-cell-staff")
router.register("cell-plans", plans.CellPlanViewSet, basename="api-cell-plan")
