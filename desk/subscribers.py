"""What runs on the desks by the clock."""

from __future__ import annotations

from datetime import datetime

from desk.services import snoozing
from kernel.models import Timer
from kernel.timers import on_timer


@on_timer(snoozing.TIMER)
def snooze_is_over(timers: list[Timer], at: datetime) -> None:
    snoozing.wake_due(ids=[one.subject_id for one in timers], at=at)
