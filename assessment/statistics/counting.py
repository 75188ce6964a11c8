"""Counting: one pass for all figures that are dated alike, one for all percentiles of the same length of time.

The narrow columns that are read stand in two covering indexes (ADR 0026), so that PostgreSQL answers from the index
alone; there is no cube beside the cases that could say something else than they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from assessment.statistics.asking import Question
from assessment.statistics.dimensions import Dimension
from assessment.statistics.indicators import Indicator, conditions
from assessment.statistics.lengths import measured
from assessment.statistics.slicing import keys_of, slices
from assessment.statistics.windows import Window
from kernel import snapshots
from kernel.actors import Actor

TOTAL = "*"
# Compiling costs more than it spares where a query runs for a few hundred milliseconds; that the planner thinks of more
# groups than there are is not to keep it from sharing the work among processes.
QUIETLY = """
SET LOCAL jit = off;
SET LOCAL parallel_tuple_cost = 0.001
"""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Number:
    """What was counted: `hits` of `counted`, and for a percentile the minutes within which that share lies."""

    hits: int = 0
    counted: int = 0
    minutes: int | None = None


Numbers = dict[Key, dict[str, Number]]


def one_snapshot() -> AbstractContextManager[None]:
    """Every statement of the block sees the same instant of the database; inside another transaction, that one's."""
    return snapshots.one_snapshot(settings=QUIETLY)


def count(*, question: Question, window: Window, actor: Actor, at: datetime) -> Numbers:
    """Every cell of the table over one stretch of time, its totals under TOTAL."""
    found: Numbers = {}
    asked = sorted(question.indicators, key=_pass)
    for (dated, lasts, *_same), alike in groupby(asked, key=_pass):
        same = list(alike)
        cells = list(slices(question=question, window=window, actor=actor, dated=dated))
        rows = _measured(question, cells, same, at) if lasts else _counted(cells, same, at)
        for row, column, code, number in rows:
            for key in _keys(question, window, row, column):
                found.setdefault(key, {})[code] = number
    return found


def _pass(one: Indicator) -> tuple[str, tuple[str, ...], str, bool]:
    """What is counted in one pass: figures dated alike, and percentiles of the same length of time."""
    return one.dated, one.lasts or (), one.among if one.lasts else "", one.working


Row = tuple[Any, Any, str, Number]


def _counted(cells: Sequence[QuerySet[Any]], asked: Sequence[Indicator], at: datetime) -> Iterator[Row]:
    """Counts and shares. Totals are sums: every case lies in one cell."""
    words = conditions(at=at)
    wanted: dict[str, Q] = {}
    for one in asked:
        wanted[f"n_{one.among}"] = one.narrowed(words=words, hits=False)
        wanted[_hits(one)] = one.narrowed(words=words, hits=True)
    counts = {name: Count(Value(1), filter=which or None) for name, which in wanted.items()}
    first_slice, *others = (one.annotate(**counts) for one in cells)
    rows = first_slice.union(*others, all=True) if others else first_slice
    sums: dict[Key, dict[str, int]] = {}
    for row in rows:
        first, second = row.get("d0"), row.get("d1", "")
        for key in {(first, second), (first, TOTAL), (TOTAL, second), (TOTAL, TOTAL)}:
            held = sums.setdefault(key, dict.fromkeys(wanted, 0))
            for name in wanted:
                held[name] += row[name]
    for (first, second), held in sums.items():
        for one in asked:
            yield first, second, one.code, Number(held[_hits(one)], held[f"n_{one.among}"])


def _hits(one: Indicator) -> str:
    return f"n_{one.among}" if one.hits == one.among else f"n_{one.among}_{one.hits}"


def _measured(
    question: Question, cells: Sequence[QuerySet[Any]], asked: Sequence[Indicator], at: datetime
) -> Iterator[Row]:
    """Percentiles of a length of time."""
    keys = keys_of(question)
    for key, number, shares in measured(slices=cells, keys=keys, asked=asked, at=at, total=TOTAL):
        first, second = key if len(keys) > 1 else (key[0], "")
        for one, minutes in zip(asked, shares, strict=True):
            said = Number(number, number, minutes)
            yield first, second, one.code, said
            if len(keys) == 1:
                yield first, TOTAL, one.code, said


def _keys(question: Question, window: Window, row: Any, column: Any) -> list[Key]:
    """The keys of the cells that a counted row is shown in; a stretch beside all slots is shown in none."""
    said = [(row, question.rows), (column, question.columns)]
    ways = [_named(key, one, window) for key, one in said]
    return [(first, second) for first in ways[0] for second in ways[1]]


def _named(key: Any, one: Dimension | None, window: Window) -> list[str]:
    if one is None or not one.is_time or key == TOTAL:
        return [str(key)]
    return window.keys_from(window.edges[int(key) - 1])
