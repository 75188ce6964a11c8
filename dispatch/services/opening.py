"""Opening an order: by the list where it has an answer, by the centre where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.choices import OPEN_ORDERS, RouteReason
from dispatch.events import OrderCancelled
from dispatch.models import WorkOrder
from dispatch.objections import heard_units
from dispatch.queries import Loads, route_of
from dispatch.routing import Nowhere
from dispatch.services import orders
from dispatch.services.choosing import by_center, same_unit
from dispatch.services.handing import Handing, hand_out, hand_out_all
from dispatch.services.returning import lapse
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, WrongState
from kernel.events import record
from kernel.permissions import require
from organizations.queries import snapshot
from petitions.choices import State
from petitions.models import Petition
from petitions.queries import verdict_on
from petitions.services import handling
from petitions.services.stages import locked as locked_petition
from petitions.services.stages import locked_in
from registry.services.gaps import Met, open_gaps


@deed
def open_orders(*, petition_ids: Iterable[Any], at: datetime) -> int:
    """Dispatch accepted petitions by the list; where the list is silent they are put to the centre as unroutable and
    counted as gaps of the list.

    Leaves alone what is no longer waiting to be dispatched: a delivery may come late. Returns how many it dispatched.
    """
    held, loads = snapshot.current(), Loads()
    handings: list[Handing] = []
    met: list[Met] = []
    for petition in locked_in(petition_ids=petition_ids, state=State.ACCEPTED):
        decided = route_of(petition=petition, at=at, held=held, loads=loads)
        if petition.round > 1:
            decided = same_unit(petition=petition, listed=decided)
        if isinstance(decided, Nowhere):
            handling.mark_unroutable(petition=petition, reason=decided.reason, actor=SYSTEM, at=at)
            met.append(_met(petition, decided.reason))
        else:
            bound = decided.reason == RouteReason.SAME_UNIT
            handings.append(Handing(petition=petition, route=decided, bound=bound))
    hand_out_all(handings, actor=SYSTEM, at=at)
    open_gaps(met=met, at=at)
    return len(handings)


def _met(petition: Petition, reason: str) -> Met:
    category = petition.category
    return Met(
        petition_id=petition.pk,
        kind=reason,
        category=petition.category_id,
        matter_id=category.matter_id if category else None,
        place=petition.place,
    )


@deed
def assign(
    *,
    petition_id: Any,
    unit_id: int,
    actor: Actor,
    at: datetime,
    instruction: str = "",
    version: int | None = None,
) -> WorkOrder:
    """The centre names the unit (R1). A body that the list lets only cooperate cannot be made to lead (R4).

    What the centre designates is not returned (潍坊12345条例 22), but where it decided on a return of another unit, the
    new one is heard once too: its objection is the second in the round and goes to adjudication.
    """
    petition = locked_petition(petition_id=petition_id, version=version)
    require(verdict_on(capability="order.assign", petition=petition, actor=actor))
    if petition.state != State.ACCEPTED:
        raise WrongState(_("This cannot be done in the present state."), details={"state": petition.state})
    heard = heard_units(petition=petition)
    return hand_out(
        petition=petition,
        route=by_center(petition=petition, unit_id=unit_id, at=at),
        actor=actor,
        at=at,
        instruction=instruction,
        bound=not heard or unit_id in heard,
    )


@deed
def dispatch_listed(
    *, petition_id: Any, expected: int, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """The centre dispatches by the list, to the unit it was shown: `expected`, which may object as to any order.

    Raises Conflict where the list names nobody, or by now another unit.
    """
    petition = locked_petition(petition_id=petition_id, version=version)
    require(verdict_on(capability="order.assign", petition=petition, actor=actor))
    if petition.state != State.ACCEPTED:
        raise WrongState(_("This cannot be done in the present state."), details={"state": petition.state})
    decided = route_of(petition=petition, at=at)
    if isinstance(decided, Nowhere):
        raise Conflict(_("The list names nobody; name the unit."), code="unroutable", details={"why": decided.reason})
    if decided.unit_id != expected:
        raise Conflict(_("The list names another unit by now."), code="listed_otherwise")
    return hand_out(petition=petition, route=decided, actor=actor, at=at)


@deed
def reassign(
    *, order_id: Any, unit_id: int, note: str, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """Take an order from its unit and give it to another; the promise to the citizen does not move."""
    order, petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="reassign", actor=actor)
    if unit_id == order.unit_id:
        raise Invalid(_("This unit has it already."), fields={"unit": [_("The same unit.")]})
    route, was = by_center(petition=petition, unit_id=unit_id, at=at), order.state
    WORKFLOW.advance(order, "reassign", given={"unit": unit_id, "note": note.strip()})
    end_order(order, why="reassigned", was=was, actor=actor, at=at)
    handling.recall(petition=petition, reason="reassigned", actor=actor, at=at)
    return hand_out(petition=petition, route=route, actor=actor, at=at, instruction=note, bound=True)


@deed
def cancel_open(*, petition_id: Any, why: str, at: datetime) -> None:
    """The petition is gone: whatever order was open for it ends."""
    locked_petition(petition_id=petition_id)
    for order in WorkOrder.objects.select_for_update().filter(petition=petition_id, state__in=OPEN_ORDERS):
        was = order.state
        WORKFLOW.advance(order, "cancel")
        end_order(order, why=why, was=was, actor=SYSTEM, at=at)


def end_order(order: WorkOrder, *, why: str, was: str, actor: Actor, at: datetime) -> None:
    """Close an order that has just been advanced to its end out of the state it `was` in, with all that hangs on it."""
    order.ended_at = at
    lapse(order=order, was=was, actor=actor, at=at)
    orders.save(order=order, at=at, columns=("ended_at",))
    timers.cancel(subject_id=str(order.pk), at=at)
    record(OrderCancelled(**orders.identity(order), unit=order.unit_id, why=why), actor=actor, at=at)
