"""Whether it is within working hours (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta

from kernel.worktime import WorkCalendar

MICROSECOND = timedelta(microseconds=1)


def within_hours(*, calendar: WorkCalendar, at: datetime) -> bool:
    """Whether somebody is at the office at this instant: a working day, between the hours of the calendar."""
    here = calendar.local(at)
    if not calendar.is_workday(day=here.date()):
        return False
    passed = (here - here.replace(hour=0, minute=0, second=0, microsecond=0)) // MICROSECOND
    return any(begin <= passed < end for begin, end in calendar.hours)
