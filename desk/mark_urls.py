"""Pages of what one person marks: drafts, saved filters, what is unread, what is put aside."""

from django.urls import path, re_path

from desk.views import drafts, filters, snoozes

urlpatterns = [
    path("drafts/<str:key>/", drafts.draft, name="draft"),
    path("drafts/<str:key>/discard/", drafts.discard, name="draft-discard"),
    path("filters/", filters.saved, name="filters"),
    path("filters/save/", filters.save, name="filter-save"),
    path("filters/of/<slug:list_key>/", filters.chips, name="filter-chips"),
    path("filters/<uuid:filter_id>/", filters.edit, name="filter-edit"),
    path("filters/<uuid:filter_id>/begin/", filters.begin, name="filter-begin"),
    path("filters/<uuid:filter_id>/delete/", filters.delete, name="filter-delete"),
    re_path(r"^filters/(?P<filter_id>[0-9a-f-]{36})/(?P<direction>up|down)/$", filters.move, name="filter-move"),
    path("unread/", snoozes.unread_cases, name="unread"),
    path("marks/", snoozes.marks, name="marks"),
    path("snoozes/", snoozes.snoozes, name="snoozes"),
    path("cases/<uuid:case_id>/wake/", snoozes.wake, name="wake"),
]
