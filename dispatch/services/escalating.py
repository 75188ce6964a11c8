"""What nobody answers climbs the ladder by itself: each rung once, many cases in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch.escalation import Rung, rung_of
from dispatch.events import OrderEscalated, OrderWarned
from dispatch.models import Escalation, WorkOrder
from dispatch.services import orders
from dispatch.services.telling import tell_climbed, tell_nearly_due
from dispatch.workflow import WORKFLOW as ORDERS
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record_many
from kernel.timers import TimerSpec
from organizations.models import Unit
from petitions.services.lapsing import note_overdue
from petitions.services.reception import StepUp, pass_up
from petitions.services.stages import end_of, in_stage

# The column that says until when, of the clocks that may be laid anew after their timer was set.
DUE = {"order.sign": "sign_due_at", "order.handle": "handle_due_at"}


@deed
def escalate(*, order_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """Climb one rung for every order that this clock still concerns; returns how many did.

    Orders that have moved on meanwhile, or were given time, are left alone: the truth is read again under lock. The
    unique key of the rungs refuses a second time whatever two workers might do.
    """
    states = [state for state, named in ORDERS.clocks.items() if named == clock]
    over = {f"{DUE[clock]}__lte": at} if clock in DUE else {}
    orders.lock_cases(order_ids=order_ids)
    rows = WorkOrder.objects.select_for_update(of=("self",)).filter(pk__in=order_ids, state__in=states, **over)
    late = list(rows.order_by("pk"))
    superior = superiors()
    climbed: list[tuple[WorkOrder, Rung, int]] = []
    for order in late:
        rung = rung_of(clock=clock, rung=order.rung + 1)
        told = ancestor(superior, order.unit_id, rung.above) if rung else None
        if rung and told is not None:
            climbed.append((order, rung, told))
    _write(climbed, clock, at)
    return len(climbed)


def _write(climbed: list[tuple[WorkOrder, Rung, int]], clock: str, at: datetime) -> None:
    Escalation.objects.bulk_create(
        Escalation(
            order=order,
            clock=clock,
            generation=order.laid,
            rung=rung.rung,
            told_unit_id=told,
            what=rung.told,
            told_at=at,
        )
        for order, rung, told in climbed
    )
    by_rung: dict[int, list[UUID]] = defaultdict(list)
    for order, rung, _told in climbed:
        by_rung[rung.rung].append(order.pk)
    for reached, ids in by_rung.items():
        WorkOrder.objects.filter(pk__in=ids).update(rung=reached)
    timers.start_many(
        [
            TimerSpec(
                kind=clock,
                case_id=order.petition_id,
                subject_id=str(order.pk),
                due_at=end_of(limit=rung.wait(urgency=order.urgency), at=at),
            )
            for order, rung, _told in climbed
            if rung_of(clock=clock, rung=rung.rung + 1)
        ],
        at=at,
    )
    record_many([_escalated(order, rung, told) for order, rung, told in climbed], actor=SYSTEM, at=at)
    tell_climbed(climbed=climbed, at=at)


def _escalated(order: WorkOrder, rung: Rung, told: int) -> OrderEscalated:
    return OrderEscalated(
        case_id=order.petition_id,
        subject_id=str(order.pk),
        clock=rung.clock,
        rung=rung.rung,
        unit=order.unit_id,
        told=told,
        what=rung.told,
    )


@deed
def warn(*, order_ids: Sequence[UUID], at: datetime) -> int:
    """Yellow: say once that an order which is still in hand is nearly due."""
    states = [state for state, named in ORDERS.clocks.items() if named in ("order.sign", "order.handle")]
    orders.lock_cases(order_ids=order_ids)
    rows = WorkOrder.objects.select_for_update(of=("self",)).filter(pk__in=order_ids, state__in=states)
    near = list(rows.filter(yellow_at__lte=at).order_by("pk"))
    record_many(
        [OrderWarned(case_id=one.petition_id, subject_id=str(one.pk), unit=one.unit_id) for one in near],
        actor=SYSTEM,
        at=at,
    )
    tell_nearly_due(near=near, at=at)
    return len(near)


@deed
def pass_up_late(*, petition_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """Nobody accepted, or dispatched: village → township → county → city. At the top the lateness is put on record."""
    late = in_stage(petition_ids=petition_ids, clock=clock)
    superior = superiors()
    steps, topped = [], []
    units = {
        unit.pk: unit
        for unit in Unit.objects.filter(pk__in={superior[one.center_id] for one in late if one.center_id in superior})
    }
    for petition in late:
        rung = rung_of(clock=clock, rung=petition.rung + 1)
        above = superior.get(petition.center_id)
        if rung is None or above is None:
            topped.append(petition.pk)
            continue
        wait = rung.wait(urgency=petition.urgency)
        steps.append(StepUp(petition=petition, to=units[above], rung=rung.rung, limit=wait))
    pass_up(steps=steps, clock=clock, at=at)
    note_overdue(petition_ids=topped, clock=clock, at=at)
    return len(steps)


def superiors() -> dict[int, int]:
    """Unit → the unit above it, for all units at once: a batch asks for hundreds."""
    return dict(Unit.objects.filter(superior__isnull=False).values_list("pk", "superior_id"))


def ancestor(superior: dict[int, int], unit_id: int, above: int) -> int | None:
    """The unit so many steps above another; None where the chain ends sooner."""
    found: int | None = unit_id
    for _step in range(above):
        found = superior.get(found) if found is not None else None
    return found
