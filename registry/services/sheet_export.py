"""The registry as a workbook: what somebody sees of the lists on a day, or the empty template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import IO, Any

from django.db.models import QuerySet

from organizations.queries import conditions_by_matter
from registry.models import Item, ItemVersion
from registry.policies.contents import as_payload
from registry.queries.catalogue import cooperations_of
from registry.queries.contents import content_of, identity_of
from registry.sheets.names import names_here
from registry.sheets.writing import workbook_of

MOST, CHUNK = 10_000, 500  # as many as one file may bring back


def export_items(*, items: QuerySet[Item], on: date) -> IO[bytes]:
    """The items of a scoped list as they stand on the day, in the order of their codes; the first ten thousand."""
    rows = items.select_related("matter", "unit").order_by("code")[:MOST]
    return workbook_of(items=_contents(rows.iterator(chunk_size=CHUNK), on), names=names_here())


def template() -> IO[bytes]:
    """The workbook without items, to be filled in."""
    return workbook_of(items=(), names=names_here())


def _contents(items: Iterator[Item], on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    while chunk := list(islice(items, CHUNK)):
        versions = _versions(chunk, on)
        beside = cooperations_of(versions=versions.values())
        matters = {item.matter_id for item in chunk if item.matter_id is not None}
        conditions = conditions_by_matter(matter_ids=matters, on=on)
        for item in chunk:
            if (version := versions.get(item.pk)) is None:
                continue  # founded this instant, its first version not yet written
            content = content_of(
                version=version,
                cooperations=beside[version.pk],
                conditions=conditions.get(item.matter_id or 0, ()),
            )
            yield item.code, as_payload(content=content, identity=identity_of(item=item))


def _versions(items: Sequence[Item], on: date) -> dict[Any, ItemVersion]:
    """The version of each item that was the last to begin by the day; its first where none had begun."""
    rows = ItemVersion.objects.filter(item__in=items).select_related("lead_unit").order_by("item_id", "number")
    by_item: defaultdict[Any, list[ItemVersion]] = defaultdict(list)
    for row in rows:
        by_item[row.item_id].append(row)
    return {pk: ([one for one in found if one.valid_from <= on] or found[:1])[-1] for pk, found in by_item.items()}
