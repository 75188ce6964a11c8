"""Who was responsible for what, where, on which day; what an item said then; and everything that happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch, QuerySet

from kernel.worktime import SHANGHAI
from organizations.models import Matter
from organizations.queries import Responsibility, responsible_for
from organizations.queries.snapshot import Snapshot
from registry.models import Act, Cooperation, Item, ItemVersion

COOPERATING = Prefetch("cooperations", queryset=Cooperation.objects.select_related("unit").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who leads and who assists by the decision table, and the version of the item that says so, where there is one."""

    matter: Matter
    responsibility: Responsibility
    version: ItemVersion | None


def item_at(*, code: str, on: date) -> ItemVersion | None:
    """What the item said on the day, with who cooperates; None where it was not in force. Two queries."""
    versions = ItemVersion.objects.in_force(on).filter(item__code=code).select_related("item", "lead_unit", "area")
    return versions.prefetch_related(COOPERATING).first()


def in_force(*, kind: str, on: date) -> QuerySet[ItemVersion]:
    """The versions of a list that hold on the day, in the order of the codes. "" asks for all lists."""
    versions = ItemVersion.objects.in_force(on).select_related("item", "lead_unit", "area").order_by("item__code")
    return versions.filter(item__kind=kind) if kind else versions


def history_of(*, item: Item) -> list[Act]:
    """Every act upon an item, the latest first, with who signed and the versions it led from and to. One query."""
    acts = item.acts.select_related(
        "signed_by", "signed_unit", "second_signed_by", "second_signed_unit", "from_version", "to_version"
    )
    return list(acts.order_by("-at", "-pk"))


def who_was_responsible(*, code: str, place: str, on: date, held: Snapshot | None = None) -> Answer | None:
    """The one answer to "who was responsible for X in Y on date Z"; None where there is no such matter or item.

    `code` is that of a matter or of an item that has one; `place` a cell code, an area code or a prefix of one.
    """
    matter = Matter.objects.filter(code=code).first()
    if matter is None:
        matter = Matter.objects.filter(pk__in=Item.objects.filter(code=code).values("matter_id")).first()
    if matter is None:
        return None
    noon = datetime.combine(on, time(12), tzinfo=SHANGHAI)
    found = responsible_for(matter_id=matter.pk, place=place, at=noon, held=held)
    version = None
    if found.lead is not None:
        said = ItemVersion.objects.in_force(on).filter(matter=matter, area_id=found.lead.area_code)
        version = said.select_related("item", "lead_unit").first()
    return Answer(matter=matter, responsibility=found, version=version)
