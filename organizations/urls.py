"""Addresses of the lists."""

from django.urls import path

from organizations.views import absences, postings, units

app_name = "organizations"
urlpatterns = [
    path("units/", units.units, name="units"),
    path("postings/", postings.postings, name="postings"),
    path("postings/new/", postings.post, name="post"),
    path("postings/<int:posting_id>/end/", postings.end, name="posting-end"),
    path("absences/", absences.absences, name="absences"),
    path("absences/enter/", absences.enter, name="absence-enter"),
    path("absences/<uuid:absence_id>/end/", absences.end, name="absence-end"),
]
