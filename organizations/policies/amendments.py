"""Bringing single matters in line: which entries end, which begin, and what stands against it (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organizations.choices import Duty
from organizations.policies.duties import UnitFact, clashes
from organizations.policies.precedence import Entry
from organizations.policies.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One row as a matter shall have it. `unit_id` where the rule names the unit; no limit leaves it to the matter.

    With `limit_stated` False the limit of a row that stands already is nobody's business and stays as it is.
    """

    duty: str
    rule: str
    unit_id: int | None = None
    limit_value: Decimal | None = None
    limit_unit: str = ""
    limit_stated: bool = True
    basis: str = ""
    duty_text: str = ""

    @property
    def body(self) -> tuple[str, int | None]:
        """Whom the row means."""
        return self.rule, self.unit_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """All rows of one matter in one area from a day on; none end what is there. `stem` begins the codes of new rows."""

    matter_id: int
    area_code: str
    stem: str
    rows: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A row to open; `code` is that of the entry it follows, "" where it follows none."""

    amendment: Amendment
    wanted: Wanted
    code: str = ""


@dataclass(frozen=True, slots=True)
class Amending:
    """What amending does: ids of entries that end, rows that begin, and faults by stem."""

    closes: tuple[int, ...]
    opens: tuple[Opened, ...]
    ended: tuple[str, ...]
    faults: Mapping[str, tuple[str | Promise, ...]]


BEGINS_LATER = _("Entry %(code)s begins on %(day)s; a change must begin later.")


def compare_matters(
    *,
    amendments: Iterable[Amendment],
    held: Mapping[int, Sequence[Entry]],
    effective: date,
    prefixes: Mapping[str, str],
    units: Mapping[int, UnitFact],
) -> Amending:
    """Compare amendments with the entries held by matter. `units` are facts by id, `prefixes` by code of the area."""
    closes: dict[int, str] = {}
    opens: list[Opened] = []
    faults: dict[str, list[str | Promise]] = {}
    concerned: dict[int, list[Amendment]] = {}
    for one in amendments:
        concerned.setdefault(one.matter_id, []).append(one)
        ending, beginning, wrong = _one(one, held.get(one.matter_id, ()), effective)
        closes |= ending
        opens += beginning
        if wrong:
            faults.setdefault(one.stem, []).extend(wrong)
    for matter_id, those in concerned.items():
        for stem, why in _clashing(those, opens, held.get(matter_id, ()), closes, effective, prefixes, units):
            faults.setdefault(stem, []).append(why)
    kept = {one.code for one in opens}
    return Amending(
        closes=tuple(closes),
        opens=tuple(opens),
        ended=tuple(code for code in closes.values() if code not in kept),
        faults={stem: tuple(dict.fromkeys(why)) for stem, why in faults.items()},
    )


def _one(
    amendment: Amendment, held: Sequence[Entry], effective: date
) -> tuple[dict[int, str], list[Opened], list[str | Promise]]:
    """Of one matter and area: entries to end (id → code), rows to open, faults."""
    standing = [
        entry
        for entry in held
        if entry.area_code == amendment.area_code and (entry.valid_until is None or entry.valid_until > effective)
    ]
    bodies = {(entry.rule, entry.unit_id): entry for entry in standing}
    same = {one.body for one in amendment.rows if one.body in bodies and _says(bodies[one.body], one)}
    ending = [entry for entry in standing if (entry.rule, entry.unit_id) not in same]
    wrong = [
        BEGINS_LATER % {"code": entry.code, "day": entry.valid_from}
        for entry in ending
        if entry.valid_from >= effective
    ]
    opened = [
        Opened(amendment, one, bodies[one.body].code if one.body in bodies else "")
        for one in amendment.rows
        if one.body not in same
    ]
    return {entry.id: entry.code for entry in ending}, opened, list(wrong)


def _says(entry: Entry, wanted: Wanted) -> bool:
    names = ("duty", "basis", "duty_text", *(("limit_value", "limit_unit") if wanted.limit_stated else ()))
    return entry.valid_until is None and all(getattr(entry, name) == getattr(wanted, name) for name in names)


def _clashing(
    amendments: Sequence[Amendment],
    opens: Sequence[Opened],
    held: Sequence[Entry],
    closes: Mapping[int, str],
    effective: date,
    prefixes: Mapping[str, str],
    units: Mapping[int, UnitFact],
) -> list[tuple[str, str | Promise]]:
    """Faults between the rows of one matter as they would stand, told at the stem of the amendment that makes them."""
    matter_id = amendments[0].matter_id
    mine = [one for one in opens if one.amendment.matter_id == matter_id]
    kept = [_held_row(entry) for entry in held if entry.id not in closes]
    new = [_new_row(number, one, effective) for number, one in enumerate(mine, start=1)]
    facts = {str(unit_id): fact for unit_id, fact in units.items()}
    found = clashes(rows=[*kept, *new], prefixes=prefixes, units=facts)
    leads = [one for one in amendments if sum(row.duty == Duty.LEAD for row in one.rows) > 1]
    twice = [(one.stem, _("Two bodies would lead one matter.")) for one in leads]
    return [*twice, *((mine[one.row - 1].amendment.stem, one.why) for one in found)]


def _held_row(entry: Entry) -> Row:
    return Row(
        number=0,
        code=f"held-{entry.id}",
        matter_code="",
        area_code=entry.area_code,
        duty=entry.duty,
        rule=entry.rule,
        unit_code=str(entry.unit_id or ""),
        limit_value=None,
        limit_unit="",
        basis="",
        duty_text="",
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
    )


def _new_row(number: int, one: Opened, effective: date) -> Row:
    return Row(
        number=number,
        code=f"new-{number}",
        matter_code="",
        area_code=one.amendment.area_code,
        duty=one.wanted.duty,
        rule=one.wanted.rule,
        unit_code=str(one.wanted.unit_id or ""),
        limit_value=None,
        limit_unit="",
        basis="",
        duty_text="",
        valid_from=effective,
        valid_until=None,
    )
