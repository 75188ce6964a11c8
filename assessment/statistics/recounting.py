"""The books taken again from the log: what each case was at a past instant, by the last thing that had happened to it.

The log knows nothing of the columns that the books are otherwise counted from, so that the two check each other.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection

from assessment.statistics.balance import CLASSES, Balance, level_below, seen, whole
from kernel import keyset
from kernel.actors import Actor

MOST_CASES = 50_000
AWAITING, TURNED_AWAY = "awaiting", "turned_away"
ACCEPTING = ("petition.accepted", "petition.planned")

# fmt: off
AFTER: dict[str, str] = {
    # what happened            the class that it puts an accepted case in
    "petition.filed":          AWAITING,
    "petition.separated":      "open",
    "petition.accepted":       "open",
    "petition.planned":        "open",
    "petition.dispatched":     "open",
    "petition.reopened":       "open",
    "petition.recalled":       "returned",
    "petition.closed":         "closed",
    "petition.archived":       "closed",
    "petition.declined":       "void",
    "petition.withdrawn":      "void",
    "petition.joined":         "void",
    "order.return_requested":  "returned",
    "order.return_refused":    "open",
    "order.adjudicated":       "open",
    "order.suspended":         "suspended",
    "order.resumed":           "open",
}
# fmt: on
STILL_AWAITING = frozenset({"petition.filed", "petition.separated"})

LAST = """
WITH mine AS MATERIALIZED (SELECT id, {below} AS area FROM ({mine}) found)
SELECT mine.area, last.name, last.accepted, count(*)
  FROM mine CROSS JOIN LATERAL (
       SELECT (array_agg(name ORDER BY seq DESC))[1] AS name, bool_or(name = ANY(%s)) AS accepted
         FROM kernel_event event
        WHERE event.case_id = mine.id AND event.name = ANY(%s) AND event.occurred_at <= %s) last
 WHERE last.name IS NOT NULL
 GROUP BY 1, 2, 3
"""


def balances_as_of(*, actor: Actor, area: str, at: datetime) -> tuple[Balance, list[Balance]] | None:
    """The books of an area at a past instant, by the places that the cases have now.

    None where that means reading the log of more than MOST_CASES cases: a smaller area can be asked for.
    """
    found = seen(actor=actor, area=area).filter(filed_at__lte=at)
    _count, more = keyset.capped_count(found, cap=MOST_CASES)
    if more:
        return None
    below = level_below(area)
    mine, given = found.values("id", below).query.sql_with_params()
    counts: dict[str, Counter[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LAST.format(mine=mine, below=below), [*given, list(ACCEPTING), list(AFTER), at])
        for place, name, accepted, number in cursor.fetchall():
            held = counts.setdefault(place, Counter())
            held["filed"] += number
            held["accepted"] += number if accepted else 0
            held[_class(name, accepted)] += number
    lines = [_line(place, held) for place, held in sorted(counts.items())]
    return whole(lines), lines


def _class(name: str, accepted: bool) -> str:
    if accepted:
        return AFTER[name]
    return AWAITING if name in STILL_AWAITING else TURNED_AWAY


def _line(place: str, held: Counter[str]) -> Balance:
    said: dict[str, Any] = {name: held[name] for name in ("filed", "accepted", AWAITING, TURNED_AWAY)}
    return Balance(area=place, classes={one.code: held[one.code] for one in CLASSES}, **said)
