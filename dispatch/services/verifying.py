"""Verification: somebody who did not handle it looks whether it is done (R5; GB/T 30428.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.events import OrderRejected, OrderVerified
from dispatch.models import WorkOrder
from dispatch.services import orders
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from petitions.choices import ReplyKind
from petitions.models import Reply
from petitions.services import handling


@deed
def verify(
    *,
    order_id: Any,
    passed: bool,
    actor: Actor,
    at: datetime,
    note: str = "",
    reply: str = "",
    version: int | None = None,
) -> WorkOrder:
    """Pass it, with the reply to the citizen (the unit's result where nothing else is said), or send it back."""
    order, petition = orders.locked(order_id=order_id, version=version)
    move = "pass" if passed else "fail"
    orders.permitted(order=order, move=move, actor=actor)
    WORKFLOW.advance(order, move, given={"note": note.strip()})
    if not passed:
        return _send_back(order, petition, note.strip(), actor, at)
    order.verified_at, order.verified_by_id, order.ended_at = at, actor.user_id, at
    orders.save(order=order, at=at, columns=("verified_at", "verified_by_id", "ended_at"))
    Reply.objects.create(
        petition=petition,
        kind=ReplyKind.FINAL,
        text=reply.strip() or order.result,
        unit_id=order.unit_id,
        replied_by_id=actor.user_id,
        replied_at=at,
    )
    handling.mark_verified(petition=petition, actor=actor, at=at)
    record(OrderVerified(**orders.identity(order), unit=order.unit_id), actor=actor, at=at)
    return order


def _send_back(order: WorkOrder, petition: Any, note: str, actor: Actor, at: datetime) -> WorkOrder:
    until = handling.reject(petition=petition, note=note, actor=actor, at=at)
    order.reworks, order.rung, order.return_note = order.reworks + 1, 0, note
    order.handle_due_at = order.yellow_at = until
    order.completed_at = order.completed_by_id = order.on_time = None
    columns = (
        "reworks",
        "rung",
        "return_note",
        "handle_due_at",
        "yellow_at",
        "completed_at",
        "completed_by_id",
        "on_time",
    )
    orders.save(order=order, at=at, columns=columns)
    spec = TimerSpec(kind="order.handle", case_id=order.petition_id, subject_id=str(order.pk), due_at=until)
    timers.swap(stopped=[], specs=[spec], at=at)
    record(OrderRejected(**orders.identity(order), unit=order.unit_id, reworks=order.reworks), actor=actor, at=at)
    return order
