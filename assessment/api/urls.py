"""Endpoints of assessment."""

from rest_framework.routers import SimpleRouter

from assessment.api.exports import ExportViewSet
from assessment.api.reports import LineViewSet, ReportViewSet
from assessment.api.saved import SavedViewSet
from assessment.api.statistics import Statistics

router = SimpleRouter()
router.register("reports", ReportViewSet, basename="api-report")
router.register("report-lines", LineViewSet, basename="api-report-line")
router.register("statistics", Statistics, basename="api-statistics")
router.register("statistics-exports", ExportViewSet, basename="api-statistics-export")
router.register("saved-reports", SavedViewSet, basename="api-saved-report")
