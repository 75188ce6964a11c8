"""Periods by name and their parts: the same instants cut the figures into columns and open the lists behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid
from kernel.periods import MONTH, QUARTER, YEAR, Days, period_of

MOST_PARTS = 400


class Step(models.TextChoices):
    """How long a part of a period is."""

    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


class Against(models.TextChoices):
    """Which earlier time the figures stand beside."""

    NOTHING = "", _("nothing")
    BEFORE = "before", _("the period before")
    YEAR = "year", _("the year before")
    BOTH = "both", _("both")


RANGE = "range"
PERIODS: tuple[tuple[str, str | Promise], ...] = (
    (Step.DAY.value, _("A day")),
    (Step.WEEK.value, _("A week")),
    (Step.MONTH.value, _("A month")),
    (Step.QUARTER.value, _("A quarter")),
    (Step.YEAR.value, _("A year")),
    (RANGE, _("From … until …")),
)
MONTHS = {Step.MONTH.value: MONTH, Step.QUARTER.value: QUARTER, Step.YEAR.value: YEAR}
DAYS = {Step.DAY.value: 1, Step.WEEK.value: 7}
WEEKS_OF_A_YEAR = 364


@dataclass(frozen=True, slots=True)
class Span(Days):
    """Days [first, after), and as what they were asked for: a step, or "range"."""

    step: str
    first: date
    after: date

    def moved(self, count: int) -> Span:
        """The period so many steps later. A range moves by its own length."""
        if self.step == RANGE:
            days = (self.after - self.first) * count
            return Span(RANGE, self.first + days, self.after + days)
        first = later(self.first, step=self.step, count=count)
        return Span(self.step, first, later(first, step=self.step))

    def year_before(self) -> Span:
        """The same part of the year before; a week is the one of as many weeks ago."""
        if self.step == Step.WEEK:
            back = timedelta(days=WEEKS_OF_A_YEAR)
            return Span(self.step, self.first - back, self.after - back)
        first = _year_earlier(self.first)
        if self.step in MONTHS and self.first == begin(self.first, step=self.step):
            return Span(self.step, first, later(first, step=self.step))
        return Span(self.step, first, _year_earlier(self.last) + timedelta(days=1))

    def parts(self, *, step: str) -> list[Span]:
        """The period cut into days, weeks and so on, the first and the last no longer than the period itself."""
        found, first = [], begin(self.first, step=step)
        while first < self.after:
            after = later(first, step=step)
            found.append(Span(step, max(first, self.first), min(after, self.after)))
            first = after
            if len(found) > MOST_PARTS:
                raise Invalid(_("That is too many columns; choose longer parts."), fields={"by": [_("Too many.")]})
        return found


def begin(day: date, *, step: str) -> date:
    """The first day of the week, month, quarter or year of a day."""
    if step == Step.WEEK:
        return day - timedelta(days=day.weekday())
    if step == Step.DAY:
        return day
    return period_of(day=day, months=MONTHS[step]).first


def later(day: date, *, step: str, count: int = 1) -> date:
    """The first day of a step so many steps on."""
    if step in DAYS:
        return day + timedelta(days=DAYS[step] * count)
    months = day.year * 12 + day.month - 1 + MONTHS[step] * count
    return day.replace(year=months // 12, month=months % 12 + 1)


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def span_of(*, step: str, on: date | None, since: date | None, until: date | None, at: datetime) -> Span:
    """The period that an address names: the one that holds a day (today unless told), or from day to day."""
    today = timezone.localtime(at).date()
    if step == RANGE:
        last = until or today
        first = since or last.replace(day=1)
        if first > last:
            raise Invalid(_("The period ends before it begins."), fields={"until": [_("Before the first day.")]})
        return Span(RANGE, first, last + timedelta(days=1))
    first = begin(on or today, step=step)
    return Span(step, first, later(first, step=step))


def earlier_end(*, now: Span, earlier: Span, at: datetime) -> datetime:
    """Where the earlier period is cut, so that a period that still runs is held against as long a time."""
    if not now.since <= at < now.until:
        return earlier.until
    return min(earlier.since + (at - now.since), earlier.until)


def in_words(span: Span) -> str:
    """A period as people write it: 2026-11, 2026 Q4, 2026-11-16 – 2026-11-22."""
    whole = span.first == begin(span.first, step=span.step) if span.step != RANGE else False
    if span.step == Step.DAY or span.first == span.last:
        return f"{span.first:%Y-%m-%d}"
    if whole and span.after == later(span.first, step=span.step) and span.step != Step.WEEK:
        if span.step == Step.QUARTER:
            return f"{span.first:%Y} Q{(span.first.month + 2) // 3}"
        return f"{span.first:%Y-%m}" if span.step == Step.MONTH else f"{span.first:%Y}"
    return f"{span.first:%Y-%m-%d} – {span.last:%Y-%m-%d}"
