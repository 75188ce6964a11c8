"""Suspensions (挂账): how many a unit may have at once, and how one ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from dispatch.choices import OrderState
from dispatch.events import OrderResumed
from dispatch.models import TimeRequest, WorkOrder
from dispatch.services import orders
from dispatch.services.laying import Cause, lay_anew
from dispatch.time_rules import room_of
from dispatch.times import PauseEnd
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.choices import ClockCause
from kernel.deeds import deed
from kernel.errors import Conflict
from kernel.events import instant, record
from petitions.services.stages import unit_holder

_QUOTA = 0x706163  # The class of the advisory locks: one decision on a unit's suspensions at a time.


def room_for(*, order: WorkOrder, at: datetime) -> None:
    """Raise Conflict with the figures where the unit has as many suspended as it may have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_QUOTA, order.unit_id])
    standing, open_orders = standing_of(unit_id=order.unit_id)
    most = room_of(unit_id=order.unit_id, at=at).quota.allows(open_orders=open_orders)
    if standing >= most:
        figures = {"n": standing, "open": open_orders, "most": most}
        said = _("The unit has %(n)s of %(open)s open orders suspended already; at most %(most)s may be.") % figures
        raise Conflict(said, code="quota", details=figures)


def standing_of(*, unit_id: int) -> tuple[int, int]:
    """How many open orders of a unit stand still, and how many it has open."""
    states = list(WorkOrder.objects.open().filter(unit_id=unit_id).values_list("state", flat=True))
    return states.count(OrderState.PAUSED), len(states)


@deed
def resume(*, order_id: Any, actor: Actor, at: datetime, version: int | None = None) -> WorkOrder:
    """Go on before the planned end: the dates come forward by what was not used. By the unit, or by the centre."""
    orders.hold(order_id=order_id)
    order, petition = orders.locked(order_id=order_id, version=version)
    move = "end_pause" if actor.holds("order.grant_time") and order.unit_id not in actor.unit_ids else "resume"
    orders.permitted(order=order, move=move, actor=actor)
    return _end(order, petition, move, PauseEnd.EARLY, actor, at)


@deed
def resume_due(*, order_ids: Sequence[UUID], at: datetime) -> int:
    """The time of these suspensions is over: their clocks run again from that instant; returns how many."""
    done = 0
    for order_id in sorted(order_ids):
        order, petition = orders.locked(order_id=order_id)
        running = _running(order)
        if order.state == OrderState.PAUSED and running is not None and running.until <= at:  # type: ignore[operator]
            _end(order, petition, "resume", PauseEnd.TIMER, SYSTEM, at)
            done += 1
    return done


def _running(order: WorkOrder) -> TimeRequest | None:
    return TimeRequest.objects.standing_still().filter(order=order).first()


def _end(order: WorkOrder, petition: Any, move: str, how: str, actor: Actor, at: datetime) -> WorkOrder:
    running = _running(order)
    if running is None or running.until is None:
        raise Conflict(_("Nothing stands still here."), code="nothing_asked")
    WORKFLOW.advance(order, move)
    before = order.handle_due_at
    running.ended_at, running.ended_how = min(at, running.until), how
    running.save(update_fields=["ended_at", "ended_how"])
    dates = lay_anew(
        order=order,
        petition=petition,
        cause=Cause(code=ClockCause.RESUMED, ref=str(running.pk)),
        actor=actor,
        at=at,
        holder=unit_holder(order.unit_id),
    )
    timers.cancel(subject_id=str(order.pk), kinds=["order.pause"], at=at)
    happened = OrderResumed(
        **orders.identity(order),
        holder=petition.holder,
        unit=order.unit_id,
        request=str(running.pk),
        how=how,
        from_due=instant(before),
        to_due=instant(dates.due_at),
    )
    record(happened, actor=actor, at=at)
    return order
