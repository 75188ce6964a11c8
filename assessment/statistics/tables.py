"""A table of figures as it is read: rows and columns in order, every number beside those of earlier times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from assessment.statistics.asking import Question
from assessment.statistics.counting import TOTAL, Key, Number, Numbers, count, one_snapshot
from assessment.statistics.dimensions import Dimension
from assessment.statistics.indicators import Indicator
from assessment.statistics.periods import Span, Step, begin, in_words, later
from assessment.statistics.windows import LABELS, Window, windows
from kernel.actors import Actor
from kernel.errors import Invalid

FEW = 10
"""Of fewer cases a share says little: it is marked."""

MOST_COLUMNS = 24
EVERY_COLUMN = 10_000
MOST_CELLS = 50_000
"""Of one table, whoever asks for it: more is read by nobody, and laying it out would hold up everybody else."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The same figure of an earlier time: its number and by how much the present one differs."""

    window: Window
    number: Number
    difference: float | None

    @property
    def label(self) -> str:
        return str(LABELS[self.window.name])


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one row, or of one row and one column."""

    indicator: Indicator
    row: str
    column: str
    number: Number
    beside: tuple[Beside, ...]

    @property
    def value(self) -> float | None:
        return value_of(self.indicator, self.number)

    @property
    def few(self) -> bool:
        """True where a share or a percentile stands on few cases."""
        return self.indicator.unit != "cases" and 0 < self.number.counted < FEW


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its key, its name and its cells. `total` is the row of everything."""

    key: str
    label: str
    cells: Sequence[Cell]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question, as of one instant."""

    question: Question
    at: datetime
    windows: Sequence[Window]
    columns: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    total: Line
    left_out: int = 0
    more: int = 0
    """Lines beyond those that were asked for."""


def value_of(indicator: Indicator, number: Number) -> float | None:
    """A figure in its unit: a count, per cent with two decimals, hours with two; None where nothing was counted."""
    if indicator.is_percentile:
        return None if number.minutes is None else round(number.minutes / 60, 2)
    if indicator.is_share:
        return round(100 * number.hits / number.counted, 2) if number.counted else None
    return number.hits


def table_of(
    *,
    question: Question,
    actor: Actor,
    at: datetime,
    most_columns: int = MOST_COLUMNS,
    most_lines: int | None = None,
) -> Table:
    """Count everything that the question asks, in one snapshot, and lay it out, the first lines or all of them.

    Time is always laid out whole. Raises Invalid where the table would have more cells than anybody reads.
    """
    stretches = windows(question=question, at=at)
    with one_snapshot():
        counted = [count(question=question, window=one, actor=actor, at=at) for one in stretches]
    rows = _ordered(question, question.rows, [key for key, _column in counted[0]], stretches[0], counted[0], first=True)
    columns, left_out = _columns(question, stretches[0], counted[0], most_columns)
    shown = rows if question.rows.is_time else rows[:most_lines]
    _refuse_too_many(question, len(shown), len(columns))
    named = dict(rows)

    def line(key: str) -> Line:
        cells = [
            _cell((key, column), stretches, counted, indicator)
            for column, _label in columns
            for indicator in question.indicators
        ]
        return Line(key, named.get(key, str(_("Everything"))), cells, total=key == TOTAL)

    lines = [line(key) for key, _label in shown]
    return Table(question, at, stretches, columns, lines, line(TOTAL), left_out, len(rows) - len(shown))


def _refuse_too_many(question: Question, rows: int, columns: int) -> None:
    cells = rows * columns * len(question.of)
    if cells > MOST_CELLS:
        why = _("That is a table of %(cells)d cells; choose fewer rows or longer parts.") % {"cells": cells}
        raise Invalid(why, fields={"across" if question.across else "by": [why]})


def _columns(question: Question, now: Window, numbers: Numbers, most: int) -> tuple[list[tuple[str, str]], int]:
    """The columns with that of everything first; one unnamed column where there is no second direction."""
    if question.columns is None:
        return [(TOTAL, "")], 0
    found = _ordered(question, question.columns, [key for _row, key in numbers], now, numbers, first=False)
    shown = found[:most] if not question.columns.is_time else found
    return [(TOTAL, str(_("Everything"))), *shown], len(found) - len(shown)


def _ordered(
    question: Question, one: Dimension, keys: Sequence[str], now: Window, numbers: Numbers, *, first: bool
) -> list[tuple[str, str]]:
    """Keys with their names: time in its order, everything else the biggest first."""
    if one.is_time:
        return [(slot.key, part_in_words(slot.key, one.code)) for slot in now.slots]
    known = {key for key in keys if key != TOTAL}
    code = question.of[0]

    def size(key: str) -> tuple[int, str]:
        cell = numbers.get((key, TOTAL) if first else (TOTAL, key), {}).get(code, Number())
        return -max(cell.counted, cell.hits), key

    labels = one.labels(sorted(known)) if one.labels else {}
    return [(key, labels.get(key) or key or str(_("none"))) for key in sorted(known, key=size)]


def part_in_words(key: str, step: str) -> str:
    """A part of a period by its first day."""
    day = date.fromisoformat(key)
    if step == Step.DAY:
        return key
    if step == Step.WEEK:
        return _("week of %(day)s") % {"day": key}
    first = begin(day, step=step)
    return in_words(Span(step, first, later(first, step=step)))


def _cell(key: Key, stretches: Sequence[Window], counted: Sequence[Numbers], indicator: Indicator) -> Cell:
    now, *earlier = [numbers.get(key, {}).get(indicator.code, Number()) for numbers in counted]
    beside = [
        Beside(window, number, _difference(value_of(indicator, now), value_of(indicator, number)))
        for window, number in zip(stretches[1:], earlier, strict=True)
    ]
    return Cell(indicator, *key, now, tuple(beside))


def _difference(now: float | None, earlier: float | None) -> float | None:
    return None if now is None or earlier is None else round(now - earlier, 2)


def everything(table: Table) -> list[Any]:
    """Every cell of a table, that of everything too."""
    return [cell for line in (*table.lines, table.total) for cell in line.cells]
