"""What the unit does with its order: sign, report, complete. Returning it is in returning.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.events import (
    OrderCompleted,
    OrderProgressed,
    OrderSigned,
)
from dispatch.models import Progress, WorkOrder
from dispatch.services import orders
from dispatch.services.joint.finishing import finish_tasks
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import record
from petitions.services import handling


@deed
def sign(*, order_id: Any, actor: Actor, at: datetime, version: int | None = None) -> WorkOrder:
    """The unit takes the order over (签收). Whoever signs first leads to the end (首接负责制)."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="sign", actor=actor)
    WORKFLOW.advance(order, "sign")
    order.signed_at, order.signed_by_id, order.rung = at, actor.user_id, 0
    orders.save(order=order, at=at, columns=("signed_at", "signed_by_id", "rung"))
    timers.cancel(subject_id=str(order.pk), kinds=["order.sign"], at=at)
    happened = OrderSigned(**orders.identity(order), unit=order.unit_id, on_time=at <= order.sign_due_at)
    record(happened, actor=actor, at=at)
    return order


@deed
def report_progress(*, order_id: Any, text: str, actor: Actor, at: datetime, version: int | None = None) -> WorkOrder:
    """Say how far it is; open to the lead unit and to those that cooperate."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="progress", actor=actor)
    WORKFLOW.advance(order, "progress", given={"text": text.strip()})
    unit_id = next((one for one in (order.unit_id, *order.assists) if one in actor.unit_ids), None)
    written = Progress.objects.create(
        order=order, text=text.strip(), unit_id=unit_id, reported_by_id=actor.user_id, reported_at=at
    )
    orders.save(order=order, at=at, columns=())
    record(OrderProgressed(**orders.identity(order), progress=written.pk), actor=actor, at=at)
    return order


@deed
def complete(
    *, order_id: Any, result: str, actor: Actor, at: datetime, without: str = "", version: int | None = None
) -> WorkOrder:
    """Say that it is done and what was done. Evidence is attached to the petition before; somebody else checks (R5).

    The lead signs for all: see finish_tasks() for what must be so with the units beside it, and for `without`.
    """
    order, petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="complete", actor=actor)
    WORKFLOW.advance(order, "complete", given={"result": result.strip()})
    finish_tasks(order=order, without=without, actor=actor, at=at)
    order.completed_at, order.completed_by_id, order.result = at, actor.user_id, result.strip()
    order.on_time = at <= order.handle_due_at
    orders.save(order=order, at=at, columns=("completed_at", "completed_by_id", "result", "on_time"))
    timers.cancel(subject_id=str(order.pk), at=at)
    handling.mark_handled(petition=petition, result=order.result, actor=actor, at=at)
    happened = OrderCompleted(**orders.identity(order), unit=order.unit_id, on_time=order.on_time)
    record(happened, actor=actor, at=at)
    return order
