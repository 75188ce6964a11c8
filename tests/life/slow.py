"""Deadlines worked out the slow way: minute by minute, from the days of the calendar as they stand in their table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kernel.models import CalendarDay, CalendarVersion

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OFFICE = ((8 * 60 + 30, 12 * 60), (14 * 60, 17 * 60 + 30))
OFFICE_MINUTES = 7 * 60
Pauses = Sequence[tuple[datetime, datetime]]


class Days:
    """The days of the latest version, read for themselves."""

    def __init__(self) -> None:
        newest = CalendarVersion.objects.order_by("-number").first()
        self.kinds = dict(CalendarDay.objects.filter(version=newest).values_list("date", "kind"))

    def works(self, day: date) -> bool:
        kind = self.kinds.get(day)
        return kind == "makeup" if kind else day.weekday() < 5

    def office(self, at: datetime) -> bool:
        minute = at.hour * 60 + at.minute
        return self.works(at.date()) and any(begin <= minute < end for begin, end in OFFICE)

    def end(self, start: datetime, value: float, unit: str, pauses: Pauses) -> datetime:
        """When a limit that starts at `start` is used up."""
        start = start.astimezone(ZONE)
        if unit in ("natural_hour", "work_hour"):
            return self._walk(start, int(value * 60), unit == "work_hour", pauses)
        at = datetime.combine(start.date() + DAY, datetime.min.time(), tzinfo=ZONE)
        minutes = int(value) * (OFFICE_MINUTES if unit == "workday" else 1440)
        last = (self._walk(at, minutes, unit == "workday", pauses) - MINUTE).date()
        if unit == "workday":
            return datetime.combine(last, datetime.min.time(), tzinfo=ZONE) + timedelta(minutes=OFFICE[-1][1])
        while not self.works(last):
            # The last day moves to a working one, and that day stands still as any other would.
            while not self.works(last):
                last += DAY
            begins = datetime.combine(last, datetime.min.time(), tzinfo=ZONE)
            last = (self._walk(begins, 1440, False, pauses) - MINUTE).date()
        return datetime.combine(last + DAY, datetime.min.time(), tzinfo=ZONE)

    def extended(self, end: datetime, days: int, pauses: Pauses) -> datetime:
        """The end with calendar days added, counted from the day after it."""
        return self.end(end - timedelta(microseconds=1), days, "calendar_day", pauses) if days else end

    def _walk(self, at: datetime, left: int, office: bool, pauses: Pauses) -> datetime:
        while left:
            still = any(since <= at < until for since, until in pauses)
            left -= not still and (not office or self.office(at))
            at += MINUTE
        return at
