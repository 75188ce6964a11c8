"""Working time between instants, and an instant some working time later."""

from datetime import datetime, timedelta

from kernel.worktime.calendar import MICROSECONDS_PER_MINUTE, WorkCalendar
from kernel.worktime.meters import WorkMeter

_MICROSECOND = timedelta(microseconds=1)


def working_time(*, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Exact working time from `start` to `end`; negative if `end` is the earlier."""
    meter = WorkMeter(calendar)
    return timedelta(microseconds=meter.position(end) - meter.position(start))


def working_minutes(*, start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Working time from `start` to `end` in whole minutes; negative if `end` is the earlier.

    Counts the full minutes of the office clock that end in the interval, not the rounded length of the interval.
    So the minutes of adjoining intervals always add up to the minutes of the whole, whatever the seconds are.
    """
    meter = WorkMeter(calendar)
    return meter.position(end) // MICROSECONDS_PER_MINUTE - meter.position(start) // MICROSECONDS_PER_MINUTE


def add_working_time(*, start: datetime, amount: timedelta, calendar: WorkCalendar) -> datetime:
    """The earliest instant, not before `start`, by which `amount` of working time has passed.

    An amount that uses up a working day exactly ends at its close of business, not on the next morning.
    Raises ValueError for a negative amount.
    """
    if amount < timedelta(0):
        raise ValueError(f"an amount of working time cannot be negative: {amount}")
    meter = WorkMeter(calendar)
    if not amount:
        return calendar.local(start)
    return meter.instant(meter.position(start) + amount // _MICROSECOND)
