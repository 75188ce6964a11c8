"""Pages of calls: the desk, filing, one call, and what is done with it."""

from django.urls import path

from calls.views import call, deeds, desk, files, filing, parts, triage

app_name = "calls"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("export/", desk.export, name="export"),
    path("new/", filing.file, name="file"),
    path("cases/<uuid:case_id>/new/", filing.file, name="file-for"),
    path("<uuid:call_id>/", call.call, name="call"),
    path("<uuid:call_id>/files/<uuid:file_id>/", files.file, name="evidence"),
    path("<uuid:call_id>/files/<uuid:file_id>/small/", files.small, name="evidence-small"),
    path("<uuid:call_id>/triage/", triage.triage, name="triage"),
    path("<uuid:call_id>/parts/<uuid:part_id>/<slug:name>/", parts.deed, name="part"),
    path("<uuid:call_id>/<slug:name>/", deeds.deed, name="deed"),
]
