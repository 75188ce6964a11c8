"""A table as plain rows: one for each number, for spreadsheets, the API and what is kept of a saved report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessment.statistics.counting import TOTAL
from assessment.statistics.tables import Beside, Cell, Table, value_of


def cells_of(table: Table) -> Iterator[dict[str, Any]]:
    """Every number with its names and what it stands beside, the totals last. Keys are "*" where all is counted."""
    columns = dict(table.columns)
    for line in (*table.lines, table.total):
        for cell in line.cells:
            yield {
                "row": cell.row,
                "row_label": line.label,
                "column": cell.column,
                "column_label": columns.get(cell.column, "") if cell.column != TOTAL else "",
                "of": cell.indicator.code,
                "of_label": str(cell.indicator.label),
                "unit": cell.indicator.unit.value,
                **_number(cell),
                "beside": [_earlier(cell, one) for one in cell.beside],
            }


def _number(cell: Cell) -> dict[str, Any]:
    return {"value": cell.value, "hits": cell.number.hits, "counted": cell.number.counted, "few": cell.few}


def _earlier(cell: Cell, one: Beside) -> dict[str, Any]:
    return {
        "against": one.window.name,
        "since": one.window.since,
        "until": one.window.until,
        "value": value_of(cell.indicator, one.number),
        "hits": one.number.hits,
        "counted": one.number.counted,
        "difference": one.difference,
    }
