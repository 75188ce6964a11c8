"""Opening an order: by the list where it has an answer, by the centre where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.choices import OPEN_ORDERS, RouteReason
from dispatch.events import OrderCancelled
from dispatch.models import WorkOrder
from dispatch.queries import route_of
from dispatch.routing import Nowhere
from dispatch.services import orders
from dispatch.services.choosing import by_center, same_unit
from dispatch.services.handing import Handing, hand_out, hand_out_all
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid, WrongState
from kernel.events import record
from kernel.permissions import require
from organizations.queries import snapshot
from petitions.choices import State
from petitions.queries import verdict_on
from petitions.services import handling
from petitions.services.stages import locked as locked_petition
from petitions.services.stages import locked_in


@deed
def open_orders(*, petition_ids: Iterable[Any], at: datetime) -> int:
    """Dispatch accepted petitions by the list; where the list is silent they are put to the centre as unroutable.

    Leaves alone what is no longer waiting to be dispatched: a delivery may come late. Returns how many it dispatched.
    """
    held, handings = snapshot.current(), []
    for petition in locked_in(petition_ids=petition_ids, state=State.ACCEPTED):
        decided = route_of(petition=petition, at=at, held=held)
        if petition.round > 1:
            decided = same_unit(petition=petition, listed=decided)
        if isinstance(decided, Nowhere):
            handling.mark_unroutable(petition=petition, reason=decided.reason, actor=SYSTEM, at=at)
        else:
            bound = decided.reason == RouteReason.SAME_UNIT
            handings.append(Handing(petition=petition, route=decided, bound=bound))
    hand_out_all(handings, actor=SYSTEM, at=at)
    return len(handings)


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
    """The centre names the unit (R1). A body that the list lets only cooperate cannot be made to lead (R4)."""
    petition = locked_petition(petition_id=petition_id, version=version)
    require(verdict_on(capability="order.assign", petition=petition, actor=actor))
    if petition.state != State.ACCEPTED:
        raise WrongState(_("This cannot be done in the present state."), details={"state": petition.state})
    return hand_out(
        petition=petition,
        route=by_center(petition=petition, unit_id=unit_id, at=at),
        actor=actor,
        at=at,
        instruction=instruction,
        bound=True,
    )


@deed
def reassign(
    *, order_id: Any, unit_id: int, note: str, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """Take an order from its unit and give it to another; the promise to the citizen does not move."""
    order, petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="reassign", actor=actor)
    if unit_id == order.unit_id:
        raise Invalid(_("This unit has it already."), fields={"unit": [_("The same unit.")]})
    route = by_center(petition=petition, unit_id=unit_id, at=at)
    WORKFLOW.advance(order, "reassign", given={"unit": unit_id, "note": note.strip()})
    _end(order, why="reassigned", actor=actor, at=at)
    handling.recall(petition=petition, reason="reassigned", actor=actor, at=at)
    return hand_out(petition=petition, route=route, actor=actor, at=at, instruction=note, bound=True)


@deed
def cancel_open(*, petition_id: Any, why: str, at: datetime) -> None:
    """The petition is gone: whatever order was open for it ends."""
    locked_petition(petition_id=petition_id)
    for order in WorkOrder.objects.select_for_update().filter(petition=petition_id, state__in=OPEN_ORDERS):
        WORKFLOW.advance(order, "cancel")
        _end(order, why=why, actor=SYSTEM, at=at)


def _end(order: WorkOrder, *, why: str, actor: Actor, at: datetime) -> None:
    order.ended_at = at
    orders.save(order=order, at=at, columns=("ended_at",))
    timers.cancel(subject_id=str(order.pk), at=at)
    record(OrderCancelled(**orders.identity(order), unit=order.unit_id, why=why), actor=actor, at=at)
