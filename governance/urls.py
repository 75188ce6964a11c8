"""Every address of the system."""

from django.contrib import admin
from django.urls import include, path

from governance import mounting
from governance.web import faults, health

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.missing
handler500 = faults.failed

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/", include("governance.api.urls")),
    path("", include("governance.web.urls")),
    *mounting.pages(),
]
