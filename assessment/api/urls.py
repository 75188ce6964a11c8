"""Endpoints of assessment."""

from rest_framework.routers import SimpleRouter

from assessment.api.reports import LineViewSet, ReportViewSet

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="api-report")
router.register("report-lines", LineViewSet, basename="api-report-line")
