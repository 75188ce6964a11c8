"""How long what stands still has done so: for the centre case by case, for everybody by unit, without any person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from dispatch.choices import OrderState
from dispatch.models import TimeRequest, WorkOrder
from dispatch.time_rules import rooms_of
from kernel.actors import Actor
from organizations.models import Unit

# Days that stand for young, ageing and old, from which a suspension is shown in another colour.
AGES = ((90, "red"), (30, "yellow"), (0, "green"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfUnit:
    """One unit's suspensions: how many of how many, how many it may have, and the oldest."""

    unit_id: int
    unit: str
    standing: int
    open_orders: int
    most: int
    oldest_days: int
    colour: str


def running(*, actor: Actor, unit_id: int | None = None, reason: str = "") -> QuerySet[TimeRequest]:
    """Suspensions that run and that the actor may see, the oldest first."""
    rows = TimeRequest.objects.visible_to(actor).standing_still().order_by("since", "id")
    rows = rows.filter(unit_id=unit_id) if unit_id is not None else rows
    return rows.filter(reason=reason) if reason else rows


def days_old(*, since: datetime, at: datetime) -> int:
    """Whole days that something has stood still."""
    return max((at - since).days, 0)


def colour_of(*, days: int) -> str:
    """The colour of an age."""
    return next(colour for from_, colour in AGES if days >= from_)


def by_unit(*, at: datetime) -> Sequence[OfUnit]:
    """Every unit that has something suspended, the oldest first. Five queries; counts only."""
    oldest = dict(TimeRequest.objects.standing_still().values_list("unit_id").annotate(Min("since")).order_by())
    rows = WorkOrder.objects.open().filter(unit_id__in=oldest).order_by().values("unit_id")
    counted = rows.annotate(every=Count("pk"), still=Count("pk", filter=Q(state=OrderState.PAUSED)))
    rooms = rooms_of(unit_ids=oldest, at=at)
    names = dict(Unit.objects.filter(pk__in=oldest).values_list("pk", "name"))
    found = [
        OfUnit(
            unit_id=row["unit_id"],
            unit=names[row["unit_id"]],
            standing=row["still"],
            open_orders=row["every"],
            most=rooms[row["unit_id"]].quota.allows(open_orders=row["every"]),
            oldest_days=(days := days_old(since=oldest[row["unit_id"]], at=at)),
            colour=colour_of(days=days),
        )
        for row in counted
    ]
    return sorted(found, key=lambda one: (-one.oldest_days, one.unit))
