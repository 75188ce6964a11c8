"""The clocks of whistles. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from whistles.services import gathering, lapsing, projecting

projector(Projector(name="whistles", count=projecting.count, take=projecting.take))
projector(Projector(name="whistle_summonses", count=projecting.count_summonses, take=projecting.take_summonses))
projector(Projector(name="whistle_tasks", count=projecting.count_tasks, take=projecting.take_tasks))


def _subjects(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


@on_timer("whistle.decide")
def not_decided(timers: list[Timer], at: datetime) -> None:
    lapsing.stage_over(whistle_ids=_subjects(timers), clock="whistle.decide", at=at)


@on_timer("whistle.receipt")
def not_received(timers: list[Timer], at: datetime) -> None:
    lapsing.not_received(summons_ids=_subjects(timers), at=at)


@on_timer("whistle.gather")
def time_to_come_over(timers: list[Timer], at: datetime) -> None:
    gathering.gather(whistle_ids=_subjects(timers), at=at)


@on_timer("whistle.record")
def not_recorded(timers: list[Timer], at: datetime) -> None:
    lapsing.stage_over(whistle_ids=_subjects(timers), clock="whistle.record", at=at)


@on_timer("whistle.finish")
def not_finished(timers: list[Timer], at: datetime) -> None:
    lapsing.stage_over(whistle_ids=_subjects(timers), clock="whistle.finish", at=at)


@on_timer("whistle.do")
def task_not_done(timers: list[Timer], at: datetime) -> None:
    lapsing.task_over(task_ids=_subjects(timers), clock="whistle.do", at=at)


@on_timer("whistle.check")
def task_not_checked(timers: list[Timer], at: datetime) -> None:
    lapsing.task_over(task_ids=_subjects(timers), clock="whistle.check", at=at)
