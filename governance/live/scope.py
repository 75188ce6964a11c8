"""Who is told of which cases: the same visible_to() as on every page, asked anew before every event."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from calls.models import Call
from developments.models import Development
from kernel.actors import Actor
from organizations.choices import Role
from petitions.models import Petition
from petitions.queries import by_place_alone
from whistles.models import Whistle

# What pages show, and the column that names the chain its events go on. A unit that is called sees the call alone.
WATCHED: tuple[tuple[type[Model], str], ...] = (
    (Petition, "id"),
    (Call, "case_id"),
    (Whistle, "case_id"),
    (Development, "petition_id"),
)
Found = list[tuple[type[Model], str, list[UUID]]]


def scope_of(actor: Actor) -> Hashable:
    """What people must have in common to share one answer: their seats, and themselves where their own cases count."""
    personal = by_place_alone(actor) is None or Role.ENFORCER in actor.roles
    return frozenset(actor.seats), actor.user_id if personal else None


def sorted_out(cases: Iterable[UUID]) -> Found:
    """Which of the cases stand in which table, for nobody in particular; one query for each table."""
    ids = list(cases)
    found: Found = []
    for table, column in WATCHED:
        there = _manager(table).filter(**{f"{column}__in": ids}).values_list(column, flat=True).distinct()
        if here := list(there):
            found.append((table, column, here))
    return found


def visible(*, actor: Actor, found: Found) -> frozenset[UUID]:
    """Those of the cases that the actor may see; one query for each table that has any."""
    seen: set[UUID] = set()
    for table, column, ids in found:
        rows = _manager(table).visible_to(actor).filter(**{f"{column}__in": ids})
        seen.update(rows.order_by().values_list(column, flat=True))
    return frozenset(seen)


def shared_out(*, actors: Mapping[Hashable, Actor], cases: Iterable[UUID]) -> dict[Hashable, frozenset[UUID]]:
    """The same for many, by their scopes."""
    found = sorted_out(cases)
    return {scope: visible(actor=actor, found=found) for scope, actor in actors.items()}


def _manager(table: type[Model]) -> Any:
    return table._default_manager
