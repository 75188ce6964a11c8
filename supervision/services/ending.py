"""Orders that end without an answer: withdrawn by their issuer, or proposals that nobody issues."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from petitions.services.stages import locked as locked_petition
from supervision.choices import OPEN_STATES, Dismissal, State
from supervision.events import OrderDismissed, OrderWithdrawn
from supervision.models import SupervisionOrder
from supervision.services import orders
from supervision.workflow import ORDERS

PETITION_WITHDRAWN = "petition_withdrawn"


@deed
def withdraw(*, order_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> SupervisionOrder:
    """Take an order back, with the reason; its number stays in the register."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="withdraw", actor=actor)
    ORDERS.advance(order, "withdraw", given={"note": note.strip()})
    _end(order, note=note.strip(), at=at)
    record(OrderWithdrawn(**orders.identity(order), unit=order.unit_id), actor=actor, at=at)
    return order


@deed
def dismiss(*, order_id: Any, why: str, actor: Actor, at: datetime, version: int | None = None) -> SupervisionOrder:
    """Decide against what the clock has proposed."""
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="dismiss", actor=actor)
    if why not in Dismissal.values:
        raise Invalid(_("Say why."), fields={"why": [_("Unknown reason.")]})
    ORDERS.advance(order, "dismiss", given={"why": why})
    _end(order, note=why, at=at)
    record(OrderDismissed(**orders.identity(order), unit=order.unit_id, why=why), actor=actor, at=at)
    return order


@deed
def follow_withdrawal(*, petition_id: Any, at: datetime) -> None:
    """The petition is withdrawn: whatever was ordered or proposed about it ends."""
    locked_petition(petition_id=petition_id)
    rows = SupervisionOrder.objects.filter(petition_id=petition_id, state__in=OPEN_STATES)
    for order_id, state in rows.order_by("pk").values_list("pk", "state"):
        if state == State.PROPOSED:
            dismiss(order_id=order_id, why=Dismissal.OBSOLETE, actor=SYSTEM, at=at)
        else:
            withdraw(order_id=order_id, note=PETITION_WITHDRAWN, actor=SYSTEM, at=at)


def _end(order: SupervisionOrder, *, note: str, at: datetime) -> None:
    order.ended_at, order.stage_due_at, order.end_note = at, at, note
    orders.save(order=order, at=at, columns=("ended_at", "end_note"))
    orders.start_clock(order=order, at=at)
