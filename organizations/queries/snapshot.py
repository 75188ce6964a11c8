"""The responsibility list in memory: read whole, kept until the database stamps a newer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min, Q

from organizations.choices import LeadRule, UnitKind
from organizations.models import ListVersion, ResponsibilityEntry, Unit
from organizations.places import area_code
from organizations.policies.precedence import Entry

FIELDS = [name for name in Entry.__dataclass_fields__ if name != "area_code"]
# What ended longer than this before the newest entry begins is history: it is asked of the database, matter by matter,
# so that a list of many versions costs memory and time for the present ones only.
KEPT = timedelta(days=400)
PLACE_RULES = {
    LeadRule.VILLAGE_OF_PLACE.value: ("village", UnitKind.VILLAGE.value),
    LeadRule.TOWNSHIP_OF_PLACE.value: ("township", UnitKind.TOWNSHIP.value),
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Entries by matter, and the working units by id and by (kind, area), with their names.

    Of `entries` those are missing that ended before `floor`; None where none is missing.
    """

    stamp: int | None
    floor: date | None
    entries: dict[int, tuple[Entry, ...]]
    working: frozenset[int]
    standing: dict[tuple[str, str], int]
    names: dict[int, str]

    def entries_of(self, *, matter_id: int, on: date) -> tuple[Entry, ...]:
        """The entries of a matter that a decision of the day looks at. One query where the day is history."""
        if self.floor is None or on >= self.floor:
            return self.entries.get(matter_id, ())
        rows = ResponsibilityEntry.objects.filter(matter_id=matter_id).order_by("id")
        return tuple(_by_matter(rows.values("matter_id", "area_id", *FIELDS)).get(matter_id, ()))

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
    """The list as it stands: one query, and three more after a change.

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
    ends = ResponsibilityEntry.objects.aggregate(newest=Max("valid_from"), oldest=Min("valid_until"))
    floor = ends["newest"] - KEPT if ends["newest"] else None
    present = Q(valid_until__isnull=True) | Q(valid_until__gt=floor) if floor else Q()
    rows = ResponsibilityEntry.objects.filter(present).order_by("id").values("matter_id", "area_id", *FIELDS)
    units = list(Unit.objects.working().order_by("id").values_list("id", "kind", "area_id", "name"))
    return Snapshot(
        stamp=stamp,
        floor=floor if floor and ends["oldest"] and ends["oldest"] <= floor else None,
        entries={matter_id: tuple(entries) for matter_id, entries in _by_matter(rows).items()},
        working=frozenset(unit_id for unit_id, *_ in units),
        standing={(kind, area): unit_id for unit_id, kind, area, _ in units},
        names={unit_id: name for unit_id, _, _, name in units},
    )


def _by_matter(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Entry]]:
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in rows:
        said = {name: row[name] for name in FIELDS}
        entries[row["matter_id"]].append(Entry(area_code=row["area_id"], **said))
    return entries
