"""The months of the played history, assessed: those that are over are published, the present one is a draft."""

from __future__ import annotations

from datetime import date, datetime

from assessment.models import Report
from assessment.services import reporting
from kernel.actors import SYSTEM
from kernel.worktime import SHANGHAI


def report_months(*, since: date, at: datetime) -> int:
    """Make the reports that are not there yet, from the month of a day to the present one; returns how many."""
    today, made = at.astimezone(SHANGHAI).date(), 0
    year, number = since.year, since.month
    while (year, number) <= (today.year, today.month):
        month = f"{year}-{number:02d}"
        if not Report.objects.filter(month=month).exists():
            report = reporting.build(month=month, actor=SYSTEM, at=at)
            if report.ends_at <= at:
                reporting.publish(report_id=report.pk, actor=SYSTEM, at=at)
            made += 1
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return made
