"""Who is signed in, as the frame of the page shows it: name, roles and body."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from organizations.choices import Role
from organizations.models import Unit

# A renamed body may show its old name in the corner of the page for this long; no page pays a query for it.
NAME_KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Person:
    """What the corner of the page says."""

    name: str
    letter: str
    roles: str
    unit: str


def unit_name(*, unit_id: int) -> str:
    """Short name of a body, kept for a few minutes; "" where there is none."""

    def read() -> str:
        names = Unit.objects.filter(pk=unit_id).values_list("short_name", "name").first() or ("", "")
        return names[0] or names[1]

    return cache.get_or_set(f"unit-name:{unit_id}", read, NAME_KEPT_SECONDS) or ""


def person(*, request: HttpRequest) -> Person | None:
    """The signed-in person, None where nobody is."""
    user = request.user
    if not user.is_authenticated:
        return None
    actor = request.actor
    name = user.display_name or user.get_username()
    labels = [str(Role(role).label) for role in sorted(actor.roles)]
    unit_id = next((seat.unit_id for seat in actor.seats if seat.unit_id is not None), None)
    return Person(
        name=name,
        letter=name[:1].upper(),
        roles=" · ".join(labels),
        unit=unit_name(unit_id=unit_id) if unit_id is not None else "",
    )
