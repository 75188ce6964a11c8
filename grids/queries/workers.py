"""Who works in a grid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from organizations.choices import Role
from organizations.models import Posting

IN_CELLS = (Role.GRID_LEADER, Role.GRIDWORKER)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody posted to a grid. Name and work telephone are published by law, on the card of the grid."""

    user_id: int
    role: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Caring:
    """Somebody who looks after a grid without being posted to it; published beside those who are."""

    label: str
    name: str
    unit: str
    phone: str


# Apps above know of more people who look after a grid; each says so at start-up.
Source = Callable[[str, datetime], list[Caring]]
SOURCES: list[Source] = []


def also_cares(source: Source) -> Source:
    """Have the card of every grid show those whom the source names for its code at an instant."""
    SOURCES.append(source)
    return source


def caring_for(cell_code: str, *, at: datetime) -> list[Caring]:
    """Everybody whom the apps above name for a grid at an instant; one query per source."""
    return [one for source in SOURCES for one in source(cell_code, at)]


def workers_of(cell_code: str, *, at: datetime) -> list[Worker]:
    """Leaders first, then gridworkers, of postings in force at an instant. One query."""
    postings = (
        Posting.objects.in_force(at)
        .filter(cell_code=cell_code, role__in=IN_CELLS, user__is_active=True)
        .order_by("role", "user_id")
        .values_list("user_id", "role", "user__display_name", "user__username", "user__work_phone")
    )
    return [Worker(user_id, role, name or username, phone) for user_id, role, name, username, phone in postings]
