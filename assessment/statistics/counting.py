"""Counting: one pass for all figures that are dated alike, one for all percentiles of the same length of time.

The narrow columns that are read stand in two covering indexes (ADR 0026), so that PostgreSQL answers from the index
alone; there is no cube beside the cases that could say something else than they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations, groupby
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import Count, DateTimeField, F, Func, IntegerField, Q, QuerySet, Value

from assessment.statistics.asking import Question, narrowing
from assessment.statistics.dimensions import Dimension
from assessment.statistics.indicators import Indicator, base, conditions
from assessment.statistics.windows import Window
from kernel.actors import Actor
from petitions.models import Petition

TOTAL = "*"
# Compiling costs more than it spares where a query runs for a few hundred milliseconds.
QUIETLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL jit = off"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Number:
    """What was counted: `hits` of `counted`, and for a percentile the minutes within which that share lies."""

    hits: int = 0
    counted: int = 0
    minutes: int | None = None


Numbers = dict[Key, dict[str, Number]]


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Every statement of the block sees the same instant of the database; inside another transaction, that one's."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(QUIETLY)
        yield


def seen(*, actor: Actor, question: Question) -> QuerySet[Petition]:
    """The petitions that a question is about, among those that the actor sees."""
    found: QuerySet[Petition] = Petition.objects.visible_to(actor).filter(narrowing(question.filters)).order_by()
    return found


def count(*, question: Question, window: Window, actor: Actor, at: datetime) -> Numbers:
    """Every cell of the table over one stretch of time, its totals under TOTAL."""
    found: Numbers = {}
    asked = sorted(question.indicators, key=_pass)
    for (dated, lasts, _among), alike in groupby(asked, key=_pass):
        cells = _cells(question, window, actor, dated)
        same = list(alike)
        rows = _measured(cells, same, at) if lasts else _counted(cells, same, at)
        for row, column, code, number in rows:
            for key in _keys(question, window, row, column):
                found.setdefault(key, {})[code] = number
    return found


def _pass(one: Indicator) -> tuple[str, tuple[str, ...], str]:
    """What is counted in one pass: figures dated alike, and percentiles of the same length of time."""
    return one.dated, one.lasts or (), one.among if one.lasts else ""


def directions(question: Question) -> list[Dimension]:
    """Rows, and columns where there are some."""
    return [question.rows] if question.columns is None else [question.rows, question.columns]


def _cells(question: Question, window: Window, actor: Actor, dated: str) -> QuerySet[Any]:
    """The cases of a stretch by the keys of their cell: one column for each direction."""
    inside = {f"{dated}__gte": window.since, f"{dated}__lt": window.until}
    found = seen(actor=actor, question=question).filter(base(dated=dated), **inside)
    keys = {f"d{place}": _key(one, dated, window) for place, one in enumerate(directions(question))}
    return found.annotate(**keys).values(*keys)


def _key(one: Dimension, dated: str, window: Window) -> Any:
    if one.key is not None:
        return one.key()
    edges = Value(window.edges, output_field=ArrayField(DateTimeField()))
    return Func(F(dated), edges, function="width_bucket", output_field=IntegerField())


Row = tuple[Any, Any, str, Number]


def _counted(cells: QuerySet[Any], asked: Sequence[Indicator], at: datetime) -> Iterator[Row]:
    """Counts and shares. Totals are sums: every case lies in one cell."""
    words = conditions(at=at)
    wanted: dict[str, Q] = {}
    for one in asked:
        wanted[f"n_{one.among}"] = one.narrowed(words=words, hits=False)
        wanted[_hits(one)] = one.narrowed(words=words, hits=True)
    counts = {name: Count("pk", filter=which or None) for name, which in wanted.items()}
    sums: dict[Key, dict[str, int]] = {}
    for row in cells.annotate(**counts):
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


# Exact to the minute within a day, to the quarter of an hour beyond: few enough steps to be sorted once per cell.
STEPS = (
    "(CASE WHEN %(expressions)s < interval '1 day' THEN floor(date_part('epoch', %(expressions)s) / 60)"
    " ELSE floor(date_part('epoch', %(expressions)s) / 900) * 15 END)::int"
)
PERCENTILES = """
WITH steps AS MATERIALIZED ({cells}),
sets AS (SELECT {keys}, minutes, sum(n) AS n, {grouping} FROM steps GROUP BY GROUPING SETS ({sets})),
running AS (SELECT *, sum(n) OVER (PARTITION BY {all} ORDER BY minutes) AS below,
                   sum(n) OVER (PARTITION BY {all}) AS total FROM sets)
SELECT {all}, max(total), {shares} FROM running GROUP BY {all}
"""


def _measured(cells: QuerySet[Any], asked: Sequence[Indicator], at: datetime) -> Iterator[Row]:
    """Percentiles of a length of time, with those of rows, columns and everything, by one pass over its steps."""
    one = asked[0]
    assert one.lasts is not None  # only percentiles come here
    begins, ends = one.lasts
    minutes = Func(F(ends), F(begins), template=STEPS, arg_joiner=" - ", output_field=IntegerField())
    keys = [name for name in ("d0", "d1") if name in cells.query.annotations]
    inner = cells.filter(one.narrowed(words=conditions(at=at), hits=False)).annotate(minutes=minutes, n=Count("*"))
    sql, given = inner.values(*keys, "minutes", "n").query.sql_with_params()
    statement = PERCENTILES.format(
        cells=sql,
        keys=", ".join(keys),
        grouping=", ".join(f"GROUPING({key}) AS g{key}" for key in keys),
        sets=", ".join(f"({', '.join([*some, 'minutes'])})" for some in _subsets(keys)),
        all=", ".join([*keys, *(f"g{key}" for key in keys)]),
        shares=", ".join("min(minutes) FILTER (WHERE below >= %s * total)" for _one in asked),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *(Decimal(str(each.share)) for each in asked)])
        for row in cursor.fetchall():
            ways = len(keys)
            said = [TOTAL if row[ways + place] else row[place] for place in range(ways)]
            first, second = said if ways == len(("rows", "columns")) else (said[0], "")
            for each, value in zip(asked, row[2 * ways + 1 :], strict=True):
                number = Number(int(row[2 * ways]), int(row[2 * ways]), value)
                yield first, second, each.code, number
                if ways == 1:
                    yield first, TOTAL, each.code, number


def _subsets(keys: Sequence[str]) -> list[tuple[str, ...]]:
    return [some for size in range(len(keys) + 1) for some in combinations(keys, size)]


def _keys(question: Question, window: Window, row: Any, column: Any) -> list[Key]:
    """The keys of the cells that a counted row is shown in; a stretch beside all slots is shown in none."""
    said = [(row, question.rows), (column, question.columns)]
    ways = [_named(key, one, window) for key, one in said]
    return [(first, second) for first in ways[0] for second in ways[1]]


def _named(key: Any, one: Dimension | None, window: Window) -> list[str]:
    if one is None or not one.is_time or key == TOTAL:
        return [str(key)]
    begins = window.edges[int(key) - 1]
    return [slot.key for slot in window.slots if slot.since == begins < slot.until]
