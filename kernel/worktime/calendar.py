"""Which days are worked. A value: built once per version of the table, then only read."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from kernel.worktime.spans import DEFAULT_SPANS, Span, check_spans

SHANGHAI = ZoneInfo("Asia/Shanghai")
MICROSECONDS_PER_MINUTE = 60 * 1_000_000


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """One version of the calendar.

    Monday to Friday are worked unless they are in `holidays`; Saturday and Sunday only if they are in `makeups`.
    A day is announced if its year is in `announced_years` and it is not after `announced_until`. Any other day is
    still answered, by its weekday and what is listed, but results that rest on it are marked provisional.

    Days are numbered from Monday 0001-01-01 = 0. The number of working days before a day is the plain five-in-seven
    count corrected by the exceptions before it, so no table per year is needed and no year can be missing.
    """

    version: int
    announced_until: date
    announced_years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    makeups: frozenset[date] = frozenset()
    spans: tuple[Span, ...] = DEFAULT_SPANS
    zone: ZoneInfo = SHANGHAI

    hours: tuple[Span, ...] = field(init=False, repr=False, compare=False)
    """The spans in microseconds after midnight."""
    day_length: int = field(init=False, repr=False, compare=False)
    """Working time of one working day, in microseconds."""
    _off: frozenset[int] = field(init=False, repr=False, compare=False)
    _on: frozenset[int] = field(init=False, repr=False, compare=False)
    _exceptions: list[int] = field(init=False, repr=False, compare=False)
    _shifts: list[int] = field(init=False, repr=False, compare=False)
    _counts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_spans(spans=self.spans)
        if both := self.holidays & self.makeups:
            raise ValueError(f"holiday and working day at once: {min(both).isoformat()}")
        off = frozenset(day_number(day) for day in self.holidays if day.weekday() < 5)
        on = frozenset(day_number(day) for day in self.makeups if day.weekday() >= 5)
        exceptions = sorted(off | on)
        shifts = list(accumulate((1 if day in on else -1 for day in exceptions), initial=0))
        hours = tuple((a * MICROSECONDS_PER_MINUTE, b * MICROSECONDS_PER_MINUTE) for a, b in self.spans)
        derived = {
            "hours": hours,
            "day_length": sum(end - begin for begin, end in hours),
            "_off": off,
            "_on": on,
            "_exceptions": exceptions,
            "_shifts": shifts,
            "_counts": [_plain(day + 1) + shift for day, shift in zip(exceptions, shifts[1:], strict=True)],
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def works(self, number: int) -> bool:
        """Whether the day of this number is worked."""
        return number in self._on or (number % 7 < 5 and number not in self._off)

    def workdays_before(self, number: int) -> int:
        """How many working days lie before the day of this number."""
        return _plain(number) + self._shifts[bisect_left(self._exceptions, number)]

    def workday(self, index: int) -> int:
        """The number of the working day that has exactly `index` working days before it."""
        place = bisect_left(self._counts, index + 1)
        if place < len(self._exceptions):
            exception = self._exceptions[place]
            if exception in self._on and self._counts[place] == index + 1:
                return exception
        weeks, weekday = divmod(index - self._shifts[place], 5)
        return weeks * 7 + weekday

    def is_workday(self, *, day: date) -> bool:
        """Whether the day is worked, for a date."""
        return self.works(day_number(day))

    def workdays_between(self, *, since: date, until: date) -> int:
        """Working days from `since` up to but not including `until`."""
        return self.workdays_before(day_number(until)) - self.workdays_before(day_number(since))

    def next_workday(self, *, day: date) -> date:
        """The day itself if it is worked, otherwise the first working day after it."""
        return day_of(self.workday(self.workdays_before(day_number(day))))

    def is_announced(self, *, since: date, until: date) -> bool:
        """Whether every day from `since` to `until`, both included, rests on a published notice."""
        return until <= self.announced_until and self.announced_years.issuperset(range(since.year, until.year + 1))

    def local(self, at: datetime) -> datetime:
        """The instant in the calendar's zone. Raises ValueError for a datetime without a zone."""
        if at.tzinfo is None:
            raise ValueError("a datetime without a time zone is not an instant")
        return at.astimezone(self.zone)


def day_number(day: date) -> int:
    """Days since Monday 0001-01-01."""
    return day.toordinal() - 1


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + 1)


def _plain(number: int) -> int:
    """Mondays to Fridays before the day of this number, exceptions left aside."""
    return number // 7 * 5 + min(number % 7, 5)
