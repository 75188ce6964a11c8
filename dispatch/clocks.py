"""The clocks of a work order: signing, handling, ruling on a return, and who is told next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.choices import IN_HAND, OrderState
from dispatch.deadlines import LIMITS
from dispatch.escalation import rung_of
from dispatch.models import WorkOrder
from kernel.running import Running, running
from kernel.worktime import Pause, WorkCalendar

NAMES: dict[str, str | Promise] = {
    "order.sign": _("Signing"),
    "order.handle": _("Handling"),
    "order.rule": _("Ruling on the return"),
    "order.adjudicate": _("Adjudication"),
    "order.warn": _("Warning"),
    "order.pause": _("Suspension"),
    "joint.reply": _("Reply of a cooperating unit"),
    "joint.judge": _("Looking at a reply"),
    "joint.offer": _("Answer to the offer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClock:
    """A running clock of an order, and how many levels up the next rung tells; 0 where nobody further is told."""

    clock: Running
    next_above: int


def order_clocks(
    *, order: WorkOrder, at: datetime, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> list[OrderClock]:
    """The clocks that run on an order now, the next due first; grey is the one of a suspended order.

    Without its `pauses` what is left is right for every order that runs now; only the share already used is not.
    """
    if order.state not in (*IN_HAND, OrderState.PAUSED):
        return []
    common: dict[str, Any] = {"at": at, "calendar": calendar}
    found = [
        running(
            kind="order.handle",
            name=NAMES["order.handle"],
            limit=order.counted,
            start=order.counted_from,
            due_at=order.handle_due_at,
            provisional=order.provisional,
            patient=order.state == OrderState.PAUSED,
            pauses=pauses,
            lights=((float(order.warn_share), "yellow"), (float(order.half_share), "blue")),
            **common,
        )
    ]
    if order.state == OrderState.ASSIGNED:
        found.append(
            running(
                kind="order.sign",
                name=NAMES["order.sign"],
                limit=LIMITS["order.sign"][order.urgency],
                start=order.assigned_at,
                due_at=order.sign_due_at,
                **common,
            )
        )
    return [
        OrderClock(clock=one, next_above=_next_above(one.kind, order.rung))
        for one in sorted(found, key=lambda one: one.due_at)
    ]


def _next_above(clock: str, rung: int) -> int:
    row = rung_of(clock=clock, rung=rung + 1)
    return row.above if row else 0
