"""Wake-ups. One line each."""

from __future__ import annotations

from celery import shared_task

from assessment.services import reporting
from kernel import clock


@shared_task(name="assessment.ensure_last_month")
def ensure_last_month() -> None:
    reporting.ensure_last_month(at=clock.now())
