"""A limit with what was added to it: the end of both, computed from the start anew, never moved by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kernel.worktime.calendar import WorkCalendar
from kernel.worktime.deadlines import Deadline, deadline
from kernel.worktime.limits import CALENDAR_DAY, Limit
from kernel.worktime.pauses import Pause

_INSTANT = timedelta(microseconds=1)


def budget_end(
    *,
    start: datetime,
    limit: Limit,
    extra_days: int,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """The end of `limit`, followed by `extra_days` calendar days, both standing still in each of `pauses`.

    The extension begins with the day after the last day of the limit (Civil Code art. 201) and, as any limit in
    calendar days, gives way to the next working day where its last day is a rest day (art. 203). The result does not
    depend on when the extension was granted. Raises ValueError where `deadline` does, and for a negative extension.
    """
    if extra_days < 0:
        raise ValueError(f"an extension cannot be negative: {extra_days}")
    paused: Sequence[Pause] = tuple(pauses)
    first = deadline(start=start, limit=limit, calendar=calendar, pauses=paused)
    if not extra_days or first.at is None:
        return first
    # Its last instant belongs to the last day: 24:00 of it, which is 00:00 of the day after, must not cost a day.
    second = deadline(
        start=first.at - _INSTANT, limit=Limit(extra_days, CALENDAR_DAY), calendar=calendar, pauses=paused
    )
    return replace(second, provisional=first.provisional or second.provisional)
