"""What the issuer says to an answer: good enough, or once more with a fresh limit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import instant, record
from supervision.choices import Verdict
from supervision.events import AnswerAccepted, AnswerSentBack
from supervision.models import Answer, SupervisionOrder
from supervision.queries import waiting_answer
from supervision.services import orders
from supervision.services.telling import tell_sent_back
from supervision.workflow import ORDERS


@deed
def accept(
    *, order_id: Any, actor: Actor, at: datetime, note: str = "", version: int | None = None
) -> SupervisionOrder:
    """Accept the answer: the order is done. Never by whoever answered."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="accept", actor=actor)
    ORDERS.advance(order, "accept")
    given = _judge(order, Verdict.ACCEPTED, note.strip(), actor=actor, at=at)
    order.ended_at, order.stage_due_at = at, at
    orders.save(order=order, at=at, columns=("ended_at",))
    orders.start_clock(order=order, at=at)
    record(AnswerAccepted(**orders.identity(order), unit=order.unit_id, answer=given.number), actor=actor, at=at)
    return order


@deed
def send_back(*, order_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> SupervisionOrder:
    """Send the answer back with what is lacking; the time for an answer begins anew."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="send_back", actor=actor)
    ORDERS.advance(order, "send_back", given={"note": note.strip()})
    given = _judge(order, Verdict.SENT_BACK, note.strip(), actor=actor, at=at)
    order.sent_back, order.rung = order.sent_back + 1, 0
    order.answer_due_at = order.stage_due_at = orders.end_of_step(clock="supervision.answer", order=order, at=at)
    orders.save(order=order, at=at, columns=("sent_back", "rung", "answer_due_at"))
    orders.start_clock(order=order, at=at)
    happened = AnswerSentBack(
        **orders.identity(order),
        unit=order.unit_id,
        answer=given.number,
        answer_by=instant(order.answer_due_at),
    )
    record(happened, actor=actor, at=at)
    tell_sent_back(order=order, number=given.number, at=at)
    return order


def _judge(order: SupervisionOrder, said: str, note: str, *, actor: Actor, at: datetime) -> Answer:
    given = waiting_answer(order=order)
    assert given is not None  # an order is answered only by an answer, and each is judged once
    given.verdict, given.verdict_note, given.judged_at, given.judged_by_id = said, note, at, actor.user_id
    given.save(update_fields=["verdict", "verdict_note", "judged_at", "judged_by"])
    return given
