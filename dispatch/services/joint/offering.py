"""Handing an order over: the lead signs, the other unit signs, the centre is told, and the promise stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dispatch.deadlines import LIMITS
from dispatch.joint.choices import OPEN_TASKS, OfferState, TaskKind
from dispatch.joint.events import OfferAnswered, OrderOffered
from dispatch.joint.policies import MAY_BE_OFFERED, may_offer, offer_verdict
from dispatch.joint.workflow import OFFERS
from dispatch.models import OrderOffer, WorkOrder
from dispatch.routing import Beside
from dispatch.services import orders
from dispatch.services.choosing import by_agreement
from dispatch.services.handing import hand_out
from dispatch.services.joint.telling import tell_offer_answered, tell_offered
from dispatch.services.opening import end_order
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Missing, WrongState
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from petitions.models import Petition
from petitions.services import handling
from petitions.services.stages import end_of


@deed
def offer(
    *, order_id: Any, unit_id: int, grounds: str, actor: Actor, at: datetime, version: int | None = None
) -> OrderOffer:
    """The lead offers its order to another unit and signs for that. Nothing changes until that unit agrees.

    Raises NotAllowed for an order that the centre or a ruling has bound to its unit, Invalid for a unit that may not
    lead (R4), Conflict where it is offered to somebody already.
    """
    order, petition = orders.locked(order_id=order_id, version=version)
    require(may_offer(order=order, actor=actor))
    _require_state(order)
    if unit_id == order.unit_id:
        raise Invalid(_("This unit leads the order."), fields={"unit": [_("The same unit.")]})
    if not grounds.strip():
        raise Invalid(_("Something that this needs was left out."), fields={"grounds": [_("Required.")]})
    by_agreement(petition=petition, unit_id=unit_id, beside=(), at=at)
    until = end_of(limit=LIMITS["joint.offer"][order.urgency], at=at)
    made = OrderOffer.objects.create(
        id=new_id(at=at),
        order=order,
        petition=petition,
        unit_id=order.unit_id,
        to_unit_id=unit_id,
        grounds=grounds.strip(),
        offered_at=at,
        offered_by_id=actor.user_id,
        until=until,
    )
    handling.involve(petition=petition, unit_ids=[unit_id], at=at)
    timers.start(kind="joint.offer", case_id=petition.pk, subject_id=str(made.pk), due_at=until, at=at)
    happened = OrderOffered(**orders.identity(order), offer=str(made.pk), unit=order.unit_id, to=unit_id)
    record(happened, actor=actor, at=at)
    tell_offered(offer=made, petition=petition, at=at)
    return made


@deed
def agree(*, offer_id: Any, actor: Actor, at: datetime, version: int | None = None) -> WorkOrder:
    """The other unit signs too and leads from now on; it may not return what it agreed to. The answer is its order.

    The minutes of either unit stay its own, the promise to the citizen does not move, and whoever cooperates is asked
    again by the new lead unless its reply was accepted already.
    """
    found, order, petition = _locked(offer_id, version)
    OFFERS.row(move="agree", state=found.state)
    require(offer_verdict(move="agree", offer=found, actor=actor))
    require(may_offer(order=order, actor=SYSTEM))
    _require_state(order)
    route = by_agreement(petition=petition, unit_id=found.to_unit_id, beside=_beside(order), at=at)
    was = order.state
    WORKFLOW.advance(order, "reassign", given={"unit": found.to_unit_id, "note": found.grounds})
    end_order(order, why="handed_over", was=was, actor=actor, at=at)
    handling.recall(petition=petition, reason="handed_over", actor=actor, at=at)
    became = hand_out(petition=petition, route=route, actor=actor, at=at, instruction=found.grounds, bound=True)
    found.became = became
    _answer(found, "agree", actor, at)
    tell_offer_answered(offers=[found], at=at)
    return became


@deed
def refuse(*, offer_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> OrderOffer:
    """The other unit does not take it over, and says why; the lead goes on."""
    found, _order, _petition = _locked(offer_id, version)
    OFFERS.row(move="refuse", state=found.state)
    require(offer_verdict(move="refuse", offer=found, actor=actor))
    found.note = note.strip()
    _answer(found, "refuse", actor, at)
    tell_offer_answered(offers=[found], at=at)
    return found


@deed
def withdraw(*, offer_id: Any, actor: Actor, at: datetime, version: int | None = None) -> OrderOffer:
    """The lead takes its offer back."""
    found, _order, _petition = _locked(offer_id, version)
    OFFERS.row(move="withdraw", state=found.state)
    require(offer_verdict(move="withdraw", offer=found, actor=actor))
    _answer(found, "withdraw", actor, at)
    tell_offer_answered(offers=[found], at=at)
    return found


@deed
def lapse(*, offer_ids: Sequence[UUID], at: datetime) -> int:
    """Offers that nobody has answered in time; the lead keeps its order. Returns how many."""
    orders.lock_cases(order_ids=OrderOffer.objects.filter(pk__in=offer_ids).values_list("order", flat=True))
    waiting = OrderOffer.objects.waiting().select_for_update(of=("self",)).filter(pk__in=offer_ids)
    late = list(waiting.order_by("pk"))
    for one in late:
        _answer(one, "lapse", SYSTEM, at)
    tell_offer_answered(offers=late, at=at)
    return len(late)


def _locked(offer_id: Any, version: int | None) -> tuple[OrderOffer, WorkOrder, Petition]:
    order_id = OrderOffer.objects.filter(pk=offer_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise Missing(_("This does not exist, or not for you."))
    order, petition = orders.locked(order_id=order_id)
    found: OrderOffer = OrderOffer.objects.locked(offer_id, version=version)
    return found, order, petition


def _require_state(order: WorkOrder) -> None:
    if order.state not in MAY_BE_OFFERED:
        raise WrongState(_("This cannot be done in the present state."), details={"state": order.state})


def _beside(order: WorkOrder) -> tuple[Beside, ...]:
    """Who still owes a reply, and who was only referred to, in the words in which they were asked."""
    waiting = order.tasks.filter(state__in=OPEN_TASKS).order_by("given_at", "pk")
    return tuple(
        Beside(unit_id=one.unit_id, entry_id=one.entry_id, text=one.asked if one.kind == TaskKind.ASKED else "")
        for one in waiting
    )


def _answer(found: OrderOffer, move: str, actor: Actor, at: datetime) -> None:
    OFFERS.advance(found, move, given={"note": found.note})
    found.answered_at, found.answered_by_id, found.version = at, actor.user_id, found.version + 1
    found.save(update_fields=["state", "version", "answered_at", "answered_by", "note", "became"])
    if found.state != OfferState.LAPSED:
        timers.cancel(subject_id=str(found.pk), at=at)
    happened = OfferAnswered(
        case_id=found.petition_id,
        subject_id=str(found.order_id),
        offer=str(found.pk),
        unit=found.unit_id,
        to=found.to_unit_id,
        outcome=found.state,
    )
    record(happened, actor=actor, at=at)
