"""Pages of assessment."""

from django.urls import path

from assessment.views import balance, building, cases, reports, saved, statistics, taking, workbook

app_name = "assessment"
urlpatterns = [
    path("", reports.reports, name="reports"),
    path("build/", building.build, name="build"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/cases/", statistics.cases, name="statistics-cases"),
    path("statistics/balance/", balance.balance, name="balance"),
    path("statistics/balance/cases/", balance.cases, name="balance-cases"),
    path("statistics/exports/", taking.exports, name="exports"),
    path("statistics/exports/ask/", taking.ask, name="export-ask"),
    path("statistics/exports/<uuid:taken_id>/", taking.export, name="export"),
    path("statistics/exports/<uuid:taken_id>/stop/", taking.stop, name="export-stop"),
    path("statistics/exports/<uuid:taken_id>/file/", taking.download, name="export-file"),
    path("statistics/saved/", saved.reports, name="saved-reports"),
    path("statistics/saved/new/", saved.save, name="save"),
    path("statistics/saved/<uuid:report_id>/", saved.report, name="saved-report"),
    path("statistics/saved/<uuid:report_id>/change/", saved.change, name="saved-change"),
    path("statistics/saved/<uuid:report_id>/end/", saved.end, name="saved-end"),
    path("statistics/saved/<uuid:report_id>/<uuid:run_id>/", saved.run, name="saved-run"),
    path("<uuid:report_id>/", reports.report, name="report"),
    path("<uuid:report_id>/publish/", building.publish, name="publish"),
    path("<uuid:report_id>/report.xlsx", workbook.download, name="workbook"),
    path("lines/<int:line_id>/", cases.cases, name="cases"),
]
