"""How much of a limit is used up: what the lights, the warnings and the overtime figures are made of.

All shares are measured in the limit's own unit: a limit in work hours is not used up over night. The whole is what
counts from the start to the deadline, so the share is 1 exactly at the deadline, moved or not, and goes on above 1.
In a pause nothing is used. While an open pause stands before the deadline, the whole is that without this pause.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kernel.worktime.calendar import WorkCalendar
from kernel.worktime.limits import Limit
from kernel.worktime.pauses import Pause, Stretch, paused_before, stretches
from kernel.worktime.plans import Plan, passed, plan_for, stretched_goal


@dataclass(slots=True)
class _Run:
    plan: Plan
    pauses: list[Stretch]
    total: int

    def counted(self, position: int) -> int:
        """Time used up to a position, in microseconds of the limit's unit."""
        if position <= self.plan.origin:
            return 0
        return position - self.plan.origin - paused_before(stretched=self.pauses, position=position)


def share_used(
    *,
    start: datetime,
    at: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    due: datetime | None = None,
) -> float:
    """The used share of the limit at `at`: 0 before it counts, 1 at the deadline, 1.5 when it is late by half.

    `due` is the deadline that was promised, where the caller has stored it; otherwise it is computed.
    """
    run = _run(start, limit, calendar, pauses, due)
    return run.counted(run.plan.meter.position(at)) / run.total


def remaining(
    *,
    start: datetime,
    at: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    due: datetime | None = None,
) -> timedelta:
    """What is left of the limit at `at`, in its own unit; negative when it is late.

    A workday is as long as its hours: with seven hours a day, one workday left is a timedelta of seven hours.
    """
    run = _run(start, limit, calendar, pauses, due)
    return timedelta(microseconds=run.total - run.counted(run.plan.meter.position(at)))


def point_at(
    *,
    start: datetime,
    limit: Limit,
    share: Decimal | float,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    due: datetime | None = None,
) -> datetime | None:
    """The earliest instant, not before `start`, at which `share` of the limit is used; None behind an open pause.

    Raises ValueError unless the share is from 0 to 1.
    """
    run = _run(start, limit, calendar, pauses, due)
    return _point(run, share, calendar.local(start))


def points_at(
    *,
    start: datetime,
    limit: Limit,
    shares: Iterable[Decimal | float],
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    due: datetime | None = None,
) -> list[datetime | None]:
    """`point_at` for several shares of one limit, which is laid out once."""
    run, begin = _run(start, limit, calendar, pauses, due), calendar.local(start)
    return [_point(run, share, begin) for share in shares]


def _point(run: _Run, share: Decimal | float, begin: datetime) -> datetime | None:
    wanted = _exact(share)
    position = passed(
        position=run.plan.origin - (-wanted.numerator * run.total // wanted.denominator),
        pauses=run.pauses,
    )
    return None if position is None else max(run.plan.meter.instant(position), begin)


@lru_cache(maxsize=128)
def _exact(share: Decimal | float) -> Fraction:
    """By way of its text, so that 0.8 means eight tenths and not the nearest binary fraction."""
    if not 0 <= share <= 1:
        raise ValueError(f"a share is from 0 to 1, not {share}")
    return Fraction(str(share))


def _run(
    start: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Iterable[Pause],
    due: datetime | None,
) -> _Run:
    plan = plan_for(start=start, limit=limit, calendar=calendar)
    joined = stretches(pauses=pauses, meter=plan.meter, origin=plan.origin)
    ended = [stretch for stretch in joined if stretch[1] is not None]
    if due is None:
        goal = stretched_goal(plan=plan, pauses=ended)
        assert goal is not None  # Only an open pause leaves a limit without an end.
        close = plan.close(goal)
    else:
        close = plan.meter.position(due)
    total = close - plan.origin - paused_before(stretched=ended, position=close)
    # A promised deadline that the calendar of today has no counted time before still needs a whole to divide by.
    return _Run(plan, joined, max(total, 1))
