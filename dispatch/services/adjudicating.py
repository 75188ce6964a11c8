"""Adjudication: the second return of a petition is decided by the director, once and for all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.choices import Objected, RouteReason
from dispatch.events import OrderAdjudicated
from dispatch.models import WorkOrder
from dispatch.services import orders, returning
from dispatch.services.choosing import by_ruling
from dispatch.services.handing import hand_out
from dispatch.services.telling import tell_return_refused
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import record
from petitions.models import Petition
from petitions.services import handling
from registry.gaps.choices import GapKind
from registry.services.gaps import Met, open_gap


@deed
def adjudicate(
    *,
    order_id: Any,
    unit_id: int,
    note: str,
    basis: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> WorkOrder:
    """Name the unit that handles it, with grounds and basis (信访工作条例 24). Nobody returns it after that.

    The unit may be the one that objected. Returns the order that is open now. That two units could disagree is a gap of
    the list and opens one. Raises WrongState where no second return waits, NotAllowed, Invalid for a unit that may not
    lead or where grounds or basis are missing.
    """
    order, petition = orders.locked(order_id=order_id, version=version)
    keeps = unit_id == order.unit_id
    move = "adjudicate_keep" if keeps else "adjudicate_away"
    orders.permitted(order=order, move=move, actor=actor)
    route = by_ruling(petition=petition, unit_id=unit_id, basis=basis.strip(), at=at)
    WORKFLOW.advance(order, move, given={"unit": unit_id, "note": note.strip(), "basis": basis.strip()})
    returning.settle(
        order=order,
        outcome=Objected.REFUSED if keeps else Objected.UPHELD,
        actor=actor,
        at=at,
        ruling=note,
        basis=basis,
        named_unit_id=unit_id,
    )
    open_gap(met=_gap(petition), at=at)
    happened = OrderAdjudicated(**orders.identity(order), unit=order.unit_id, named=unit_id, upheld=not keeps)
    record(happened, actor=actor, at=at)
    if keeps:
        order.reason, order.decision = RouteReason.BY_RULING, {**order.decision, "ruling": route.record()}
        returning.keep(order=order, at=at, clock="order.adjudicate", columns=("reason", "decision"))
        tell_return_refused(order=order, petition=petition, at=at)
        return order
    order.ended_at = at
    orders.save(order=order, at=at, columns=("ended_at",))
    timers.cancel(subject_id=str(order.pk), at=at)
    handling.recall(petition=petition, reason="adjudicated", actor=actor, at=at)
    return hand_out(petition=petition, route=route, actor=actor, at=at, instruction=note[:500], bound=True)


def _gap(petition: Petition) -> Met:
    category = petition.category
    return Met(
        petition_id=petition.pk,
        kind=GapKind.RULING,
        category=petition.category_id,
        matter_id=category.matter_id if category else None,
        place=petition.place,
    )
