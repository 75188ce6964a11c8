"""The workbook read back: sheets by their names, rows joined by the code of their item, every fault in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kernel.sheets.limits import Limits
from kernel.sheets.problems import BadFile, Place
from kernel.sheets.reading import Book, Sheet
from kernel.sheets.tables import Fault, Table, find_table
from organizations.choices import LeadRule
from registry.sheets.cells import read_record
from registry.sheets.layout import (
    ABOUT,
    BELOW,
    COLUMNS,
    CONDITIONS,
    COOPERATIONS,
    ITEMS,
    KINDS,
    SHEET_NAMES,
    sheet_called,
)
from registry.sheets.names import Names

# 5,000 items with what belongs to them come to some 60,000 rows.
LIMITS = Limits(bytes=20 * 1024 * 1024, rows=100_000, columns=60)
KEY_OF = {"cooperations": "cooperations", "conditions": "conditions", "steps": "chart"}


@dataclass(slots=True, kw_only=True)
class Said:
    """What a file says about one item. `parts`: key of the payload → rows that it was made of.

    `draftable` is false for a row that names no item, or one that another row names already.
    """

    place: Place
    code: str
    payload: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    parts: dict[str, list[int]] = field(default_factory=dict)
    draftable: bool = True


@dataclass(slots=True, kw_only=True)
class Heard:
    """A whole file: what is wrong with it as a whole, its rows, and the kinds of list that it speaks of.

    `headings`: sheet → field → number and name of its column; `sheets`: part of an item → the sheet it stands on.
    """

    faults: list[Fault] = field(default_factory=list)
    rows: list[Said] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    headings: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)


def heard(book: Book, *, names: Names) -> Heard:
    """Read every sheet; where the heading of one has faults, nothing else. Raises BadFile for no table at all."""
    found = Heard()
    tables = list(_tables(book, found))
    if found.faults:
        return found
    if not any(sheet not in BELOW for sheet, _table in tables):
        raise BadFile("strange_sheet", _known(), place=Place(sheet=book.sheets[0].name))
    by_code: dict[str, Said] = {}
    for sheet, table in tables:
        if sheet not in BELOW:
            _items(sheet, table, names, found, by_code)
    for sheet, table in tables:
        if sheet in BELOW:
            _below(sheet, table, names, found, by_code)
    if not found.rows:
        raise BadFile("no_table")
    return found


def _tables(book: Book, found: Heard) -> Iterator[tuple[str, Table]]:
    """The sheets that are ours; any other that holds something is a fault, for it may be one of ours renamed."""
    alone = sum(sheet.count > 0 for sheet in book.sheets) == 1
    for sheet in book.sheets:
        name = sheet_called(sheet.name)
        if name == ABOUT or not sheet.count:
            continue
        if not name and alone:
            name = ITEMS  # a single table, whose rows say themselves of which list they are
        if not name:
            found.faults.append(Fault(why="strange_sheet", detail=_known(), place=Place(sheet=sheet.name)))
            continue
        yield name, _checked(sheet, name, found)


def _known() -> str:
    return " / ".join(names[0] for names in SHEET_NAMES.values())


def _checked(sheet: Sheet, name: str, found: Heard) -> Table:
    table = find_table(sheet, columns=COLUMNS[name if name in BELOW else ITEMS])
    found.faults += table.faults
    if name == ITEMS and not table.faults and "kind" not in table.positions:
        heading = next(one.names[0] for one in COLUMNS[ITEMS] if one.field == "kind")
        place = Place(sheet=sheet.name, row=table.heading_row, heading=heading)
        found.faults.append(Fault(why="missing_column", place=place))
    found.headings[sheet.name] = {field: (at + 1, table.headings[field]) for field, at in table.positions.items()}
    return table


def _items(sheet: str, table: Table, names: Names, found: Heard, by_code: dict[str, Said]) -> None:
    for record in table.records():
        payload, faults = read_record(record, table=ITEMS, names=names)
        code = payload.pop("code", "")
        if sheet in KINDS:
            payload["kind"] = sheet
        # An empty sheet speaks of no list: what one list was exported to has an empty sheet for each of the others.
        if payload.get("kind") and payload["kind"] not in found.kinds:
            found.kinds.append(payload["kind"])
        one = Said(place=record.places["code"], code=code, payload=payload, faults=faults)
        if not code:
            one.draftable = False
            faults += [] if faults else [Fault(why="missing", place=one.place)]
        elif code in by_code:
            one.draftable = False
            faults.append(Fault(why="twice", detail=str(by_code[code].place.row), place=one.place))
        else:
            by_code[code] = one
        found.rows.append(one)


def _below(sheet: str, table: Table, names: Names, found: Heard, by_code: dict[str, Said]) -> None:
    key = KEY_OF[sheet]
    found.sheets[key] = table.sheet.name
    for one in by_code.values():
        one.payload[key], one.parts[key] = [], []
    for record in table.records():
        said, faults = read_record(record, table=sheet, names=names)
        owner = _owner(said.pop("item", ""), record.places["item"], faults, by_code, found)
        if sheet == COOPERATIONS and not said.get("rule"):
            said["rule"] = LeadRule.UNIT.value
        owner.payload.setdefault(key, []).append(said)
        owner.parts.setdefault(key, []).append(record.number)
        owner.faults += faults
    if sheet == CONDITIONS:
        for one in by_code.values():
            _in_order(one)


def _owner(code: str, place: Place, faults: list[Fault], by_code: dict[str, Said], found: Heard) -> Said:
    """The item that a row belongs to; one of its own where the file has none of that code."""
    owner = by_code.get(code)
    if owner is None:
        owner = Said(place=place, code="", payload={}, draftable=False)
        if code or not faults:
            owner.faults.append(Fault(why="no_such_item" if code else "missing", detail=code, place=place))
        found.rows.append(owner)
    return owner


def _in_order(one: Said) -> None:
    """Filing conditions stand in the order of their codes, as the registry has them."""
    pairs = zip(one.payload["conditions"], one.parts["conditions"], strict=True)
    ordered = sorted(pairs, key=lambda pair: str(pair[0].get("code", "")))
    one.payload["conditions"] = [said for said, _row in ordered]
    one.parts["conditions"] = [row for _said, row in ordered]
