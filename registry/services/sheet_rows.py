"""Rows of an import held against the registry: what each would change, and where what is wrong stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kernel.sheets.problems import Place
from registry.choices import LineOp, LineVerdict
from registry.models import SheetImport, SheetRow
from registry.policies.contents import IDENTITY, Content, Fault, differing
from registry.policies.reading import read_content, read_identity
from registry.queries.contents import Held, held_items
from registry.queries.plans import FOR_LIFE, LineInput
from registry.services.sheet_files import fault_json
from registry.wording import Names, facts, names_for

LONGEST = 600  # of either side of a change as it is kept beside the row; the draft has the whole
LIMIT = ("limit_value", "limit_unit")


def compare(rows: Sequence[SheetRow], *, sheet: SheetImport) -> None:
    """Give every row its verdict, its changes and its faults; nothing is saved."""
    held = held_items(codes={row.item_code for row in rows if row.item_code}, on=sheet.effective)
    contents = [one.content for one in held.values()]
    categories = {code for one in contents for code in one.categories}
    categories |= {str(code) for row in rows for code in row.payload.get("categories") or ()}
    names = names_for(categories=categories)
    for row in rows:
        _compare(row, held.get(row.item_code), sheet, names)


def _compare(row: SheetRow, held: Held | None, sheet: SheetImport, names: Names) -> None:
    if row.faults:
        row.verdict = LineVerdict.WRONG
        return
    base = held.content if held and op_of(held, on=sheet.effective) == LineOp.CHANGE else None
    content, faults = read_content(payload=row.payload, base=base)
    faults += _moved(row, held) if held and base else read_identity(payload=row.payload)[1]
    if faults:
        row.faults = [placed(fault, row=row, sheet=sheet) for fault in faults]
        row.verdict = LineVerdict.WRONG
    elif base is None:
        row.verdict = LineVerdict.NEW
    elif differing(before=base, after=content):
        row.changes = list(_changes(base, content, names))
        row.verdict = LineVerdict.CHANGED
    else:
        row.verdict = LineVerdict.SAME


def op_of(held: Held | None, *, on: date) -> str:
    """What a row of the file does: an item that has ended may begin anew, any other is changed."""
    ended = held is not None and held.version.valid_until is not None and held.version.valid_until <= on
    return LineOp.NEW if held is None or ended else LineOp.CHANGE


def _moved(row: SheetRow, held: Held) -> list[Fault]:
    """An item cannot become another: it stays on its list, with its matter, area and owner."""
    return [
        Fault(column=name, why=FOR_LIFE)
        for name in IDENTITY
        if name in row.payload and (row.payload[name] or "") != getattr(held.identity, name)
    ]


def _changes(before: Content, after: Content, names: Names) -> Iterable[dict[str, str]]:
    old = {fact.key: fact.text for fact in facts(content=before, names=names)}
    for fact in facts(content=after, names=names):
        if fact.text != old[fact.key]:
            yield {"key": fact.key, "before": old[fact.key][:LONGEST], "after": fact.text[:LONGEST]}


def placed(fault: Fault, *, row: SheetRow, sheet: SheetImport) -> dict[str, Any]:
    """A fault of the registry with the place of its column, such as "lead_unit" or "chart.2.who", in the file."""
    key, _dot, rest = fault.column.partition(".")
    number, _dot, field = rest.partition(".")
    rows = row.parts.get(key) or []
    name, line = (row.sheet, row.row_no) if not rows else (sheet.headings["parts"][key], rows[0])
    if number.isdigit() and 0 < int(number) <= len(rows):
        line = rows[int(number) - 1]
    column, heading = sheet.headings["sheets"].get(name, {}).get(field if rows else key, (0, ""))
    return fault_json(why=str(fault.why), place=Place(sheet=name, row=line, column=column, heading=heading))


def line_of(row: SheetRow, *, held: Held | None, on: date) -> LineInput:
    """The line of a draft that a row becomes: a change says only what differs, so that it undoes nobody else's."""
    op = op_of(held, on=on)
    if op == LineOp.NEW or held is None or row.verdict != LineVerdict.CHANGED:
        return LineInput(op=op, item_code=row.item_code, payload=row.payload)
    content, _faults = read_content(payload=row.payload, base=held.content)
    changed = {one.name for one in differing(before=held.content, after=content)}
    changed |= set(LIMIT) if changed & set(LIMIT) else set()
    payload = {name: value for name, value in row.payload.items() if name in changed}
    return LineInput(op=op, item_code=row.item_code, payload=payload)
