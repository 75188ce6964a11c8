"""Addresses of the lists."""

from django.urls import path

from organizations.views import responsibilities, units

app_name = "organizations"
urlpatterns = [
    path("responsibilities/", responsibilities.responsibilities, name="responsibilities"),
    path("responsibilities/<str:code>/", responsibilities.matter, name="matter"),
    path("units/", units.units, name="units"),
]
