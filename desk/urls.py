"""Pages of the dispatch desk."""

from django.urls import path

from desk import mark_urls
from desk.views import bulk, deeds, desk

app_name = "desk"
urlpatterns = [
    *mark_urls.urlpatterns,
    path("", desk.desk, name="desk"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/undo/", bulk.undoing, name="bulk-undo"),
    path("undo/", deeds.undoing, name="undo"),
    path("cases/<uuid:case_id>/changed/", deeds.changed, name="changed"),
    path("cases/<uuid:case_id>/do/<slug:name>/", deeds.deed, name="deed"),
]
