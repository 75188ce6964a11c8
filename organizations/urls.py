"""Addresses of the lists."""

from django.urls import path

from organizations.views import units

app_name = "organizations"
urlpatterns = [
    path("units/", units.units, name="units"),
]
