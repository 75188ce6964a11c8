"""What the running tally says: counts that were kept as things happened, read in a moment however many cases there are.

A count is what was folded together plus what changed since, read in one statement and so of one instant. Only places
narrow it down (querysets.by_place_alone()): where a unit or a person decides, cases are counted themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from petitions.choices import FINISHED_STATES, OPEN_STATES, Measure
from petitions.models import Tally, TallyDelta
from petitions.models.tally import Counted

EVERYWHERE = Q()
DAYS = (Measure.FILED.value, Measure.ACCEPTED.value, Measure.CLOSED.value)
TWO = ("measure", "day")
COLUMNS = "measure, county_code, township_code, village_code, state, day"
# Everything counted anew: what the trigger of migrations 0009 and 0011 adds up.
FOUND = """
SELECT c.measure, p.county_code, p.township_code, p.village_code, c.state, c.day, count(*) AS n
  FROM petitions_petition p
 CROSS JOIN LATERAL (VALUES
       ('state', p.state, NULL::date),
       ('filed', '', (p.filed_at AT TIME ZONE 'Asia/Shanghai')::date),
       ('accepted', '', (p.accepted_at AT TIME ZONE 'Asia/Shanghai')::date),
       ('closed', '', CASE WHEN p.state IN ('closed', 'archived')
                           THEN (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date END)) AS c (measure, state, day)
 WHERE c.measure = 'state' OR c.day IS NOT NULL
 GROUP BY 1, 2, 3, 4, 5, 6
"""
# Held against what was kept, in one statement and so at one instant.
DIFFERENCES = f"""
WITH found AS ({FOUND})
SELECT measure, coalesce(nullif(village_code, ''), nullif(township_code, ''), county_code), state, day,
       sum(kept) AS kept, sum(found) AS found
  FROM (SELECT {COLUMNS}, n AS kept, 0 AS found FROM petitions_tally
        UNION ALL SELECT {COLUMNS}, n, 0 FROM petitions_tallydelta
        UNION ALL SELECT {COLUMNS}, 0, n FROM found) AS both_sides
 GROUP BY {COLUMNS} HAVING sum(kept) <> sum(found)
 ORDER BY {COLUMNS}
"""  # noqa: S608  (its parts are above)


@dataclass(frozen=True)
class Difference:
    """One count that is not what counting finds; there should never be one."""

    measure: str
    place: str
    state: str
    day: date | None
    kept: int
    found: int


@dataclass(frozen=True)
class Conservation:
    """Every case that was ever filed is in exactly one state: `filed` comes from the days, the rest from the states.

    The two are kept apart from each other, so that a case lost in one of them shows.
    """

    filed: int
    by_state: dict[str, int]

    @property
    def open(self) -> int:
        """Cases that somebody still has to do something about."""
        return sum(self.by_state.get(state, 0) for state in OPEN_STATES)

    @property
    def finished(self) -> int:
        """Closed, archived, declined and withdrawn ones."""
        return sum(self.by_state.get(state, 0) for state in FINISHED_STATES)

    @property
    def holds(self) -> bool:
        """Whether nothing is lost and nothing is there twice."""
        return self.filed == self.open + self.finished == sum(self.by_state.values())


def counted(
    *,
    measure: Measure,
    by: str,
    reach: Q = EVERYWHERE,
    since: date | None = None,
    until: date | None = None,
    states: Iterable[str] | None = None,
) -> dict[Any, int]:
    """Counts of a measure by one column: "state", "day", "county_code", "township_code" or "village_code".

    `reach` is a condition on places, as by_place_alone() gives; `since` and `until` are days, both included; `states`
    narrows the measure STATE. What counts nothing is left out. One query.
    """
    among = Q(reach, measure=measure)
    if since is not None:
        among &= Q(day__gte=since)
    if until is not None:
        among &= Q(day__lte=until)
    if states is not None:
        among &= Q(state__in=list(states))
    found: dict[Any, int] = defaultdict(int)
    for key, n in _grouped(Tally, among, by).union(_grouped(TallyDelta, among, by), all=True):
        found[key] += n
    return {key: n for key, n in found.items() if n}


def per_day(*, since: date, reach: Q = EVERYWHERE) -> dict[str, dict[date, int]]:
    """How many were filed, accepted and closed on each day from one on, by measure; one query."""
    found: dict[str, dict[date, int]] = {one: defaultdict(int) for one in DAYS}
    among = Q(reach, measure__in=DAYS, day__gte=since)
    for measure, day, n in _grouped(Tally, among, *TWO).union(_grouped(TallyDelta, among, *TWO), all=True):
        found[measure][day] += n
    return found


def conservation(*, reach: Q = EVERYWHERE) -> Conservation:
    """All cases of some places, by day of filing against by state; two queries."""
    filed = sum(counted(measure=Measure.FILED, by="measure", reach=reach).values())
    return Conservation(filed=filed, by_state=counted(measure=Measure.STATE, by="state", reach=reach))


def differences() -> list[Difference]:
    """Where the tally is not what a full count finds: nowhere, or something is broken. Reads every petition."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES)
        return [Difference(*row) for row in cursor.fetchall()]


def _grouped(table: type[Counted], among: Q, *by: str) -> Any:
    rows = table._default_manager.filter(among).order_by().values(*by)
    return rows.annotate(total=Sum("n")).values_list(*by, "total")
