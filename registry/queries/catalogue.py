"""The registry as it is read: items with what they say on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kernel.actors import Actor
from registry.choices import ItemStatus
from registry.models import Cooperation, Item, ItemVersion

WORDS = ("name", "domain", "lead_duty", "township_duty", "basis")


@dataclass(slots=True)
class Listed:
    """An item with the version of the day, or its last one where none holds the day, and who cooperates."""

    item: Item
    version: ItemVersion
    cooperations: list[Cooperation] = field(default_factory=list)


def listed_items(
    *,
    actor: Actor,
    on: date,
    status: str = ItemStatus.IN_FORCE,
    q: str = "",
    kind: str = "",
    part: str = "",
    domain: str = "",
    unit: str = "",
    township: str = "",
) -> QuerySet[Item]:
    """Items that stand so on the day, by words, list, part, field, unit concerned and role of the township."""
    items: QuerySet[Any] = Item.objects.visible_to(actor).with_status(on).filter(**{"status_then": status})
    versions = ItemVersion.objects.filter(item=OuterRef("pk"))
    asked = Q(domain=domain) if domain else Q()
    asked &= Q(township_role=township) if township else Q()
    asked &= _concerning(unit) if unit else Q()
    if q:
        asked &= Q(*[(f"{name}__icontains", q) for name in WORDS], _connector=Q.OR) | Q(item__code__icontains=q)
    if asked:
        read = versions.in_force(on) if status == ItemStatus.IN_FORCE else versions
        items = items.filter(Exists(read.filter(asked)))
    fixed = {name: value for name, value in (("kind", kind), ("part", part)) if value}
    return items.filter(**fixed)


def _concerning(unit: str) -> Q:
    """Versions that name the unit, by part of its name or by its code: as lead, beside it, or as owner of the item."""
    named = Q()
    for path in ("lead_unit", "item__unit"):
        named |= Q(**{f"{path}__name__icontains": unit}) | Q(**{f"{path}__short_name__icontains": unit})
        named |= Q(**{f"{path}__code__iexact": unit})
    beside = Cooperation.objects.filter(version=OuterRef("pk")).filter(
        Q(unit__name__icontains=unit) | Q(unit__short_name__icontains=unit) | Q(unit__code__iexact=unit)
    )
    return named | Q(Exists(beside))


def with_versions(*, items: Sequence[Item], on: date) -> list[Listed]:
    """The items, each with what it says on the day, or said last. Two queries."""
    own = ItemVersion.objects.filter(item=OuterRef("item"))
    holding = own.in_force(on).values("pk")[:1]
    last = own.order_by("-number").values("pk")[:1]
    found = ItemVersion.objects.filter(item__in=items).filter(
        Q(pk=Subquery(holding)) | Q(pk=Subquery(last)) & ~Exists(own.in_force(on))
    )
    versions = {one.item_id: one for one in found.select_related("lead_unit").defer("chart", "safeguards")}
    beside = cooperations_of(versions=versions.values())
    return [Listed(item, versions[item.pk], beside[versions[item.pk].pk]) for item in items if item.pk in versions]


def cooperations_of(*, versions: Iterable[ItemVersion]) -> defaultdict[int, list[Cooperation]]:
    """Who cooperates, by the version. One query."""
    beside: defaultdict[int, list[Cooperation]] = defaultdict(list)
    rows = Cooperation.objects.filter(version__in=[one.pk for one in versions]).select_related("unit")
    for row in rows.order_by("pk"):
        beside[row.version_id].append(row)
    return beside


def domains(*, actor: Actor) -> list[str]:
    """The fields that items stand in, in order."""
    versions = ItemVersion.objects.visible_to(actor)
    return list(versions.order_by("domain").values_list("domain", flat=True).distinct())
