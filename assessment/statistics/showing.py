"""A table as the page draws it: every number in words, with the address of its cases; and the chart of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format

from assessment.statistics.counting import TOTAL
from assessment.statistics.drilling import COUNTED, HITS, address, drill_of
from assessment.statistics.tables import Beside, Cell, Line, Table, value_of
from assessment.statistics.windows import Window
from assessment.statistics.wording import changed, tone, written

CHARTED, SERIES = 14, 6


def link(table: Table, cell: Cell, window: Window, part: str = HITS) -> str:
    """The address of the list behind a number."""
    drill = drill_of(
        question=table.question,
        indicator=cell.indicator,
        key=(cell.row, cell.column),
        window=window,
        at=table.at,
        part=part,
    )
    return f"{reverse('assessment:statistics-cases')}?{address(drill)}"


def shown_line(table: Table, line: Line) -> dict[str, Any]:
    """A row."""
    return {"label": line.label, "total": line.total, "cells": [shown_cell(table, one) for one in line.cells]}


def shown_cell(table: Table, cell: Cell) -> dict[str, Any]:
    """A number, its denominator where it has one, and the earlier ones."""
    one, now = cell.indicator, table.windows[0]
    part = COUNTED if one.is_percentile else HITS
    shown: dict[str, Any] = {
        "label": one.label,
        "text": written(one, cell.value),
        "href": link(table, cell, now, part),
        "few": cell.few,
        "beside": [_beside(table, cell, each) for each in cell.beside],
    }
    if one.unit != "cases":
        shown["hits"] = number_format(cell.number.hits, force_grouping=True) if one.is_share else ""
        shown["of"] = number_format(cell.number.counted, force_grouping=True)
        shown["of_href"] = link(table, cell, now, COUNTED)
    return shown


def _beside(table: Table, cell: Cell, each: Beside) -> dict[str, Any]:
    one = cell.indicator
    from_value = written(one, value_of(one, each.number))
    return {
        "label": each.label,
        "text": from_value,
        "of": number_format(each.number.counted, force_grouping=True) if one.unit != "cases" else "",
        "href": link(table, cell, each.window, COUNTED if one.is_percentile else HITS),
        "difference": changed(one, each.difference),
        "tone": tone(one, each.difference),
    }


def picture(table: Table) -> dict[str, Any] | None:
    """Lines over time, otherwise bars of the biggest; with two directions one series for each of the first columns."""
    question, lines = table.question, list(table.lines)
    if not lines:
        return None
    timed = question.rows.is_time
    shown = lines if timed else lines[:CHARTED]
    series = _by_columns(table, shown) if question.columns else _by_figures(table, shown)
    many = len(series) > 1
    kind = "line" if timed else ("stack" if question.columns else "bar") if many else "rank"
    return {"kind": kind, "x": [one.label for one in shown], "series": series, "links": _links(table, shown)}


def _by_figures(table: Table, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """One series for each figure that is told in the unit of the first one: a chart has one scale."""
    first = table.question.indicators[0]
    return [
        {"name": str(one.label), "data": [line.cells[place].value for line in lines]}
        for place, one in enumerate(table.question.indicators)
        if one.unit == first.unit
    ]


def _by_columns(table: Table, lines: Sequence[Line]) -> list[dict[str, Any]]:
    places = [place for place, (key, _label) in enumerate(table.columns) if key != TOTAL][:SERIES]
    return [{"name": table.columns[place][1], "data": [line.cells[place].value for line in lines]} for place in places]


def _links(table: Table, lines: Sequence[Line]) -> list[str]:
    return [link(table, line.cells[0], table.windows[0]) for line in lines]
