"""All addresses of the product, and the bare view beside them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def bare(request: HttpRequest) -> JsonResponse:
    """The least that a JSON view can do in this server: no sign-in, no database."""
    return JsonResponse({"ok": True})


urlpatterns = [path("bench/bare/", bare), path("", include("governance.urls"))]
