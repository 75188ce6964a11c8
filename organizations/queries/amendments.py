"""What bringing single matters of the responsibility list in line would do: asked before it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.functional import Promise

from organizations.models import Area, ResponsibilityEntry, Unit
from organizations.policies.amendments import Amending, Amendment, Wanted, compare_matters
from organizations.policies.duties import UnitFact
from organizations.policies.precedence import Entry
from organizations.queries import snapshot
from organizations.queries.snapshot import FIELDS

__all__ = ["Amending", "Amendment", "Wanted", "amending_of", "faults_of", "snapshot_after"]


def amending_of(*, amendments: Sequence[Amendment], effective: date) -> Amending:
    """What the amendments would end and begin on `effective`, with the faults. Three queries however many there are."""
    return compare_matters(
        amendments=amendments,
        held=_held({one.matter_id for one in amendments}, effective),
        effective=effective,
        prefixes={area.code: area.prefix for area in Area.objects.all()},
        units={
            unit.pk: UnitFact(unit.kind, unit.level, unit.area.prefix) for unit in Unit.objects.select_related("area")
        },
    )


def faults_of(*, amendments: Sequence[Amendment], effective: date) -> Mapping[str, tuple[str | Promise, ...]]:
    """Why the amendments cannot be made, by their stems; empty where nothing stands against them."""
    return amending_of(amendments=amendments, effective=effective).faults


def snapshot_after(
    *, amendments: Sequence[Amendment], effective: date, held: snapshot.Snapshot | None = None
) -> snapshot.Snapshot:
    """The list in memory as it would be after the amendments: for trying them on cases. Nothing is written."""
    base = held or snapshot.current()
    change = amending_of(amendments=amendments, effective=effective)
    closing = set(change.closes)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for matter_id in {one.matter_id for one in amendments}:
        entries[matter_id] = [
            replace(one, valid_until=effective) if one.id in closing else one for one in base.entries.get(matter_id, ())
        ]
    for number, one in enumerate(change.opens, start=1):
        entries[one.amendment.matter_id].append(
            Entry(
                id=-number,
                code=one.code or f"{one.amendment.stem}-{number}",
                area_code=one.amendment.area_code,
                duty=one.wanted.duty,
                rule=one.wanted.rule,
                unit_id=one.wanted.unit_id,
                limit_value=one.wanted.limit_value,
                limit_unit=one.wanted.limit_unit,
                basis=one.wanted.basis,
                duty_text=one.wanted.duty_text,
                valid_from=effective,
                valid_until=None,
            )
        )
    return replace(base, stamp=None, entries={**base.entries, **{key: tuple(rows) for key, rows in entries.items()}})


def _held(matters: Iterable[int], effective: date) -> dict[int, list[Entry]]:
    """Entries of the matters that reach beyond the day, by matter."""
    rows = ResponsibilityEntry.objects.filter(matter_id__in=set(matters)).exclude(valid_until__lte=effective)
    held: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in rows.order_by("id").values("matter_id", "area_id", *FIELDS):
        matter_id, area = row.pop("matter_id"), row.pop("area_id")
        held[matter_id].append(Entry(area_code=area, **row))
    return held
