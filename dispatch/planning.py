"""The dates of an order as one pure calculation: budget, what it stood still, what was added, and the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kernel.worktime import Limit, Pause, WorkCalendar, budget_end, points_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What the dates rest on. `start`: of the first unit that had it in this round: its time counts on (捆绑计时)."""

    start: datetime
    limit: Limit
    extension_days: int = 0
    half: Decimal
    warn: Decimal
    pauses: Sequence[Pause] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What follows: the end, and the instants at which the lights change."""

    due_at: datetime
    half_at: datetime
    yellow_at: datetime
    provisional: bool
    calendar_version: int


def lay(*, basis: Basis, calendar: WorkCalendar) -> Dates:
    """Compute the dates anew. The same basis and calendar always give the same dates."""
    end = budget_end(
        start=basis.start,
        limit=basis.limit,
        extra_days=basis.extension_days,
        calendar=calendar,
        pauses=basis.pauses,
    )
    assert end.at is not None  # every pause has a planned end
    points = points_at(
        start=basis.start,
        limit=basis.limit,
        shares=(basis.half, basis.warn),
        calendar=calendar,
        pauses=basis.pauses,
        due=end.at,
    )
    half_at, yellow_at = (min(one, end.at) for one in points if one is not None)  # every pause has a planned end
    return Dates(
        due_at=end.at,
        half_at=half_at,
        yellow_at=yellow_at,
        provisional=end.provisional,
        calendar_version=calendar.version,
    )
