"""What supervision hears from below, and its clocks. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dispatch.events import OrderEscalated
from kernel.events import Fact, subscribe, subscribe_many
from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from petitions.events import PetitionClosed, PetitionWithdrawn
from supervision.services import ending, escalating, projecting, proposing, rechecking

HANDLING, FIRST = "order.handle", 1

projector(Projector(name="supervision_orders", count=projecting.count, take=projecting.take))


@subscribe_many(OrderEscalated, name="supervision.watch_red")
def gone_red(facts: list[Fact]) -> None:
    red = [UUID(one.event.subject_id) for one in facts if (one.event.clock, one.event.rung) == (HANDLING, FIRST)]
    if red:
        proposing.watch(work_orders=red, at=facts[0].at)


@subscribe_many(PetitionClosed, name="supervision.unlist_closed")
def closed(facts: list[Fact]) -> None:
    rechecking.follow_ending(petition_ids=[one.event.case_id for one in facts], at=facts[0].at)


@subscribe(PetitionWithdrawn, name="supervision.end_withdrawn")
def withdrawn(fact: Fact) -> None:
    ending.follow_withdrawal(petition_id=fact.event.case_id, at=fact.at)
    rechecking.follow_ending(petition_ids=[fact.event.case_id], at=fact.at)


def _subjects(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


@on_timer("supervision.propose")
def red_for_long(timers: list[Timer], at: datetime) -> None:
    proposing.propose(work_orders=_subjects(timers), at=at)


@on_timer("supervision.consider")
def not_considered(timers: list[Timer], at: datetime) -> None:
    escalating.climb(order_ids=_subjects(timers), clock="supervision.consider", at=at)


@on_timer("supervision.receive")
def not_received(timers: list[Timer], at: datetime) -> None:
    escalating.climb(order_ids=_subjects(timers), clock="supervision.receive", at=at)


@on_timer("supervision.answer")
def not_answered(timers: list[Timer], at: datetime) -> None:
    escalating.climb(order_ids=_subjects(timers), clock="supervision.answer", at=at)


@on_timer("supervision.check")
def not_checked(timers: list[Timer], at: datetime) -> None:
    escalating.climb(order_ids=_subjects(timers), clock="supervision.check", at=at)


@on_timer("supervision.recheck")
def to_be_looked_at(timers: list[Timer], at: datetime) -> None:
    rechecking.recheck(listing_ids=_subjects(timers), at=at)
