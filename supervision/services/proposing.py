"""A light that stays red proposes a supervision order; a person issues it or does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dispatch.choices import OrderState
from dispatch.models import WorkOrder
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import instant, record
from kernel.timers import TimerSpec
from petitions.services.stages import end_of
from supervision.choices import OPEN_STATES, Origin
from supervision.deadlines import PROPOSE_AFTER
from supervision.events import OrderProposed
from supervision.models import SupervisionOrder
from supervision.queries import concerned, issuer_of, unfinished_orders
from supervision.services import orders
from supervision.services.issuing import draft

KIND = "supervision.propose"


@deed
def watch(*, work_orders: Sequence[UUID], at: datetime) -> None:
    """Work orders have gone red: look at them again when they have been red for long enough.

    The alarm stands under the work order itself, so that it stops with the order's own clocks.
    """
    alarms = [_alarm(one, min(one.handle_due_at, at)) for one in unfinished_orders(work_orders=work_orders)]
    timers.start_many([replace(one, due_at=max(one.due_at, at)) for one in alarms], at=at)


@deed
def propose(*, work_orders: Sequence[UUID], at: datetime) -> int:
    """Propose an order for each that is still red; those suspended or given more time are looked at again later."""
    orders.lock_petitions(
        petition_ids=WorkOrder.objects.filter(pk__in=work_orders).values_list("petition_id", flat=True)
    )
    count = 0
    for late in unfinished_orders(work_orders=work_orders):
        paused = late.state == OrderState.PAUSED
        again = _alarm(late, max(late.handle_due_at, at) if paused else late.handle_due_at)
        if again.due_at > at:
            timers.start_many([again], at=at)
        elif _may_be_proposed(late):
            _propose(late, at)
            count += 1
    return count


def _alarm(late: WorkOrder, since: datetime) -> TimerSpec:
    due = end_of(limit=PROPOSE_AFTER[late.urgency], at=since)
    return TimerSpec(kind=KIND, case_id=late.petition_id, subject_id=str(late.pk), due_at=due)


def _may_be_proposed(late: WorkOrder) -> bool:
    """Nothing is open for this unit and case yet, and nothing was decided about this very order before."""
    known = SupervisionOrder.objects.filter(petition=late.petition, unit_id=late.unit_id)
    if known.filter(state__in=OPEN_STATES).exists() or known.filter(work_order=late).exists():
        return False
    issuer = issuer_of(actor=SYSTEM, place=late.place)
    return issuer not in (None, late.unit_id) and concerned(petition=late.petition).filter(pk=late.unit_id).exists()


def _propose(late: WorkOrder, at: datetime) -> None:
    order = draft(petition=late.petition, unit_id=late.unit_id, origin=Origin.CLOCK, actor=SYSTEM, at=at)
    order.version, order.work_order = 1, late
    order.stage_due_at = orders.end_of_step(clock="supervision.consider", order=order, at=at)
    order.save(force_insert=True)
    orders.start_clock(order=order, at=at)
    happened = OrderProposed(
        **orders.identity(order),
        unit=order.unit_id,
        reason=order.reason,
        consider_by=instant(order.stage_due_at),
    )
    record(happened, actor=SYSTEM, at=at)
