"""Sheets, columns and words of the workbook, from the tables in registry/data. A city adds names of its own there."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from kernel.choices import LimitUnit
from kernel.sheets.tables import Column, heading_key
from organizations.choices import LeadRule
from registry.choices import OF_A_UNIT, ListKind, Part, TownshipRole

DATA = Path(__file__).resolve().parents[1] / "data"
ITEMS, COOPERATIONS, CONDITIONS, STEPS, ABOUT = "items", "cooperations", "conditions", "steps", "about"
BELOW = (COOPERATIONS, CONDITIONS, STEPS)  # rows that belong to an item by its code
# What an item cannot be without; a column that is left out leaves what it says as it is.
NEEDED = {
    ITEMS: {"code", "name", "domain", "area", "lead_rule", "lead_unit", "lead_duty", "township_role", "basis"},
    COOPERATIONS: {"item", "unit", "duty"},
    CONDITIONS: {"item", "code", "text", "limit_value", "limit_unit"},
    STEPS: {"item", "key", "title"},
}
KINDS: tuple[str, ...] = tuple(ListKind.values)


def _rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def _columns() -> dict[str, tuple[Column, ...]]:
    names: dict[tuple[str, str], list[str]] = {}
    for table, field, name in _rows("sheet_columns.csv"):
        names.setdefault((table, field), []).append(name)
    return {
        wanted: tuple(
            Column(field=field, names=tuple(known), needed=field in NEEDED[wanted])
            for (table, field), known in names.items()
            if table == wanted
        )
        for wanted in NEEDED
    }


def _sheet_names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for sheet, name in _rows("sheets.csv"):
        names.setdefault(sheet, []).append(name)
    return names


def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for field, word, value in _rows("sheet_words.csv"):
        words.setdefault(field, {})[word] = value
    known: Mapping[str, list[str]] = {
        "part": Part.values,
        "rule": LeadRule.values,
        "township_role": TownshipRole.values,
        "limit_unit": LimitUnit.values,
    }
    for field, values in known.items():
        words.setdefault(field, {}).update({value: value for value in values})
    words["kind"] = {name: sheet for sheet, names in SHEET_NAMES.items() if sheet in KINDS for name in names}
    return words


COLUMNS = _columns()
SHEET_NAMES = _sheet_names()
# Field → word → value; the first word of a value is the one that is written.
WORDS = _words()
SHEET_OF = {heading_key(name): sheet for sheet, names in SHEET_NAMES.items() for name in names}


def sheet_called(name: str) -> str:
    """Which of our sheets goes by this name; "" for none."""
    return SHEET_OF.get(heading_key(name), "")


def columns_of(*, sheet: str) -> tuple[Column, ...]:
    """The columns that one sheet of items is written with: those that its kind of list has."""
    if sheet in BELOW:
        return COLUMNS[sheet]
    absent = {"kind"}
    absent |= set() if sheet == ListKind.TOWNSHIP_DUTY else {"part"}
    absent |= {"matter"} if sheet in OF_A_UNIT else {"unit"}
    return tuple(one for one in COLUMNS[ITEMS] if one.field not in absent)


def word_of(*, field: str, value: str) -> str:
    """How a value is written; the value itself where it has no word."""
    return next((word for word, meant in WORDS[field].items() if meant == value), value)
