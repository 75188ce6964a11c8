"""Pages of key work."""

from django.urls import path

from projects.views import board, bulletins, deeds, months, plans, project

app_name = "projects"
urlpatterns = [
    path("", board.board, name="board"),
    path("list/", board.projects, name="list"),
    path("export/", board.export, name="export"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("plans/<uuid:plan_id>/new/", plans.new_project, name="new"),
    path("plans/<uuid:plan_id>/draw/", bulletins.draw, name="draw"),
    path("plans/<uuid:plan_id>/<slug:name>/", plans.deed, name="plan-deed"),
    path("months/", months.all_months, name="months"),
    path("months/<uuid:month_id>/", months.month, name="month"),
    path("months/<uuid:month_id>/hold/", months.hold, name="hold"),
    path("reports/<uuid:report_id>/", months.report, name="report"),
    path("reports/<uuid:report_id>/remark/", months.remark, name="remark"),
    path("bulletins/", bulletins.all_bulletins, name="bulletins"),
    path("bulletins/<uuid:bulletin_id>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<uuid:bulletin_id>/book/", bulletins.book, name="book"),
    path("bulletins/<uuid:bulletin_id>/publish/", bulletins.publish, name="publish"),
    path("<uuid:project_id>/", project.project, name="project"),
    path("<slug:of>/<uuid:pk>/<slug:name>/", deeds.deed, name="deed"),
]
