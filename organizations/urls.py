"""Addresses of the lists."""

from django.urls import path

from organizations.views import absences, units

app_name = "organizations"
urlpatterns = [
    path("units/", units.units, name="units"),
    path("absences/", absences.absences, name="absences"),
    path("absences/enter/", absences.enter, name="absence-enter"),
    path("absences/<uuid:absence_id>/end/", absences.end, name="absence-end"),
]
