"""Percentiles of lengths of time: in plain hours as a clock on the wall shows them, or in hours of the office.

Lengths are grouped to the minute within 24 hours and to the quarter of an hour beyond: few enough steps to be sorted
once per cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from assessment.statistics import officetime
from assessment.statistics.indicators import Indicator, conditions

# The OFFSET keeps PostgreSQL from computing the same value again wherever it is named. It is quoted so that it is a
# constant of its type from the first: a plain 0 is still to be converted when PostgreSQL asks whether several processes
# may share the work, and counts as a reason against it.
PLAIN = """
SELECT {keys}CASE WHEN seconds < 86400 THEN seconds / 60 ELSE seconds / 900 * 15 END AS minutes, count(*) AS n
  FROM (SELECT {keys}floor(tstzrange_subdiff(ended, begun))::int AS seconds FROM ({rows}) moments OFFSET '0') lengths
 GROUP BY {places}"""
OFFICE = """
SELECT {keys}CASE WHEN spent < 1440 THEN spent ELSE spent / 15 * 15 END AS minutes, count(*) AS n
  FROM (SELECT {keys}{spent} AS spent FROM (
          SELECT {keys}{marks} FROM (
            SELECT {keys}{minutes} FROM ({rows}) moments OFFSET '0') minutes OFFSET '0') marks OFFSET '0') lengths
 GROUP BY {places}"""
PERCENTILES = """
WITH steps AS MATERIALIZED ({slices}),
sets AS (SELECT {keys}, minutes, sum(n)::int AS n, {grouping} FROM steps GROUP BY GROUPING SETS ({sets})),
running AS (SELECT *, sum(n) OVER (PARTITION BY {all} ORDER BY minutes) AS below,
                   sum(n) OVER (PARTITION BY {all}) AS total FROM sets)
SELECT {all}, max(total), {shares} FROM running GROUP BY {all}
"""
Measured = tuple[list[Any], int, list[int | None]]
"""The key of a cell, how many cases there are, and the minutes within which each share of them lies."""


def measured(
    *, slices: Iterable[QuerySet[Any]], keys: Sequence[str], asked: Sequence[Indicator], at: datetime, total: str
) -> Iterator[Measured]:
    """The shares of figures that are of one length of time, by cell, row, column and everything: `total` in a key."""
    steps, given = _steps(slices, keys, asked[0], at)
    sets = [", ".join([*some, "minutes"]) for size in range(len(keys) + 1) for some in combinations(keys, size)]
    statement = PERCENTILES.format(
        slices=steps,
        keys=", ".join(keys),
        grouping=", ".join(f"GROUPING({key}) AS g{key}" for key in keys),
        sets=", ".join(f"({one})" for one in sets),
        all=", ".join([*keys, *(f"g{key}" for key in keys)]),
        shares=", ".join("min(minutes) FILTER (WHERE below * %s >= %s * total)" for _one in asked),
    )
    ways = len(keys)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *(part for each in asked for part in _whole(each))])
        for row in cursor.fetchall():
            key = [total if row[ways + place] else row[place] for place in range(ways)]
            yield key, int(row[2 * ways]), list(row[2 * ways + 1 :])


def _whole(one: Indicator) -> tuple[int, int]:
    """The share as whole numbers, its denominator first: exact, and compared in a fraction of the time."""
    numerator, denominator = Decimal(str(one.share)).as_integer_ratio()
    return denominator, numerator


def _steps(slices: Iterable[QuerySet[Any]], keys: Sequence[str], one: Indicator, at: datetime) -> tuple[str, list[Any]]:
    """How many cases are of each step, slice by slice, and the parameters."""
    assert one.lasts is not None  # only percentiles come here
    begun, ended = one.lasts
    among = one.narrowed(words=conditions(at=at), hits=False)
    words = {"keys": "".join(f"{key}, " for key in keys), "places": ", ".join(map(str, range(1, len(keys) + 2)))}
    marks: list[Any] = []
    if one.working:
        said, marks = officetime.words(at=at)
        words |= said
    parts, given = [], []
    for rows in slices:
        moments = rows.filter(among).annotate(begun=F(begun), ended=F(ended)).values(*keys, "begun", "ended")
        sql, values = moments.query.sql_with_params()
        parts.append((OFFICE if one.working else PLAIN).format(**words, rows=sql))
        given += [*marks, *values]
    return " UNION ALL ".join(f"({part})" for part in parts), given
