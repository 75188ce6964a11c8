"""Which moves of time are offered now: what the table allows in the state, less what makes no sense at the moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dispatch.models import WorkOrder
from dispatch.policies import time_verdict
from dispatch.times import TimeKind
from kernel.permissions import Denied
from kernel.workflow import Move

# What is decided on, by the request that has to wait for it.
DECIDES: dict[str, tuple[str, ...]] = {
    "extend": (TimeKind.EXTENSION,),
    "suspend": (TimeKind.PAUSE,),
    "refuse_time": (TimeKind.EXTENSION, TimeKind.PAUSE),
}
ENDS = ("resume", "end_pause")


def timely(moves: Iterable[Move], *, order: WorkOrder, at: datetime | None) -> list[Move]:
    """The moves with the verdict of time beside that of the right. Without `at` the end of the limit is not looked at.

    The two ways to end a suspension are one to whoever is offered it: by the unit, or by the centre.
    """
    offered = [one for one in moves if order.asking in DECIDES.get(one.move, (order.asking,))]
    ends = [one for one in offered if one.move in ENDS]
    shown = next((one for one in ends if one.allowed), ends[0] if ends else None)
    return [_said(one, order, at) for one in offered if one.move not in ENDS or one is shown]


def _said(move: Move, order: WorkOrder, at: datetime | None) -> Move:
    said = time_verdict(move=move.move, order=order, at=at or order.handle_due_at)
    if move.allowed and isinstance(said, Denied):
        return replace(move, allowed=False, reason=said.reason)
    return move
