"""What the unit does with a supervision order: sign for it, and answer in writing with its measures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import record
from supervision.events import OrderAnswered, OrderReceived
from supervision.models import Answer, SupervisionOrder
from supervision.services import orders
from supervision.services.telling import tell_answered
from supervision.workflow import ORDERS


@deed
def receive(*, order_id: Any, actor: Actor, at: datetime, version: int | None = None) -> SupervisionOrder:
    """Sign for receipt. The time for the answer has run since the order was issued."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="receive", actor=actor)
    ORDERS.advance(order, "receive")
    assert order.receive_due_at is not None  # a constraint: whatever is issued has its limits
    assert order.answer_due_at is not None
    order.received_at, order.received_by_id, order.rung = at, actor.user_id, 0
    order.stage_due_at = order.answer_due_at
    orders.save(order=order, at=at, columns=("received_at", "received_by_id", "rung"))
    orders.start_clock(order=order, at=at)
    on_time = at <= order.receive_due_at
    record(OrderReceived(**orders.identity(order), unit=order.unit_id, on_time=on_time), actor=actor, at=at)
    return order


@deed
def answer(
    *, order_id: Any, text: str, measures: str, actor: Actor, at: datetime, version: int | None = None
) -> SupervisionOrder:
    """Answer in writing: how it stands, and the measures. Somebody else judges it."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="answer", actor=actor)
    said, done = text.strip(), measures.strip()
    ORDERS.advance(order, "answer", given={"text": said, "measures": done})
    assert order.answer_due_at is not None  # a constraint: whatever is issued has its limits
    given = Answer.objects.create(
        order=order,
        number=order.answers.count() + 1,
        text=said,
        measures=done,
        salt=personal.new_salt(),
        on_time=at <= order.answer_due_at,
        answered_at=at,
        answered_by_id=actor.user_id,
    )
    order.rung = 0
    order.stage_due_at = orders.end_of_step(clock="supervision.check", order=order, at=at)
    orders.save(order=order, at=at, columns=("rung",))
    orders.start_clock(order=order, at=at)
    happened = OrderAnswered(
        **orders.identity(order),
        unit=order.unit_id,
        answer=given.number,
        on_time=given.on_time,
        content=personal.commitment(f"{said}\x1f{done}", salt=bytes(given.salt)),
    )
    record(happened, actor=actor, at=at)
    tell_answered(order=order, number=given.number, at=at)
    return order
