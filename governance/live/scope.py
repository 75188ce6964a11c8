"""Who is told of which cases: the same visible_to() as on every page, asked anew before every event."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, Model, Value

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
# Scopes asked about in one statement: the way to the database and back takes longer than the answer.
TOGETHER = 40
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
    return _seen(actors=[actor], found=found)[0]


def shared_out(*, actors: Mapping[Hashable, Actor], cases: Iterable[UUID]) -> dict[Hashable, frozenset[UUID]]:
    """The same for many, by their scopes; one query for each table and so many scopes."""
    found, scopes = sorted_out(cases), list(actors)
    seen: list[frozenset[UUID]] = []
    for first in range(0, len(scopes), TOGETHER):
        seen += _seen(actors=[actors[one] for one in scopes[first : first + TOGETHER]], found=found)
    return dict(zip(scopes, seen, strict=True))


def _seen(*, actors: list[Actor], found: Found) -> list[frozenset[UUID]]:
    """What each of some actors may see. Each is asked for by visible_to(), and all of them in one statement."""
    seen: list[set[UUID]] = [set() for _actor in actors]
    for table, column, ids in found:
        parts = [
            _manager(table)
            .visible_to(actor)
            .filter(**{f"{column}__in": ids})
            .order_by()
            .annotate(asked_by=Value(number, IntegerField()))
            .values_list("asked_by", column)
            for number, actor in enumerate(actors)
        ]
        for number, case in parts[0].union(*parts[1:], all=True):
            seen[number].add(case)
    return [frozenset(cases) for cases in seen]


def _manager(table: type[Model]) -> Any:
    return table._default_manager
