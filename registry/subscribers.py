"""The clocks of the registry. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kernel.models import Timer
from kernel.timers import on_timer
from registry.services import attaching, waiting
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


@on_timer("registry.prepare")
def draft_left_lying(timers: list[Timer], at: datetime) -> None:
    waiting.preparing_over(draft_ids=_cases(timers), at=at)


@on_timer("registry.decide")
def draft_late(timers: list[Timer], at: datetime) -> None:
    waiting.decision_late(draft_ids=_cases(timers), at=at)


@on_timer("registry.first_signature")
def first_signature_late(timers: list[Timer], at: datetime) -> None:
    waiting.signing_over(hand_over_ids=_cases(timers), at=at)


@on_timer("registry.second_signature")
def second_signature_late(timers: list[Timer], at: datetime) -> None:
    waiting.signing_over(hand_over_ids=_cases(timers), at=at)


@on_timer(attaching.TAKE_FORCE)
def categories_take_force(timers: list[Timer], at: datetime) -> None:
    for draft_id in _cases(timers):
        attaching.take_force(draft_id=draft_id, at=at)
