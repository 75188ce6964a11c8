"""Three ways to measure time: as it passes, by the local clock, and only while offices work.

A meter maps an instant to a position, an integer number of microseconds that never decreases as time goes on, and a
position back to the earliest instant that has it. Everything else in this package is integer arithmetic on positions,
so nothing is lost to rounding.
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from kernel.worktime.calendar import WorkCalendar

HOUR = 3600 * 1_000_000
DAY = 24 * HOUR
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Meter(Protocol):
    """See the module: `position` and `instant` are inverse to each other as far as they can be."""

    def position(self, at: datetime) -> int:
        """Microseconds of this meter before the instant."""

    def instant(self, position: int) -> datetime:
        """The earliest instant with this position."""


class ElapsedMeter:
    """Physical time since 1970. For natural hours."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def position(self, at: datetime) -> int:
        """Microseconds since 1970 in UTC."""
        return (self._calendar.local(at) - _EPOCH) // _MICROSECOND

    def instant(self, position: int) -> datetime:
        """The instant in the calendar's zone."""
        return (_EPOCH + timedelta(microseconds=position)).astimezone(self._calendar.zone)


class LocalMeter:
    """Time as the clock on the wall shows it, so that every midnight is a multiple of DAY. For calendar days."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def position(self, at: datetime) -> int:
        """Microseconds of the local clock since the first midnight of the calendar."""
        local = self._calendar.local(at)
        return (local.toordinal() - 1) * DAY + _time_of_day(local)

    def instant(self, position: int) -> datetime:
        """The instant at which the local clock shows this."""
        day, time_of_day = divmod(position, DAY)
        return _moment(self._calendar, day, time_of_day)


class WorkMeter:
    """Working time alone. Every close of business is a multiple of a day's working time. For work hours, workdays."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar

    def position(self, at: datetime) -> int:
        """Microseconds of working time before the instant."""
        calendar = self._calendar
        local = calendar.local(at)
        day = local.toordinal() - 1
        position = calendar.workdays_before(day) * calendar.day_length
        if calendar.works(day):
            now = _time_of_day(local)
            for begin, end in calendar.hours:
                if now <= begin:
                    break
                position += min(now, end) - begin
        return position

    def instant(self, position: int) -> datetime:
        """The earliest instant with so much working time before it."""
        calendar = self._calendar
        # Minus one, because the end of a working day is earlier than the beginning of the next and has its position.
        index, worked = divmod(position - 1, calendar.day_length)
        worked += 1
        for begin, end in calendar.hours:
            if worked <= end - begin:
                break
            worked -= end - begin
        return _moment(calendar, calendar.workday(index), begin + worked)


def _time_of_day(local: datetime) -> int:
    return ((local.hour * 60 + local.minute) * 60 + local.second) * 1_000_000 + local.microsecond


def _moment(calendar: WorkCalendar, day: int, time_of_day: int) -> datetime:
    midnight = datetime.fromordinal(day + 1).replace(tzinfo=calendar.zone)
    return midnight + timedelta(microseconds=time_of_day)
