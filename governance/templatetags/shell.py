"""What the frame of the pages asks for: the menu, the person, the look, and the addresses of the libraries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise

from governance.assets import vendor_url
from governance.web import appearance, navigation
from governance.web.help.telling import Hint, help_address, hint_of
from governance.web.person import Person
from governance.web.person import person as person_of
from petitions.queries import works_on_cases

register = template.Library()


@register.simple_tag
def vendor(library: str, file: str) -> str:
    """Address of a library's file: {% vendor 'tabler' 'css/tabler.min.css' %}."""
    return vendor_url(library=library, file=file)


@register.simple_tag(takes_context=True)
def menu(context: dict[str, Any]) -> Iterator[tuple[str | Promise, list[navigation.Line]]]:
    """The menu of whoever is signed in."""
    request = context["request"]
    return navigation.menu(actor=request.actor, staff=request.user.is_staff, path=request.path)


@register.simple_tag(takes_context=True)
def person(context: dict[str, Any]) -> Person | None:
    """Who is signed in. Error pages may be drawn before anybody has looked: then nobody is."""
    request = context.get("request")
    if request is None or not hasattr(request, "user") or not hasattr(request, "actor"):
        return None
    return person_of(request=request)


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """light, dark or auto."""
    request = context.get("request")
    return appearance.theme_of(request) if request is not None else "auto"


@register.simple_tag(takes_context=True)
def keys(context: dict[str, Any]) -> str:
    """On or off."""
    request = context.get("request")
    return appearance.keys_of(request) if request is not None else "on"


@register.simple_tag(takes_context=True)
def live_line(context: dict[str, Any]) -> dict[str, Any] | None:
    """Where the page hears what changes; None for whoever does not work on cases."""
    actor = getattr(context.get("request"), "actor", None)
    if actor is None or not works_on_cases(actor):
        return None
    return {"address": settings.LIVE_ADDRESS, "port": settings.LIVE_PORT}


@register.simple_tag(takes_context=True)
def help_href(context: dict[str, Any]) -> str:
    """Where the manual opens for this page."""
    request = context.get("request")
    return help_address(request) if request is not None else ""


@register.simple_tag(takes_context=True)
def hint(context: dict[str, Any]) -> Hint | None:
    """What is said on a first visit of this page."""
    request = context.get("request")
    return hint_of(request) if request is not None else None


@register.simple_tag
def map_tiles() -> str:
    """Address pattern of the background of maps, "" for none."""
    return getattr(settings, "MAP_TILE_URL", "")
