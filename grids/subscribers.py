"""The alarm of an assigned finding."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from grids.services.findings import CLOCK, remind
from kernel.models import Timer
from kernel.timers import on_timer


@on_timer(CLOCK)
def finding_due(timers: list[Timer], at: datetime) -> None:
    remind(finding_ids=[UUID(timer.subject_id) for timer in timers], at=at)
