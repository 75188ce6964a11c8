"""Endpoints of assessment."""

from rest_framework.routers import SimpleRouter

from assessment.api.reports import LineViewSet, ReportViewSet
from assessment.api.statistics import Statistics

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="api-report")
router.register("report-lines", LineViewSet, basename="api-report-line")
router.register("statistics", Statistics, basename="api-statistics")
