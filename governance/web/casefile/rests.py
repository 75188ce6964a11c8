"""What of a span is no working time: nights and days off, or of a long span the days off alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kernel.worktime import WorkCalendar

DAY_MINUTES = 24 * 60
# Beyond these a night, or a day, is thinner than one can see.
DAYS_WITH_NIGHTS = 21
DAYS_WITH_DAYS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the picture in percent, and what it is in real time."""

    left: float
    width: float
    since: datetime
    until: datetime


def rests_between(*, since: datetime, until: datetime, calendar: WorkCalendar) -> list[Stretch]:
    """The stretches of rest in order, neighbours melted into one. Nothing where the span is too long to show them."""
    days = (until - since).days
    if days > DAYS_WITH_DAYS or until <= since:
        return []
    found: list[tuple[datetime, datetime]] = []
    midnight = datetime.combine(calendar.local(since).date(), time(), tzinfo=calendar.zone)
    while midnight < until:
        for begin, end in _rests_of(midnight, calendar, nights=days <= DAYS_WITH_NIGHTS):
            begin, end = max(begin, since), min(end, until)
            if begin >= end:
                continue
            if found and found[-1][1] >= begin:
                found[-1] = (found[-1][0], end)
            else:
                found.append((begin, end))
        midnight += timedelta(days=1)
    span = (until - since).total_seconds()
    return [
        Stretch(
            left=round(100 * (begin - since).total_seconds() / span, 4),
            width=round(100 * (end - begin).total_seconds() / span, 4),
            since=begin,
            until=end,
        )
        for begin, end in found
    ]


def _rests_of(midnight: datetime, calendar: WorkCalendar, *, nights: bool) -> list[tuple[datetime, datetime]]:
    """The rests of one day, from midnight to midnight."""
    if not calendar.is_workday(day=midnight.date()):
        return [(midnight, midnight + timedelta(days=1))]
    if not nights:
        return []
    edges = [0, *(edge for span in calendar.spans for edge in span), DAY_MINUTES]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(midnight + timedelta(minutes=begin), midnight + timedelta(minutes=end)) for begin, end in pairs]
