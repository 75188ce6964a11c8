"""Writing versions: what every act that changes an item ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from registry.models import Cooperation, HandOver, Item, ItemVersion
from registry.queries.contents import Content, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the versions rest on: lines of an approved draft by item, or a hand-over; and from when they hold."""

    effective: date
    draft_lines: Mapping[str, int] | None = None
    hand_over: HandOver | None = None


def write_versions(
    *, contents: Mapping[str, Content], items: Mapping[str, Item], source: Source, units: Mapping[str, int]
) -> dict[str, ItemVersion]:
    """Open a version of each item by code; whatever held before has been ended. `units` are ids by code."""
    concerned = [items[code].pk for code in contents]
    last = dict(ItemVersion.objects.filter(item_id__in=concerned).values_list("item_id").annotate(last=Max("number")))
    versions = {
        code: _version(items[code], last.get(items[code].pk, 0) + 1, content, source, units)
        for code, content in contents.items()
    }
    ItemVersion.objects.bulk_create(list(versions.values()), batch_size=500)
    Cooperation.objects.bulk_create(
        [
            Cooperation(version=versions[code], rule=one.rule, unit_id=units.get(one.unit), duty=one.duty)
            for code, content in contents.items()
            for one in content.cooperations
        ],
        batch_size=1000,
    )
    return versions


def _version(item: Item, number: int, content: Content, source: Source, units: Mapping[str, int]) -> ItemVersion:
    return ItemVersion(
        item=item,
        number=number,
        matter_id=item.matter_id,
        area_id=item.area_id,
        name=content.name,
        domain=content.domain,
        lead_rule=content.lead_rule,
        lead_unit_id=units.get(content.lead_unit),
        lead_duty=content.lead_duty,
        township_role=content.township_role,
        township_duty=content.township_duty,
        basis=content.basis,
        safeguards=content.safeguards,
        limit_value=content.limit_value,
        limit_unit=content.limit_unit,
        chart=plain(content.chart),
        categories=list(content.categories),
        valid_from=source.effective,
        draft_line_id=source.draft_lines[item.code] if source.draft_lines else None,
        hand_over=source.hand_over,
    )
