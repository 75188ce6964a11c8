"""What mediation hears from below, and its clocks. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kernel.events import Fact, subscribe, subscribe_many
from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from mediation.services import ending, lapsing, opening, projecting
from petitions.events import PetitionAccepted, PetitionWithdrawn

projector(Projector(name="mediations", count=projecting.count, take=projecting.take))


@subscribe_many(PetitionAccepted, name="mediation.open_case")
def accepted(facts: list[Fact]) -> None:
    opening.open_disputes(categories={fact.event.case_id: fact.event.category for fact in facts}, at=facts[0].at)


@subscribe(PetitionWithdrawn, name="mediation.end_withdrawn")
def withdrawn(fact: Fact) -> None:
    ending.follow_withdrawal(petition_id=fact.event.case_id, at=fact.at)


def _cases(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


@on_timer("mediation.assign")
def assigning_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.unassigned(case_ids=_cases(timers), at=at)


@on_timer("mediation.warn")
def conclusion_near(timers: list[Timer], at: datetime) -> None:
    lapsing.nearly_over(case_ids=_cases(timers), at=at)


@on_timer("mediation.conclude")
def conclusion_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.not_concluded(case_ids=_cases(timers), at=at)


@on_timer("mediation.confirm")
def confirmation_near(timers: list[Timer], at: datetime) -> None:
    lapsing.confirmation_closing(case_ids=_cases(timers), at=at)


@on_timer("mediation.perform")
def promise_due(timers: list[Timer], at: datetime) -> None:
    promises = [int(timer.subject_id.removeprefix("promise:")) for timer in timers]
    lapsing.remember_promises(promise_ids=promises, at=at)
