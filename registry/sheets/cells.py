"""From the cells of a row to the payload of a draft line: by field, with every fault in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.sheets import cells
from kernel.sheets.cells import BadCell
from kernel.sheets.tables import Fault, Record
from registry.sheets.layout import CONDITIONS, COOPERATIONS, ITEMS, STEPS, WORDS
from registry.sheets.names import WORDS as BETWEEN
from registry.sheets.names import Names

Read = Callable[[str, Names], Any]


def _line(most: int) -> Read:
    return lambda text, _names: " ".join(cells.plain(text, most=most).split())


def _prose(most: int) -> Read:
    return lambda text, _names: cells.plain(text, most=most)


def _code(most: int) -> Read:
    return lambda text, _names: cells.code(text, most=most)


def _word(field: str) -> Read:
    return lambda text, _names: cells.word(text, choices=WORDS[field])


def _limit(text: str, _names: Names) -> str:
    value = cells.number(text)
    return "" if value is None else f"{value:f}"


def _who(text: str, names: Names) -> str:
    rule = WORDS["rule"].get(cells.folded(text), "")
    return rule or names.units.code_of(text)


def _next(text: str, _names: Names) -> list[str]:
    return [cells.code(one, most=16) for one in BETWEEN.split(cells.folded(text)) if one]


# Table → field → how its cell is read. Lengths are those that the registry takes.
READERS: dict[str, dict[str, Read]] = {
    ITEMS: {
        "code": _code(40),
        "kind": _word("kind"),
        "part": _word("part"),
        "name": _line(160),
        "domain": _line(64),
        "matter": lambda text, names: names.matters.code_of(text),
        "unit": lambda text, names: names.units.code_of(text),
        "area": lambda text, names: names.areas.code_of(text),
        "lead_rule": _word("rule"),
        "lead_unit": lambda text, names: names.units.code_of(text),
        "lead_duty": _prose(4000),
        "township_role": _word("township_role"),
        "township_duty": _prose(4000),
        "basis": _line(255),
        "safeguards": _prose(4000),
        "limit_value": _limit,
        "limit_unit": _word("limit_unit"),
        "categories": lambda text, names: names.categories.codes_of(text),
    },
    COOPERATIONS: {
        "item": _code(40),
        "rule": _word("rule"),
        "unit": lambda text, names: names.units.code_of(text),
        "duty": _prose(4000),
    },
    CONDITIONS: {
        "item": _code(40),
        "code": _code(48),
        "text": _line(200),
        "closing": _line(200),
        "limit_value": _limit,
        "limit_unit": _word("limit_unit"),
    },
    STEPS: {
        "item": _code(40),
        "key": _code(16),
        "title": _line(60),
        "who": _who,
        "limit_value": _limit,
        "limit_unit": _word("limit_unit"),
        "next": _next,
    },
}


# What stands in a payload for a cell that could not be read, so that the registry refuses it too: null, which is no
# text, and a sign that is no code where nothing would be taken for an empty cell.
UNREADABLE = dict.fromkeys(
    ("part", "matter", "unit", "area", "lead_unit", "limit_value", "limit_unit", "key", "who", "code", "rule"), "?"
) | {"code": "", "item": ""}


def read_record(record: Record, *, table: str, names: Names) -> tuple[dict[str, Any], list[Fault]]:
    """The fields of a row, those that could be read, and what is wrong with the others."""
    said: dict[str, Any] = {}
    faults: list[Fault] = []
    for field, text in record.values.items():
        place = record.places[field]
        try:
            if mark := record.marks.get(field):
                raise BadCell(mark)
            said[field] = READERS[table][field](text, names)
        except BadCell as bad:
            faults.append(Fault(why=bad.why, detail=bad.detail, more=bad.more, place=place))
            said[field] = UNREADABLE.get(field)
    return said, faults
