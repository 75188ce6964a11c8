"""Pure decisions about joint orders: the unit answers, the lead judges, lead or centre asks and releases."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from dispatch.choices import OrderState, RouteReason
from dispatch.joint.choices import TaskKind
from kernel.actors import Actor
from kernel.permissions import Allowed, Denied, Verdict

# While an order stands in one of these its units work on it.
IN_HAND = (OrderState.ASSIGNED, OrderState.SIGNED, OrderState.PAUSED, OrderState.RETURNING, OrderState.DISPUTED)
MAY_BE_OFFERED = (OrderState.ASSIGNED, OrderState.SIGNED)
BY_UNIT, BY_LEAD = frozenset({"receive", "reply"}), frozenset({"accept", "send_back"})


class LeadFacts(Protocol):
    unit_id: int
    place: str
    bound: bool
    reason: str


class TaskFacts(Protocol):
    unit_id: int
    kind: str
    replied_by_id: int | None


class OfferFacts(Protocol):
    unit_id: int
    to_unit_id: int
    offered_by_id: int | None


def may_give(*, order: LeadFacts, actor: Actor) -> Verdict:
    """Asking another unit, referring the order to one, releasing one: the lead, or the centre beside it."""
    if actor.may("order.assign", place=order.place):
        return Allowed()
    return actor.may("order.complete", units=[order.unit_id])


def task_verdict(*, move: str, task: TaskFacts, order: LeadFacts, actor: Actor) -> Verdict:
    """The verdict on one move of a task, for buttons and for deeds alike."""
    if task.kind == TaskKind.REFERRED and move != "release":
        return Denied(_("No reply is asked of this unit: it reads, and reports its progress."))
    if move in BY_UNIT:
        return actor.may("order.progress", units=[task.unit_id])
    if move in BY_LEAD:
        if task.replied_by_id in actor.persons:
            return Denied(_("Whoever replied does not judge the reply."))
        return actor.may("order.complete", units=[order.unit_id])
    return may_give(order=order, actor=actor)


def may_offer(*, order: LeadFacts, actor: Actor) -> Verdict:
    """Handing over is for a lead that nobody has bound; what the centre or a ruling decided stays where it is."""
    if order.reason == RouteReason.BY_RULING:
        return Denied(_("The unit was named by adjudication, which binds."))
    if order.bound:
        return Denied(_("The centre has decided that your unit handles this; it cannot be handed over."))
    return actor.may("order.complete", units=[order.unit_id])


def offer_verdict(*, move: str, offer: OfferFacts, actor: Actor) -> Verdict:
    """The unit that is asked agrees or refuses, by another person than the one who offered; the lead takes it back."""
    if move == "withdraw":
        return actor.may("order.complete", units=[offer.unit_id])
    if offer.offered_by_id in actor.persons:
        return Denied(_("Whoever offered the order does not sign for the other unit too."))
    return actor.may("order.sign", units=[offer.to_unit_id])
