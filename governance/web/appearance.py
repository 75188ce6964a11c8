"""How the pages look for this browser: light or dark, keys on or off. Kept in cookies; nobody else's business."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("light", "dark", "auto")
SWITCHES = ("on", "off")
A_YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """light, dark, or auto (as the operating system has it)."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def keys_of(request: HttpRequest) -> str:
    """Whether single keys are short cuts: on or off."""
    return "off" if request.COOKIES.get("keys") == "off" else "on"


def back_to(request: HttpRequest, *, fallback: str = "governance:workbench") -> str:
    """The page somebody came from, if it is one of ours."""
    asked = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else resolve_url(fallback)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back; what is not on offer changes nothing."""
    response = HttpResponseRedirect(back_to(request))
    for name, offered in (("theme", THEMES), ("keys", SWITCHES)):
        value = request.POST.get(name, "")
        if value in offered:
            response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response
