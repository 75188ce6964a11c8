"""Rows of a responsibility list as they come from a file: read strictly, each fault named with its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import Duty, LeadRule

COLUMNS = (
    "code", "matter_code", "area_code", "duty", "rule", "unit_code", "limit_value", "limit_unit", "basis", "duty_text",
    "valid_from", "valid_until",
)  # fmt: skip
# Columns whose change makes a new entry; where a row has no period of its own the old start stays.
CONTENT = tuple(name for name in COLUMNS if name not in ("code", "valid_from"))

FIRST_ROW = 2  # as a spreadsheet counts: the header is row 1
PATTERNS = {
    "code": r"[A-Za-z0-9._-]{1,48}",
    "matter_code": r"[A-Za-z0-9._-]{1,32}",
    "area_code": r"[0-9]{12}",
    "duty": "|".join(Duty.values),
    "rule": "|".join(LeadRule.values),
    "unit_code": r"[A-Za-z0-9._-]{0,32}",
    "limit_value": r"([0-9]{1,4}(\.[0-9]{1,2})?)?",
    "limit_unit": "|".join(["", *LimitUnit.values]),
    "basis": r"[^\x00-\x1f]{0,255}",
    "duty_text": r"[^\x00]{0,4000}",
    "valid_from": r"([0-9]{4}-[0-9]{2}-[0-9]{2})?",
    "valid_until": r"([0-9]{4}-[0-9]{2}-[0-9]{2})?",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault: where, and what is the matter."""

    row: int
    column: str
    why: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the file, read."""

    number: int
    code: str
    matter_code: str
    area_code: str
    duty: str
    rule: str
    unit_code: str
    limit_value: Decimal | None
    limit_unit: str
    basis: str
    duty_text: str
    valid_from: date | None
    valid_until: date | None


def read_rows(rows: Iterable[Mapping[str, str | None]]) -> tuple[list[Row], list[Wrong]]:
    """Read every row; a row with a fault is left out and its faults are listed."""
    read: list[Row] = []
    wrong: list[Wrong] = []
    for number, raw in enumerate(rows, start=FIRST_ROW):
        cells = {name: (raw.get(name) or "").strip() for name in COLUMNS}
        faults = _faults(number, raw, cells)
        wrong += faults
        if not faults:
            read.append(_row(number, cells))
    return read, wrong


def _faults(number: int, raw: Mapping[str, str | None], cells: Mapping[str, str]) -> list[Wrong]:
    unknown = [str(name) for name in raw if name not in COLUMNS]
    if unknown:
        return [Wrong(number, unknown[0], _("The list has no such column."))]
    faults = [
        Wrong(number, name, _("“%(value)s” cannot be read here.") % {"value": cells[name][:40]})
        for name, pattern in PATTERNS.items()
        if not re.fullmatch(pattern, cells[name])
    ]
    return faults or _contradictions(number, cells)


def _contradictions(number: int, cells: Mapping[str, str]) -> list[Wrong]:
    faults = []
    if (cells["rule"] == LeadRule.UNIT) != bool(cells["unit_code"]):
        faults.append(Wrong(number, "unit_code", _("A unit is named exactly where the rule is “unit”.")))
    if bool(cells["limit_value"]) != bool(cells["limit_unit"]) or _is_zero(cells["limit_value"]):
        faults.append(Wrong(number, "limit_value", _("A limit is a number above zero with its unit.")))
    for name in ("valid_from", "valid_until"):
        if cells[name] and _day(cells[name]) is None:
            faults.append(Wrong(number, name, _("There is no such day.")))
    if not faults and cells["valid_from"] and cells["valid_until"] and cells["valid_until"] <= cells["valid_from"]:
        faults.append(Wrong(number, "valid_until", _("The period ends before it begins.")))
    return faults


def _is_zero(text: str) -> bool:
    return bool(text) and Decimal(text) == 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _row(number: int, cells: Mapping[str, str]) -> Row:
    typed = {
        "limit_value": Decimal(cells["limit_value"]) if cells["limit_value"] else None,
        "valid_from": _day(cells["valid_from"]),
        "valid_until": _day(cells["valid_until"]),
    }
    return Row(number=number, **{**cells, **typed})  # type: ignore[arg-type]
