"""Checks across the rows of a list: one lead per matter, area and day; and whoever assists never leads (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizations.choices import Duty, LeadRule, UnitKind
from organizations.policies.rows import Row, Wrong

TERRITORIAL = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.COMMAND_CENTER})
TIERS = {LeadRule.VILLAGE_OF_PLACE.value: "village", LeadRule.TOWNSHIP_OF_PLACE.value: "township"}

CODE_TWICE = _("Code %(code)s stands twice in one period; its periods must follow each other.")
LEADS_TWICE = _("Entry %(code)s already names a lead for this matter and area.")
# Shandong regulation on township duties, arts 4 and 19: who only assists is not made to lead.
LEADS_AND_ASSISTS = _(
    "Entry %(code)s gives the same body the other duty in this matter; nobody both leads and assists."
)


@dataclass(frozen=True, slots=True)
class UnitFact:
    """Of a unit, what decides whether a rule may mean it."""

    kind: str
    level: str
    prefix: str


def clashes(*, rows: Sequence[Row], prefixes: Mapping[str, str], units: Mapping[str, UnitFact]) -> list[Wrong]:
    """Faults between the rows of a list as it would stand; the database refuses the same by constraint and trigger.

    `prefixes` maps area codes to prefixes, `units` unit codes to facts. Rows with the number 0 are already in the list:
    between two of them nothing is looked for.
    """
    by_matter: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_matter[row.matter_code].append(row)
    faults = [_fault(*pair) for pair in _twice(rows)]
    for those in by_matter.values():
        leads = [row for row in those if row.duty == Duty.LEAD]
        assists = [row for row in those if row.duty == Duty.ASSIST]
        pairs = [
            *((one, other, LEADS_TWICE) for one, other in combinations(leads, 2) if one.area_code == other.area_code),
            *(
                (assist, lead, LEADS_AND_ASSISTS)
                for lead, assist in product(leads, assists)
                if _nested(prefixes[lead.area_code], prefixes[assist.area_code])
                and _same_body(lead, assist, prefixes, units)
            ),
        ]
        faults += [_fault(*pair) for pair in pairs if pair[0].code != pair[1].code and _clash(*pair[:2])]
    return faults


def _fault(one: Row, other: Row, why: Promise) -> Wrong:
    # Told at the row of the file, and of two rows at the later one.
    told, against = (other, one) if other.number >= one.number else (one, other)
    return Wrong(told.number, "code" if why is CODE_TWICE else "duty", why % {"code": against.code})


def _twice(rows: Iterable[Row]) -> list[tuple[Row, Row, Promise]]:
    by_code: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    pairs = (pair for those in by_code.values() for pair in combinations(those, 2))
    return [(one, other, CODE_TWICE) for one, other in pairs if _clash(one, other)]


def _clash(one: Row, other: Row) -> bool:
    return bool(one.number or other.number) and _overlap(one, other)


def _overlap(one: Row, other: Row) -> bool:
    starts = one.valid_from, other.valid_from
    if starts[0] is None or starts[1] is None:
        return True
    return (other.valid_until is None or starts[0] < other.valid_until) and (
        one.valid_until is None or starts[1] < one.valid_until
    )


def _nested(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _same_body(one: Row, other: Row, prefixes: Mapping[str, str], units: Mapping[str, UnitFact]) -> bool:
    if one.unit_code and one.unit_code == other.unit_code:
        return True
    tier, seat = _seat(one, prefixes, units)
    other_tier, other_seat = _seat(other, prefixes, units)
    return tier != "" and tier == other_tier and _nested(seat, other_seat)


def _seat(row: Row, prefixes: Mapping[str, str], units: Mapping[str, UnitFact]) -> tuple[str, str]:
    if row.rule in TIERS:
        return TIERS[row.rule], prefixes[row.area_code]
    unit = units[row.unit_code]
    territorial = unit.kind in TERRITORIAL and unit.level in TIERS.values()
    return (unit.level if territorial else ""), unit.prefix
