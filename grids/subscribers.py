"""The alarm of an assigned finding, and the day of a planned change."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from grids.services.findings import CLOCK, remind
from grids.services.planning import take_effect
from grids.workflow import PLAN_CLOCK
from kernel.models import Timer
from kernel.timers import on_timer


@on_timer(CLOCK)
def finding_due(timers: list[Timer], at: datetime) -> None:
    remind(finding_ids=[UUID(timer.subject_id) for timer in timers], at=at)


@on_timer(PLAN_CLOCK)
def plan_due(timers: list[Timer], at: datetime) -> None:
    for timer in timers:
        take_effect(plan_id=UUID(timer.subject_id), at=at)
