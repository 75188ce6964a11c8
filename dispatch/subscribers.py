"""What dispatch hears from below, and the clocks of orders. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from dispatch.events import OrderAssigned, OrderCancelled, OrderRecalled, OrderReturned
from dispatch.services import asking, escalating, learning, opening, pausing, projecting
from dispatch.services.joint import escalating as task_ladder
from dispatch.services.joint import offering
from dispatch.services.joint import projecting as task_dates
from dispatch.services.remembering import Sent
from kernel.events import Fact, subscribe, subscribe_many
from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from petitions.events import PetitionAccepted, PetitionReopened, PetitionWithdrawn

projector(Projector(name="orders", count=projecting.count, take=projecting.take))
projector(Projector(name="joint_tasks", count=task_dates.count, take=task_dates.take))


@subscribe_many(PetitionAccepted, name="dispatch.open_order")
@subscribe_many(PetitionReopened, name="dispatch.open_order_again")
def to_be_handled(facts: list[Fact]) -> None:
    opening.open_orders(petition_ids=[fact.event.case_id for fact in facts], at=facts[0].at)


@subscribe(PetitionWithdrawn, name="dispatch.cancel_order")
def withdrawn(fact: Fact) -> None:
    opening.cancel_open(petition_id=fact.event.case_id, why="withdrawn", at=fact.at)


@subscribe_many(OrderAssigned, name="dispatch.learn")
def dispatched(facts: list[Fact]) -> None:
    sent = [Sent(fact.event.case_id, fact.event.unit, fact.occurred_at) for fact in facts]
    learning.learn_from(sent=sent, at=facts[0].at)


@subscribe_many(OrderReturned, name="dispatch.unlearn_returned")
def given_back(facts: list[Fact]) -> None:
    learning.unlearn(order_ids=[UUID(fact.event.subject_id) for fact in facts], at=facts[0].at)


@subscribe_many(OrderCancelled, name="dispatch.unlearn_reassigned")
def taken_away(facts: list[Fact]) -> None:
    reassigned = [UUID(fact.event.subject_id) for fact in facts if fact.event.why == "reassigned"]
    learning.unlearn(order_ids=reassigned, at=facts[0].at)


@subscribe_many(OrderRecalled, name="dispatch.unlearn_recalled")
def taken_back(facts: list[Fact]) -> None:
    learning.unlearn(order_ids=[UUID(fact.event.subject_id) for fact in facts], at=facts[0].at)


def _orders(timers: list[Timer]) -> list[UUID]:
    return [UUID(timer.subject_id) for timer in timers]


@on_timer("order.sign")
def signing_lapsed(timers: list[Timer], at: datetime) -> None:
    escalating.escalate(order_ids=_orders(timers), clock="order.sign", at=at)


@on_timer("order.handle")
def handling_lapsed(timers: list[Timer], at: datetime) -> None:
    asking.lapse_late(order_ids=_orders(timers), at=at)
    escalating.escalate(order_ids=_orders(timers), clock="order.handle", at=at)


@on_timer("order.pause")
def suspension_over(timers: list[Timer], at: datetime) -> None:
    pausing.resume_due(order_ids=_orders(timers), at=at)


@on_timer("order.rule")
def ruling_lapsed(timers: list[Timer], at: datetime) -> None:
    escalating.escalate(order_ids=_orders(timers), clock="order.rule", at=at)


@on_timer("order.adjudicate")
def adjudicating_lapsed(timers: list[Timer], at: datetime) -> None:
    escalating.escalate(order_ids=_orders(timers), clock="order.adjudicate", at=at)


@on_timer("order.warn")
def nearly_due(timers: list[Timer], at: datetime) -> None:
    escalating.warn(order_ids=_orders(timers), at=at)


@on_timer("joint.reply")
def replying_lapsed(timers: list[Timer], at: datetime) -> None:
    task_ladder.escalate(task_ids=_orders(timers), clock="joint.reply", at=at)


@on_timer("joint.judge")
def judging_lapsed(timers: list[Timer], at: datetime) -> None:
    task_ladder.escalate(task_ids=_orders(timers), clock="joint.judge", at=at)


@on_timer("joint.offer")
def offer_lapsed(timers: list[Timer], at: datetime) -> None:
    offering.lapse(offer_ids=_orders(timers), at=at)


@on_timer("petition.accept")
def accepting_lapsed(timers: list[Timer], at: datetime) -> None:
    escalating.pass_up_late(petition_ids=[timer.case_id for timer in timers], clock="petition.accept", at=at)


@on_timer("petition.dispatch")
def dispatching_lapsed(timers: list[Timer], at: datetime) -> None:
    escalating.pass_up_late(petition_ids=[timer.case_id for timer in timers], clock="petition.dispatch", at=at)
