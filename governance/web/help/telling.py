"""What the frame of a page says of the manual: the address of its help, and the hint of a first visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from governance.web.help.book import Section
from governance.web.help.readers import address_of, chapter_of, section_of
from governance.web.help.views import language_of

# On these a hint would only stand in the way: they explain themselves, or are looked at from afar.
WITHOUT = (
    "governance:help", "governance:search", "governance:wall", "governance:style", "governance:login", "grids:job",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said on a first visit, where more stands, and the name under which it is put away."""

    name: str
    text: str
    href: str


def help_address(request: HttpRequest) -> str:
    """Where the manual opens for the page at hand."""
    return address_of(page=_page(request), roles=_roles(request), language=language_of())


def hint_of(request: HttpRequest) -> Hint | None:
    """The hint for whoever is signed in, on a page that has one and that was not put away."""
    user: Any = getattr(request, "user", None)
    page, roles = _page(request), _roles(request)
    if not settings.HINTS or user is None or not user.is_authenticated or not page or page.startswith(WITHOUT):
        return None
    section: Section | None = section_of(page=page, roles=roles, language=language_of())
    name = f"{chapter_of(roles)}:{section.anchor}" if section is not None else ""
    if section is None or name in user.hints_off:
        return None
    return Hint(name=name, text=section.first, href=help_address(request))


def _page(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name if match is not None else ""


def _roles(request: HttpRequest) -> frozenset[str]:
    actor = getattr(request, "actor", None)
    roles: frozenset[str] = actor.roles if actor is not None else frozenset()
    return roles
