"""Pages of assessment."""

from django.urls import path

from assessment.views import building, cases, reports, workbook

app_name = "assessment"
urlpatterns = [
    path("", reports.reports, name="reports"),
    path("build/", building.build, name="build"),
    path("<uuid:report_id>/", reports.report, name="report"),
    path("<uuid:report_id>/publish/", building.publish, name="publish"),
    path("<uuid:report_id>/report.xlsx", workbook.download, name="workbook"),
    path("lines/<int:line_id>/", cases.cases, name="cases"),
]
