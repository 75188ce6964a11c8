"""The responsibility list as it is read: matter by matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.actors import Actor
from organizations.choices import Duty
from organizations.models import Matter, ResponsibilityEntry


@dataclass(slots=True)
class Listed:
    """A matter with its entries in force on a day."""

    matter: Matter
    leads: list[ResponsibilityEntry] = field(default_factory=list)
    assists: list[ResponsibilityEntry] = field(default_factory=list)


def listed_matters(*, actor: Actor, on: date, q: str = "", kind: str = "", unit: str = "") -> QuerySet[Matter]:
    """Matters that somebody answers for on the day, by text, kind, and name or code of a responsible unit."""
    entries = ResponsibilityEntry.objects.in_force(on).filter(matter=OuterRef("pk"))
    if unit:
        entries = entries.filter(
            Q(unit__name__icontains=unit) | Q(unit__short_name__icontains=unit) | Q(unit__code__iexact=unit)
        )
    matters: QuerySet[Matter] = Matter.objects.visible_to(actor).filter(Exists(entries))
    if q:
        matters = matters.filter(Q(name__icontains=q) | Q(code__icontains=q) | Q(domain__icontains=q))
    return matters.filter(petition_kind=kind) if kind else matters


def with_entries(*, matters: Sequence[Matter], on: date) -> list[Listed]:
    """The matters, each with its entries in force: wider areas first. One query."""
    entries = (
        ResponsibilityEntry.objects.in_force(on)
        .filter(matter__in=matters)
        .select_related("unit", "area")
        .order_by("area_id", "code")
    )
    listed = {matter.pk: Listed(matter) for matter in matters}
    for entry in entries:
        held = listed[entry.matter_id]
        (held.leads if entry.duty == Duty.LEAD else held.assists).append(entry)
    return list(listed.values())


def past_of(*, matter: Matter) -> dict[str, list[ResponsibilityEntry]]:
    """Every entry of a matter by its code, the latest period first. One query."""
    periods: defaultdict[str, list[ResponsibilityEntry]] = defaultdict(list)
    entries = ResponsibilityEntry.objects.filter(matter=matter).select_related("unit", "area")
    for entry in entries.order_by("area_id", "code", "-valid_from"):
        periods[entry.code].append(entry)
    return dict(periods)
