"""When a limit ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kernel.worktime.calendar import WorkCalendar, day_of
from kernel.worktime.limits import CALENDAR_DAY, NATURAL_HOUR, Limit
from kernel.worktime.meters import DAY
from kernel.worktime.pauses import Pause, stretches
from kernel.worktime.plans import Plan, plan_for, stretched_goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The end of a limit.

    `at` is the last instant in time: what is done at it is on time, what is done after it is late. None means that
    the limit stands still in an open pause and has no end yet.
    `last_day` is the day that people name: a calendar-day limit ends at 24:00 of it, which is 00:00 of the day after.
    `provisional` says that the result rests on a day for which no holiday notice has been published, and must be
    computed again when it is. `moved_by` says why the last day was moved: "holiday", "weekend" or "".
    """

    at: datetime | None
    last_day: date | None
    provisional: bool
    calendar_version: int
    moved_by: str = ""


def deadline(
    *,
    start: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """The end of `limit` when it starts at `start` and stands still in each of `pauses`.

    Hours are moved on by exactly the time that was paused. Days are moved on by the paused time too and then end
    where days end, so part of a paused day gives back a whole day. Raises ValueError for a naive datetime and for
    a pause that ends before it begins.
    """
    plan = plan_for(start=start, limit=limit, calendar=calendar)
    goal: int | None = plan.goal
    if pauses:
        joined = stretches(pauses=pauses, meter=plan.meter, origin=plan.origin)
        goal = stretched_goal(plan=plan, pauses=joined)
    if goal is None:
        return Deadline(at=None, last_day=None, provisional=False, calendar_version=calendar.version)
    if limit.unit == CALENDAR_DAY:
        return _at_midnight(plan, goal, calendar)
    at = plan.meter.instant(plan.close(goal))
    last_day = at.date()
    provisional = limit.unit != NATURAL_HOUR and not calendar.is_announced(
        since=calendar.local(start).date(), until=last_day
    )
    return Deadline(
        at=at,
        last_day=last_day,
        provisional=provisional,
        calendar_version=calendar.version,
    )


def _at_midnight(plan: Plan, goal: int, calendar: WorkCalendar) -> Deadline:
    """A calendar-day limit. Rest days matter only where it ends, so only these days can make it provisional."""
    close = plan.close(goal)
    nominal, last_day = day_of(plan.full(goal) // DAY - 1), day_of(close // DAY - 1)
    moved_by = ""
    if nominal != last_day:
        moved_by = "holiday" if nominal in calendar.holidays else "weekend"
    return Deadline(
        at=plan.meter.instant(close),
        last_day=last_day,
        provisional=plan.rolling is not None and not calendar.is_announced(since=nominal, until=last_day),
        calendar_version=calendar.version,
        moved_by=moved_by,
    )
