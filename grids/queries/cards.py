"""What the card of a grid says: who serves it, what is open there, what the audit found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from grids.auditing.thresholds import lacking
from grids.choices import CellKind, StaffKind
from grids.models import Cell, CellStaff, Finding
from grids.queries.findings import LACKS
from grids.queries.workers import workers_of
from kernel.actors import Actor
from organizations.choices import Role


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the card; `kind` is that of the staffing pattern."""

    kind: str
    label: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class OpenItems:
    """How much is open in a grid, in one light; `href` leads to the very list."""

    light: str
    label: Any
    number: int
    href: str


# Apps above know what is open in a grid; each says so at start-up, within the scope of whoever reads.
Counter = Callable[[Actor, str, datetime], list[OpenItems]]
COUNTERS: list[Counter] = []


def counts_items(counter: Counter) -> Counter:
    """Have the card of every grid show what the counter finds open there."""
    COUNTERS.append(counter)
    return counter


def open_items(*, actor: Actor, code: str, at: datetime) -> list[OpenItems]:
    """What the apps above find open in a grid, for this reader."""
    return [one for counter in COUNTERS for one in counter(actor, code, at)]


def staff_of(cell: Cell, *, at: datetime) -> list[Member]:
    """Everybody who serves a grid, heads first: those posted to it, and those on its card alone. Two queries."""
    posted = [
        Member("head", str(Role(one.role).label), one.name, one.phone)
        if one.role == Role.GRID_LEADER
        else Member(StaffKind.FULL_TIME, str(Role(one.role).label), one.name, one.phone)
        for one in workers_of(cell.code, at=at)
    ]
    held = CellStaff.objects.in_force(timezone.localtime(at).date()).filter(cell=cell).order_by("pk")
    carded = [Member(one.kind, one.get_kind_display(), one.name, one.phone) for one in held]
    order = ["head", *StaffKind.values]
    return sorted([*posted, *carded], key=lambda one: order.index(one.kind))


def missing_of(cell: Cell, staff: list[Member]) -> list[str]:
    """What the pattern 一格一长一警一专多兼 still asks for in a basic grid, in words."""
    if cell.kind != CellKind.BASIC:
        return []
    kinds = [one.kind for one in staff]
    has = {kind: kinds.count(kind) for kind in kinds}
    return [str(LACKS[kind]) for kind in lacking(has)]


def findings_of(cell: Cell, *, actor: Actor) -> list[Finding]:
    """What the audit found about it, for those who may know."""
    return list(Finding.objects.visible_to(actor).standing().filter(place=cell.code).order_by("kind"))
