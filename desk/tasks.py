"""What the beat wakes: look now. Each may run never, once or five times over, in any order."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from desk.services import drafts, snoozing
from kernel import clock


@shared_task(name="desk.wake_disturbed", ignore_result=True)
def wake_disturbed(**_kwargs: Any) -> int:
    return snoozing.wake_disturbed(at=clock.now())


@shared_task(name="desk.sweep_drafts", ignore_result=True)
def sweep_drafts(**_kwargs: Any) -> int:
    return drafts.sweep_old(at=clock.now())
