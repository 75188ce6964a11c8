"""What items say on a day, as plain values: many at once, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from organizations.models import FilingCondition
from organizations.queries import conditions_by_matter
from registry.models import Cooperation, Item, ItemVersion
from registry.policies.contents import Condition, Content, Identity, Party, Step, as_payload, for_county, plain
from registry.policies.reading import read_content

__all__ = [
    "Content",
    "Held",
    "Identity",
    "as_payload",
    "content_of",
    "held_items",
    "identity_of",
    "plain",
    "read_chart",
]


@dataclass(frozen=True, slots=True)
class Held:
    """An item of the registry with its last version, and what that says."""

    item: Item
    identity: Identity
    version: ItemVersion
    content: Content

    def in_force(self, on: date) -> bool:
        """True where the last version holds the day and nothing is set to follow it."""
        return self.version.valid_from <= on and self.version.valid_until is None


def held_items(*, codes: Iterable[str], on: date) -> dict[str, Held]:
    """Items by code with their last versions; filing conditions are those of the day. Four queries for any number."""
    items = {one.pk: one for one in Item.objects.filter(code__in=set(codes)).select_related("matter", "unit")}
    versions = ItemVersion.objects.filter(item_id__in=items).select_related("lead_unit")
    last = {one.item_id: one for one in versions.order_by("item_id", "-number").distinct("item_id")}
    parties: defaultdict[int, list[Cooperation]] = defaultdict(list)
    rows = Cooperation.objects.filter(version_id__in=[one.pk for one in last.values()])
    for row in rows.select_related("unit").order_by("pk"):
        parties[row.version_id].append(row)
    matters = {one.matter_id for one in items.values() if one.matter_id is not None}
    conditions = conditions_by_matter(matter_ids=matters, on=on)
    return {
        items[pk].code: Held(
            item=items[pk],
            identity=identity_of(item=items[pk]),
            version=version,
            content=content_of(
                version=version,
                cooperations=parties[version.pk],
                conditions=conditions.get(items[pk].matter_id or 0, ()) if for_county(items[pk].area_id) else (),
            ),
        )
        for pk, version in last.items()
    }


def identity_of(*, item: Item) -> Identity:
    """What an item is for life, by codes."""
    return Identity(
        kind=item.kind,
        part=item.part,
        matter=item.matter.code if item.matter else "",
        area=item.area_id,
        unit=item.unit.code if item.unit else "",
    )


def content_of(
    *, version: ItemVersion, cooperations: Iterable[Cooperation], conditions: Iterable[FilingCondition] = ()
) -> Content:
    """What a version says; conditions stand beside it, since they belong to the matter."""
    return Content(
        name=version.name,
        domain=version.domain,
        lead_rule=version.lead_rule,
        lead_unit=version.lead_unit.code if version.lead_unit else "",
        lead_duty=version.lead_duty,
        township_role=version.township_role,
        township_duty=version.township_duty,
        basis=version.basis,
        safeguards=version.safeguards,
        limit_value=version.limit_value,
        limit_unit=version.limit_unit,
        chart=read_chart(chart=version.chart),
        categories=tuple(version.categories),
        cooperations=tuple(
            Party(rule=one.rule, unit=one.unit.code if one.unit else "", duty=one.duty) for one in cooperations
        ),
        conditions=tuple(
            Condition(
                code=one.code,
                text=one.text,
                closing=one.closing,
                limit_value=one.limit_value,
                limit_unit=one.limit_unit,
            )
            for one in conditions
        ),
    )


def read_chart(*, chart: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps of a stored chart, limits as numbers."""
    content, _faults = read_content(payload={"chart": list(chart)})
    return content.chart
