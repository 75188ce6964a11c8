"""What development petitions hear from below, and their clocks. One line of translation, one call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from developments.services import ending, escalating, lapsing, projecting
from developments.services.papers import DUE, REMIND
from developments.workflow import DEVELOPMENTS, STEPS
from kernel.events import Fact, subscribe
from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from petitions.events import PetitionClosed, PetitionDeclined, PetitionWithdrawn

projector(Projector(name="developments", count=projecting.count, take=projecting.take))
projector(Projector(name="development_plans", count=projecting.count_plans, take=projecting.take_plans))
projector(Projector(name="development_steps", count=projecting.count_steps, take=projecting.take_steps))
projector(Projector(name="development_papers", count=projecting.count_papers, take=projecting.take_papers))


@subscribe(PetitionWithdrawn, name="developments.end_withdrawn")
@subscribe(PetitionDeclined, name="developments.end_declined")
@subscribe(PetitionClosed, name="developments.end_closed")
def petition_over(fact: Fact) -> None:
    ending.follow_petition(petition_id=fact.event.case_id, at=fact.at)


def _ids(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


def _climbing(clock: str) -> Callable[[list[Timer], datetime], None]:
    def late(timers: list[Timer], at: datetime) -> None:
        escalating.climb(development_ids=_ids(timers), clock=clock, at=at)

    return late


def _steps_climbing(clock: str) -> Callable[[list[Timer], datetime], None]:
    def late(timers: list[Timer], at: datetime) -> None:
        escalating.climb_steps(step_ids=_ids(timers), clock=clock, at=at)

    return late


@on_timer("development.rate")
def rating_lapsed(timers: list[Timer], at: datetime) -> None:
    ending.close_unrated(development_ids=_ids(timers), at=at)


@on_timer(DUE)
def paper_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.lapse(paper_ids=_ids(timers), at=at)


@on_timer(REMIND)
def paper_due_soon(timers: list[Timer], at: datetime) -> None:
    lapsing.remind(paper_ids=_ids(timers), at=at)


for _clock in sorted(set(DEVELOPMENTS.clocks.values()) - {"development.rate"}):
    on_timer(_clock)(_climbing(_clock))
for _clock in sorted(set(STEPS.clocks.values()) - {DUE}):
    on_timer(_clock)(_steps_climbing(_clock))
