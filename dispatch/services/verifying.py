"""Verification: somebody who did not handle it looks whether it is done (R5; GB/T 30428.8)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from dispatch.events import OrderRejected, OrderVerified
from dispatch.models import WorkOrder
from dispatch.services import orders
from dispatch.services.laying import LAID, dates_of, keep_promise, move_of, pauses_of, put, specs_of
from dispatch.services.telling import tell_sent_back
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import note_moves
from kernel.deeds import deed
from kernel.events import record
from petitions.choices import ReplyKind
from petitions.models import Petition, Reply
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


def _send_back(order: WorkOrder, petition: Petition, note: str, actor: Actor, at: datetime) -> WorkOrder:
    """The promise stands; where too little of it is left, the unit has time of its own (counted from now)."""
    keep_promise(order, petition, actor, at)
    until = handling.reject(petition=petition, note=note, actor=actor, at=at)
    order.reworks, order.return_note = order.reworks + 1, note
    if petition.due_at is None or until > petition.due_at:
        rest = handling.time_after_promise(petition=petition)
        order.counted_from, order.counted_value, order.counted_unit = at, Decimal(rest.value), rest.unit
        order.extension_days = 0
    dates = dates_of(order=order, pauses=pauses_of(order=order), calendar=current(at=at))
    note_moves([move_of(order, dates, "")], cause=ClockCause.SENT_BACK, actor=actor, at=at)
    put(order, dates, at)
    order.completed_at = order.completed_by_id = order.on_time = None
    columns = ("reworks", "return_note", "completed_at", "completed_by_id", "on_time")
    orders.save(order=order, at=at, columns=(*LAID, *columns))
    timers.swap(stopped=[], specs=specs_of(order, at), at=at)
    record(OrderRejected(**orders.identity(order), unit=order.unit_id, reworks=order.reworks), actor=actor, at=at)
    tell_sent_back(order=order, petition=petition, at=at)
    return order
