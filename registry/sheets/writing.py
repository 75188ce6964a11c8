"""The workbook: a sheet for each kind of list, and one each for cooperations, filing conditions and chart steps.

Every cell is a text or a number, and none can become a formula, not even after it was saved as CSV and opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _

from kernel.books import written
from kernel.sheets.cells import shielded
from kernel.sheets.tables import Column
from registry.sheets.layout import (
    ABOUT,
    BELOW,
    CONDITIONS,
    COOPERATIONS,
    KINDS,
    SHEET_NAMES,
    STEPS,
    WORDS,
    columns_of,
    word_of,
)
from registry.sheets.names import Names

WIDE, MIDDLE, NARROW = 48, 22, 12
WIDTHS = {"lead_duty": WIDE, "township_duty": WIDE, "safeguards": WIDE, "basis": WIDE, "duty": WIDE, "text": WIDE}
SLIM = frozenset({"part", "limit_value", "limit_unit", "township_role", "key"})
LAST_ROW = 20_000  # as far down as the lists of words reach
Contents = Mapping[str, Any]


def workbook_of(*, items: Iterable[tuple[str, Contents]], names: Names) -> IO[bytes]:
    """Items as code and payload; with none of them it is the template to fill in. The caller chose what may be seen."""
    with written() as (book, workbook):
        formats = {
            "head": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "needed": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#fde68a", "valign": "top"}),
            "cell": workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            "number": workbook.add_format({"valign": "top"}),
        }
        sheets = {name: _Sheet(workbook, name, formats, names) for name in (*KINDS, *BELOW)}
        for code, contents in items:
            sheets[contents["kind"]].write({"code": code, **contents})
            for row in rows_below(code=code, contents=contents):
                sheets[row[0]].write(row[1])
        _about(workbook.add_worksheet(SHEET_NAMES[ABOUT][0]), formats)
    return book


def rows_below(*, code: str, contents: Contents) -> Iterable[tuple[str, dict[str, Any]]]:
    """The rows of an item on the other sheets: sheet and fields."""
    for table, key in ((COOPERATIONS, "cooperations"), (CONDITIONS, "conditions"), (STEPS, "chart")):
        for one in contents.get(key) or ():
            yield table, {"item": code, **one}


class _Sheet:
    """One sheet with its heading, its lists of words and its rows so far."""

    def __init__(self, workbook: Any, name: str, formats: dict[str, Any], names: Names) -> None:
        self.columns, self.formats, self.names, self.line = columns_of(sheet=name), formats, names, 0
        self.sheet = workbook.add_worksheet(SHEET_NAMES[name][0])
        self.named = {"unit": names.units, "lead_unit": names.units, "matter": names.matters, "area": names.areas}
        self.sheet.freeze_panes(1, 2)
        for at, column in enumerate(self.columns):
            self._head(at, column)

    def _head(self, at: int, column: Column) -> None:
        cell = self.formats["number" if column.field == "limit_value" else "cell"]
        width = NARROW if column.field in SLIM else WIDTHS.get(column.field, MIDDLE)
        self.sheet.set_column(at, at, width, cell)
        self.sheet.write_string(0, at, column.names[0], self.formats["needed" if column.needed else "head"])
        if words := WORDS.get(_sort(column.field)):
            offered = list(dict.fromkeys(word_of(field=_sort(column.field), value=value) for value in words.values()))
            self.sheet.data_validation(
                1, at, LAST_ROW, at, {"validate": "list", "source": offered, "error_type": "warning"}
            )

    def write(self, row: Contents) -> None:
        """Add one row."""
        self.line += 1
        for at, column in enumerate(self.columns):
            value = row.get(column.field)
            if column.field == "limit_value" and value not in (None, ""):
                self.sheet.write_number(self.line, at, float(Decimal(str(value))), self.formats["number"])
            elif text := self._text(column.field, value):
                self.sheet.write_string(self.line, at, text, self.formats["cell"])

    def _text(self, field: str, value: Any) -> str:
        if not value:
            return ""
        sort = _sort(field)
        if sort in WORDS:
            return word_of(field=sort, value=str(value))
        if field == "categories":
            return "\n".join(self.names.categories.written(code) for code in value)
        if field == "next":
            return "、".join(value)
        if field == "who":
            return self._who(str(value))
        return self.named[field].written(str(value)) if field in self.named else shielded(str(value))

    def _who(self, value: str) -> str:
        return word_of(field="rule", value=value) if value in WORDS["rule"] else self.names.units.written(value)


def _sort(field: str) -> str:
    """Of which sort the words of a field are."""
    return "rule" if field == "lead_rule" else field


def _about(sheet: Any, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 110, formats["cell"])
    lines = [
        _("One row is one item; its code joins it with the rows of the last three sheets."),
        _("Yellow columns must be there. Units, matters, areas and categories go by code, by name or by both."),
        _("A column or sheet that is taken out leaves what it says as it is; an empty cell empties what it says."),
        _("Several categories stand one a line; several next steps with commas between them."),
        _("Write values: no formulas, no merged cells, no macros. Days are written like 2026-12-01."),
        _("Nothing changes before somebody else has approved the draft that comes of this file."),
    ]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats["cell"])
