"""The former address of one matter of the list leads to the question whose it is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """Who is responsible for the matter; place and day are taken along."""
    kept = {name: request.GET[name] for name in ("place", "on") if name in request.GET}
    return redirect(f"{reverse('registry:who')}?{urlencode({'x': code, **kept})}")
