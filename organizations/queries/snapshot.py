"""The responsibility list in memory: read whole, kept until the database stamps a newer one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from organizations.choices import LeadRule, UnitKind
from organizations.models import ListVersion, ResponsibilityEntry, Unit
from organizations.places import area_code
from organizations.policies.precedence import Entry

FIELDS = [name for name in Entry.__dataclass_fields__ if name != "area_code"]
PLACE_RULES = {
    LeadRule.VILLAGE_OF_PLACE.value: ("village", UnitKind.VILLAGE.value),
    LeadRule.TOWNSHIP_OF_PLACE.value: ("township", UnitKind.TOWNSHIP.value),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Entries by matter, and the working units by id and by (kind, area), with their names."""

    stamp: int | None
    entries: dict[int, tuple[Entry, ...]]
    working: frozenset[int]
    standing: dict[tuple[str, str], int]
    names: dict[int, str]

    def resolve(self, *, entry: Entry, place: str) -> int | None:
        """The working unit that an entry means at a place, or None where there is none."""
        if entry.rule == LeadRule.UNIT:
            return entry.unit_id if entry.unit_id in self.working else None
        level, kind = PLACE_RULES[entry.rule]
        return self.standing.get((kind, area_code(place=place, level=level)))


class _Kept:
    """The last snapshot read by this process."""

    snapshot: Snapshot | None = None


def current() -> Snapshot:
    """The list as it stands: one query, and two more after a change.

    The stamp is read before the rows. Should they change in between, the newer rows are kept under the older stamp and
    the next caller reads again; the other way round never happens.
    """
    stamp = ListVersion.objects.values_list("stamp", flat=True).first()
    kept = _Kept.snapshot
    if kept is None or stamp is None or kept.stamp != stamp:
        kept = _Kept.snapshot = _read(stamp)
    return kept


def latest() -> Snapshot:
    """The list as this process last saw it, without asking: for words, never for decisions."""
    return _Kept.snapshot or current()


def _read(stamp: int | None) -> Snapshot:
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in ResponsibilityEntry.objects.order_by("id").values("matter_id", "area_id", *FIELDS):
        matter_id, area = row.pop("matter_id"), row.pop("area_id")
        entries[matter_id].append(Entry(area_code=area, **row))
    units = list(Unit.objects.working().order_by("id").values_list("id", "kind", "area_id", "name"))
    return Snapshot(
        stamp=stamp,
        entries={matter_id: tuple(rows) for matter_id, rows in entries.items()},
        working=frozenset(unit_id for unit_id, *_ in units),
        standing={(kind, area): unit_id for unit_id, kind, area, _ in units},
        names={unit_id: name for unit_id, _, _, name in units},
    )
