"""The clocks of the registry. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kernel.models import Timer
from kernel.timers import on_timer
from registry.services.adhoc import deciding as tasks
from registry.services.admission import lapsing, opining


def _cases(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


@on_timer("admission.review")
def review_late(timers: list[Timer], at: datetime) -> None:
    lapsing.overdue(admission_ids=_cases(timers), clock="admission.review", at=at)


@on_timer("admission.remind")
def opinions_near(timers: list[Timer], at: datetime) -> None:
    opining.remind(admission_ids=_cases(timers), at=at)


@on_timer("admission.opinion")
def opinions_over(timers: list[Timer], at: datetime) -> None:
    opining.limit_over(admission_ids=_cases(timers), at=at)


@on_timer("admission.consult")
def consultation_late(timers: list[Timer], at: datetime) -> None:
    lapsing.overdue(admission_ids=_cases(timers), clock="admission.consult", at=at)


@on_timer("admission.approve")
def decision_late(timers: list[Timer], at: datetime) -> None:
    lapsing.overdue(admission_ids=_cases(timers), clock="admission.approve", at=at)


@on_timer("admission.reassess")
def reassessment_due(timers: list[Timer], at: datetime) -> None:
    lapsing.reassessment_due(admission_ids=_cases(timers), at=at)


@on_timer("adhoc.opinion")
def task_opinion_over(timers: list[Timer], at: datetime) -> None:
    tasks.township_silent(task_ids=_cases(timers), at=at)


@on_timer("adhoc.decide")
def task_decision_late(timers: list[Timer], at: datetime) -> None:
    tasks.decision_overdue(task_ids=_cases(timers), at=at)


@on_timer("adhoc.end")
def task_over(timers: list[Timer], at: datetime) -> None:
    tasks.period_over(task_ids=_cases(timers), at=at)
