"""When a saved report is asked by the clock, and about which period (pure)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from assessment.choices import Rhythm
from assessment.statistics.periods import begin
from kernel.days import midnight

STEPS = {Rhythm.DAILY.value: "day", Rhythm.WEEKLY.value: "week", Rhythm.MONTHLY.value: "month"}


def last_due(*, rhythm: str, hour: int, at: datetime) -> datetime:
    """The last instant, now at the latest, at which a report of this rhythm was due."""
    step, today = STEPS[rhythm], timezone.localtime(at).date()
    due = _at(begin(today, step=step), hour)
    return due if due <= at else _at(begin(begin(today, step=step) - timedelta(days=1), step=step), hour)


def _at(day: date, hour: int) -> datetime:
    return midnight(day) + timedelta(hours=hour)


def day_asked_about(*, due: datetime) -> date:
    """The day before: so a report of the first is about the month that is over, one of Monday about last week."""
    return timezone.localtime(due).date() - timedelta(days=1)
