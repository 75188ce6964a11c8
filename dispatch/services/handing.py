"""Handing a petition out: the order is written, its clocks run, and everybody is told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from dispatch.deadlines import HALF_AT, LIMITS, WARN_AT
from dispatch.events import OrderAssigned
from dispatch.models import WorkOrder
from dispatch.routing import Route
from dispatch.services import orders
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.timers import TimerSpec
from kernel.worktime import Limit, deadline, point_at
from petitions.models import Petition
from petitions.services import handling
from petitions.services.stages import end_of


def hand_out(
    *, petition: Petition, route: Route, actor: Actor, at: datetime, bound: bool = False, instruction: str = ""
) -> WorkOrder:
    """Write the order of a route for a locked petition. `bound`: the unit may not give it back."""
    order = _order(petition, route, at)
    order.bound, order.instruction = bound, instruction.strip()
    order.save(force_insert=True)
    handling.mark_dispatched(
        petition=petition,
        unit_id=route.unit_id,
        involved=route.assists,
        limit=route.limit,
        due_at=order.handle_due_at,
        provisional=order.provisional,
        actor=actor,
        at=at,
    )
    _start_clocks(order, at)
    record(_assigned(order, route), actor=actor, at=at)
    return order


def _order(petition: Petition, route: Route, at: datetime) -> WorkOrder:
    due = deadline(start=at, limit=route.limit, calendar=current(at=at))
    assert due.at is not None  # only a pause leaves a limit without an end
    return WorkOrder(
        id=new_id(at=at),
        petition=petition,
        round=petition.round,
        urgency=petition.urgency,
        place=petition.place,
        unit_id=route.unit_id,
        assists=list(route.assists),
        entry_id=route.entry_id,
        reason=route.reason,
        decision=route.record(),
        limit_value=route.limit.value,
        limit_unit=route.limit.unit,
        calendar_version=due.calendar_version,
        provisional=due.provisional,
        assigned_at=at,
        sign_due_at=end_of(limit=LIMITS["order.sign"][petition.urgency], at=at),
        half_at=_point(route.limit, HALF_AT, at),
        yellow_at=_point(route.limit, WARN_AT, at),
        handle_due_at=due.at,
        changed_at=at,
    )


def _point(limit: Limit, share: Decimal, at: datetime) -> datetime:
    """When a share of a limit that starts at `at` is used."""
    found = point_at(start=at, limit=limit, share=share, calendar=current(at=at))
    assert found is not None  # only an open pause leaves a share without an instant
    return found


def _start_clocks(order: WorkOrder, at: datetime) -> None:
    due = {"order.sign": order.sign_due_at, "order.warn": order.yellow_at, "order.handle": order.handle_due_at}
    timers.start_many(
        [
            TimerSpec(kind=kind, case_id=order.petition_id, subject_id=str(order.pk), due_at=instant_due)
            for kind, instant_due in due.items()
        ],
        at=at,
        fresh=True,
    )


def _assigned(order: WorkOrder, route: Route) -> OrderAssigned:
    return OrderAssigned(
        **orders.identity(order),
        unit=order.unit_id,
        entry=route.entry_code,
        reason=route.reason,
        round=order.round,
        limit_value=str(order.limit_value),
        limit_unit=order.limit_unit,
        sign_due_at=instant(order.sign_due_at),
        handle_due_at=instant(order.handle_due_at),
        calendar=order.calendar_version,
    )
