"""A month, a quarter, half a year or a year: what sheets, bulletins and figures are drawn up for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from kernel.days import midnight

MONTH, QUARTER, HALF, YEAR = 1, 3, 6, 12


class Days:
    """Days [first, after) as instants."""

    __slots__ = ()
    first: date
    after: date

    @property
    def since(self) -> datetime:
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        return midnight(self.after)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Days):
    """From the first instant of its first day to that of the day after its last."""

    first: date
    after: date

    @property
    def before(self) -> date:
        """A day of the period before it."""
        return self.first - timedelta(days=1)

    @property
    def quarter(self) -> int:
        """1 to 4: in which quarter of the year it begins."""
        return (self.first.month - 1) // QUARTER + 1

    def holds(self, column: str) -> Q:
        """That a moment of a row lies in it."""
        return Q(**{f"{column}__gte": self.since, f"{column}__lt": self.until})


def period_of(*, day: date, months: int) -> Period:
    """The period of so many months (1, 3, 6 or 12) that a day is in."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    ended = first.month - 1 + months
    year = first.year + ended // YEAR
    after = date(year, ended % YEAR + 1, 1) if year <= date.max.year else date.max
    return Period(first=first, after=after)
