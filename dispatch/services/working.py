"""What the unit does with its order: sign, report, return, complete; and the centre's ruling on a return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.deadlines import LIMITS
from dispatch.events import (
    OrderCompleted,
    OrderProgressed,
    OrderReturned,
    OrderSigned,
    ReturnRefused,
    ReturnRequested,
)
from dispatch.models import Progress, ReturnReason, WorkOrder
from dispatch.services import orders
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.timers import TimerSpec
from petitions.services import handling
from petitions.services.stages import end_of


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
def request_return(
    *, order_id: Any, reason_code: str, note: str, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """Object: not ours, with the reason (R3). The centre rules; until then the unit's clock goes on."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="return", actor=actor)
    reason = ReturnReason.objects.filter(code=reason_code, active=True).first()
    if reason is None:
        raise Invalid(_("Name the reason."), fields={"reason": [_("Unknown reason.")]})
    WORKFLOW.advance(order, "return", given={"reason": reason.code, "note": note.strip()})
    order.return_reason, order.return_note = reason, note.strip()
    orders.save(order=order, at=at, columns=("return_reason", "return_note"))
    due = end_of(limit=LIMITS["order.rule"][order.urgency], at=at)
    spec = TimerSpec(kind="order.rule", case_id=order.petition_id, subject_id=str(order.pk), due_at=due)
    timers.swap(stopped=["order.sign"], specs=[spec], at=at)
    record(ReturnRequested(**orders.identity(order), unit=order.unit_id, reason=reason.code), actor=actor, at=at)
    return order


@deed
def rule_return(
    *, order_id: Any, granted: bool, actor: Actor, at: datetime, note: str = "", version: int | None = None
) -> WorkOrder:
    """The centre decides on a return. Granted, it looks for another unit; refused, this unit keeps it for good."""
    order, petition = orders.locked(order_id=order_id, version=version)
    move = "grant_return" if granted else "refuse_return"
    orders.permitted(order=order, move=move, actor=actor)
    WORKFLOW.advance(order, move, given={"note": note.strip()})
    if granted:
        order.ended_at = at
        orders.save(order=order, at=at, columns=("ended_at",))
        timers.cancel(subject_id=str(order.pk), at=at)
        reason = order.return_reason_id or ""
        handling.recall(petition=petition, reason=reason, actor=actor, at=at)
        record(OrderReturned(**orders.identity(order), unit=order.unit_id, reason=reason), actor=actor, at=at)
        return order
    order.bound, order.return_note = True, note.strip()
    order.signed_at = order.signed_at or at
    orders.save(order=order, at=at, columns=("bound", "return_note", "signed_at"))
    timers.cancel(subject_id=str(order.pk), kinds=["order.rule"], at=at)
    record(ReturnRefused(**orders.identity(order), unit=order.unit_id), actor=actor, at=at)
    return order


@deed
def complete(*, order_id: Any, result: str, actor: Actor, at: datetime, version: int | None = None) -> WorkOrder:
    """Say that it is done and what was done. Evidence is attached to the petition before; somebody else checks (R5)."""
    order, petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="complete", actor=actor)
    WORKFLOW.advance(order, "complete", given={"result": result.strip()})
    order.completed_at, order.completed_by_id, order.result = at, actor.user_id, result.strip()
    order.on_time = at <= order.handle_due_at
    orders.save(order=order, at=at, columns=("completed_at", "completed_by_id", "result", "on_time"))
    timers.cancel(subject_id=str(order.pk), at=at)
    handling.mark_handled(petition=petition, result=order.result, actor=actor, at=at)
    happened = OrderCompleted(**orders.identity(order), unit=order.unit_id, on_time=order.on_time)
    record(happened, actor=actor, at=at)
    return order
