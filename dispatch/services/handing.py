"""Handing a petition out: the order is written, its clocks run, and everybody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.deadlines import LIMITS
from dispatch.events import OrderAssigned
from dispatch.models import JointTask, WorkOrder
from dispatch.planning import Basis, Dates
from dispatch.routing import Route
from dispatch.services import orders
from dispatch.services.bundling import Round, basis_for, keep_promises, rounds_of
from dispatch.services.counting import count_first_units
from dispatch.services.joint.giving import clocks_of, given_of, tasks_of
from dispatch.services.lights import InForce, in_force
from dispatch.services.telling import tell_assigned
from kernel import timers
from kernel.actors import Actor
from kernel.events import instant, record_many
from kernel.ids import new_id
from kernel.timers import TimerSpec
from petitions.models import Petition
from petitions.services import handling
from petitions.services.stages import end_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """A locked petition and the route it takes. `bound`: the unit may not give it back."""

    petition: Petition
    route: Route
    bound: bool = False
    instruction: str = ""


def hand_out(
    *, petition: Petition, route: Route, actor: Actor, at: datetime, bound: bool = False, instruction: str = ""
) -> WorkOrder:
    """Write the order of one petition; see hand_out_all()."""
    handing = Handing(petition=petition, route=route, bound=bound, instruction=instruction)
    return hand_out_all([handing], actor=actor, at=at)[0]


def hand_out_all(handings: Sequence[Handing], *, actor: Actor, at: datetime) -> list[WorkOrder]:
    """Write the orders of these routes, start their clocks and put them on record, many as one."""
    lights, rounds = in_force(at=at), rounds_of(petitions=[one.petition for one in handings])
    laid = [_laid(one, rounds, lights, at) for one in handings]
    written = [
        _order(one, basis, dates, at, by=actor.user_id) for one, (basis, dates) in zip(handings, laid, strict=True)
    ]
    WorkOrder.objects.bulk_create(written)
    tasks = [
        tasks_of(order=order, beside=one.route.beside, actor=actor, at=at)
        for one, order in zip(handings, written, strict=True)
    ]
    beside = [task for some in tasks for task in some]
    if beside:
        JointTask.objects.bulk_create(beside)
    keep_promises(given=[(one.petition, *both) for one, both in zip(handings, laid, strict=True)], actor=actor, at=at)
    count_first_units(written=written)
    handling.mark_dispatched(
        given=[_responsible(one, order) for one, order in zip(handings, written, strict=True)], actor=actor, at=at
    )
    timers.start_many([*(spec for order in written for spec in _clocks(order)), *clocks_of(beside)], at=at, fresh=True)
    assigned = [_assigned(order, one.route) for one, order in zip(handings, written, strict=True)]
    given = [given_of(order=order, tasks=some) for order, some in zip(written, tasks, strict=True) if some]
    record_many([*assigned, *given], actor=actor, at=at)
    told = [(order, one.petition) for one, order in zip(handings, written, strict=True)]
    tell_assigned(given=told, beside=beside, at=at)
    return written


def _responsible(handing: Handing, order: WorkOrder) -> handling.Responsible:
    return handling.Responsible(
        petition=handing.petition,
        unit_id=order.unit_id,
        involved=handing.route.assists,
        limit=handing.route.limit,
        due_at=order.handle_due_at,
        provisional=order.provisional,
    )


def _laid(handing: Handing, rounds: dict[UUID, Round], lights: InForce, at: datetime) -> tuple[Basis, Dates]:
    petition = handing.petition
    return basis_for(petition=petition, limit=handing.route.limit, round_=rounds.get(petition.pk), lights=lights, at=at)


def _order(handing: Handing, basis: Basis, dates: Dates, at: datetime, *, by: int | None) -> WorkOrder:
    petition, route = handing.petition, handing.route
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
        counted_from=basis.start,
        counted_value=basis.limit.value,
        counted_unit=basis.limit.unit,
        extension_days=basis.extension_days,
        half_share=basis.half,
        warn_share=basis.warn,
        calendar_version=dates.calendar_version,
        provisional=dates.provisional,
        assigned_at=at,
        assigned_by_id=by,
        waited_from=petition.stage_from,
        sign_due_at=end_of(limit=LIMITS["order.sign"][petition.urgency], at=at),
        half_at=dates.half_at,
        yellow_at=dates.yellow_at,
        handle_due_at=dates.due_at,
        changed_at=at,
        bound=handing.bound,
        instruction=handing.instruction.strip(),
    )


def _clocks(order: WorkOrder) -> list[TimerSpec]:
    due = {"order.sign": order.sign_due_at, "order.warn": order.yellow_at, "order.handle": order.handle_due_at}
    return [
        TimerSpec(kind=kind, case_id=order.petition_id, subject_id=str(order.pk), due_at=instant_due)
        for kind, instant_due in due.items()
    ]


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
