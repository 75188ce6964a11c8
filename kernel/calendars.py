"""The calendar in force, as a value.

Versions never change once published, so a version is read once per process; only the list of versions is asked for
again, at most every few seconds. So a deed pays one short query now and then, and usually none.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime

from kernel.choices import CalendarDayKind
from kernel.models import CalendarDay, CalendarVersion
from kernel.worktime import WorkCalendar, parse_spans

RECHECK_SECONDS = 5.0
"""How long another process may go on with the version before a new one: short beside any limit."""

UNKNOWN = WorkCalendar(version=0, announced_until=date.min)
"""What is used while no calendar has been loaded: weekdays and the usual hours, everything provisional."""


@dataclass(frozen=True, slots=True)
class _Published:
    id: int
    published_at: datetime


_versions: tuple[_Published, ...] = ()
_checked: float | None = None
_calendars: dict[int, WorkCalendar] = {}


def current(*, at: datetime) -> WorkCalendar:
    """The latest version published by `at`, or the first one for a time before any was published.

    Never raises for want of data: without any version it answers with weekdays only, version 0, all provisional.
    """
    versions = _published()
    if not versions:
        return UNKNOWN
    latest = next((version for version in reversed(versions) if version.published_at <= at), versions[0])
    calendar = _calendars.get(latest.id)
    if calendar is None:
        calendar = _calendars[latest.id] = build(version=CalendarVersion.objects.get(pk=latest.id))
    return calendar


def numbered(*, number: int) -> WorkCalendar:
    """One version by its number, whether or not it is the latest. Raises CalendarVersion.DoesNotExist."""
    return build(version=CalendarVersion.objects.get(number=number))


def forget() -> None:
    """Drop what this process remembers. Called after publishing, and by tests that undo a publication."""
    global _versions, _checked
    _versions, _checked = (), None
    _calendars.clear()


def build(*, version: CalendarVersion) -> WorkCalendar:
    """Read the days of one version. A year counts as announced if a notice gave at least one of its days."""
    days = list(CalendarDay.objects.filter(version=version).values_list("date", "kind"))
    return WorkCalendar(
        version=version.number,
        announced_until=version.announced_until,
        announced_years=frozenset(day.year for day, kind in days if kind != CalendarDayKind.STATUTORY),
        holidays=frozenset(day for day, kind in days if kind != CalendarDayKind.MAKEUP),
        makeups=frozenset(day for day, kind in days if kind == CalendarDayKind.MAKEUP),
        spans=parse_spans(text=version.spans),
    )


def _published() -> tuple[_Published, ...]:
    global _versions, _checked
    clock = time.monotonic()
    if _checked is None or clock - _checked > RECHECK_SECONDS:
        rows = CalendarVersion.objects.order_by("number").values_list("id", "published_at")
        _versions, _checked = tuple(_Published(*row) for row in rows), clock
    return _versions
