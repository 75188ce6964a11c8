"""Pages of whistles."""

from django.urls import path

from whistles.views import calling, deeds, desk, months, tasks, whistle

app_name = "whistles"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("export/", desk.export, name="export"),
    path("new/", calling.new, name="new"),
    path("new/<uuid:case_id>/", calling.new, name="new-for"),
    path("month/", months.month, name="month"),
    path("quarter/", months.quarter, name="quarter"),
    path("quarter/export/", months.quarter_export, name="quarter-export"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/<slug:name>/", tasks.deed, name="task-deed"),
    path("<uuid:whistle_id>/", whistle.whistle, name="whistle"),
    path("<uuid:whistle_id>/bulletin/", whistle.bulletin, name="bulletin"),
    path("<uuid:whistle_id>/<slug:name>/", deeds.deed, name="deed"),
]
