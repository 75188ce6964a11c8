"""The clocks of key work. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kernel.models import Timer
from kernel.projecting import projector
from kernel.timers import on_timer
from projects.services import lapsing, months, redating
from projects.services.lapsing import CLOCKS


def _subjects(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


def _lapses(clock: str) -> None:
    @on_timer(clock)
    def over(timers: list[Timer], at: datetime) -> None:
        lapsing.lapse(subject_ids=_subjects(timers), clock=clock, at=at)


for _clock in CLOCKS:
    _lapses(_clock)


@on_timer("project.month")
def month_over(timers: list[Timer], at: datetime) -> None:
    months.open_months(due=[(UUID(one.subject_id), one.due_at) for one in timers], at=at)


@on_timer("project.remind")
def reports_nearly_due(timers: list[Timer], at: datetime) -> None:
    months.remind(month_ids=_subjects(timers), at=at)


@on_timer("project.due")
def reports_due(timers: list[Timer], at: datetime) -> None:
    months.close(month_ids=_subjects(timers), at=at)


@on_timer("project.missing")
def report_still_missing(timers: list[Timer], at: datetime) -> None:
    months.still_missing(report_ids=_subjects(timers), at=at)


for _counted in redating.PROJECTORS:
    projector(_counted)
