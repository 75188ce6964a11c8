"""Opening an order: by the list where it has an answer, by the centre where it has none."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dispatch.choices import OPEN_ORDERS, OrderState, RouteReason
from dispatch.deadlines import HALF_AT, LIMITS, WARN_AT
from dispatch.events import OrderAssigned, OrderCancelled
from dispatch.models import WorkOrder
from dispatch.queries import fallback_limit, route_of
from dispatch.routing import Nowhere, Route
from dispatch.services import orders
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.calendars import current
from kernel.deeds import deed
from kernel.errors import Invalid, WrongState
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.timers import TimerSpec
from kernel.worktime import Limit, deadline, point_at
from organizations.models import Unit
from petitions.choices import State
from petitions.models import Petition
from petitions.queries import verdict_on
from petitions.services import handling
from petitions.services.stages import end_of
from petitions.services.stages import locked as locked_petition


@deed
def open_order(*, petition_id: Any, at: datetime) -> WorkOrder | None:
    """Dispatch an accepted petition by the list; where the list is silent it is put to the centre as unroutable.

    Does nothing where the petition is no longer waiting to be dispatched: a delivery may come late.
    """
    petition = locked_petition(petition_id=petition_id)
    if petition.state != State.ACCEPTED:
        return None
    decided = route_of(petition=petition, at=at)
    if petition.round > 1:
        decided = _same_unit(petition, decided)
    if isinstance(decided, Nowhere):
        handling.mark_unroutable(petition=petition, reason=decided.reason, actor=SYSTEM, at=at)
        return None
    return _open(petition, decided, actor=SYSTEM, at=at, bound=decided.reason == RouteReason.SAME_UNIT)


def _same_unit(petition: Petition, decided: Route | Nowhere) -> Route | Nowhere:
    """Dissatisfied: whoever handled it handles it again, with a fresh limit (R11)."""
    handled = WorkOrder.objects.filter(petition=petition, state=OrderState.CLOSED)
    earlier = handled.order_by("-assigned_at").first()
    if earlier is None or WorkOrder.objects.filter(petition=petition, round=petition.round).exists():
        return decided  # a return in the second round is for the list, or the centre, to answer
    return Route(
        unit_id=earlier.unit_id,
        entry_id=earlier.entry_id,
        entry_code=str(earlier.decision.get("entry", "")),
        reason=RouteReason.SAME_UNIT,
        limit=earlier.limit,
        basis=str(earlier.decision.get("basis", "")),
        assists=tuple(earlier.assists),
        refused=decided.refused,
    )


@deed
def assign(
    *,
    petition_id: Any,
    unit_id: int,
    actor: Actor,
    at: datetime,
    instruction: str = "",
    version: int | None = None,
) -> WorkOrder:
    """The centre names the unit (R1). A body that the list lets only cooperate cannot be made to lead (R4)."""
    petition = locked_petition(petition_id=petition_id, version=version)
    require(verdict_on(capability="order.assign", petition=petition, actor=actor))
    if petition.state != State.ACCEPTED:
        raise WrongState(_("This cannot be done in the present state."), details={"state": petition.state})
    return _open(petition, _by_center(petition, unit_id, at), actor=actor, at=at, instruction=instruction, bound=True)


@deed
def reassign(
    *, order_id: Any, unit_id: int, note: str, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """Take an order from its unit and give it to another; the promise to the citizen does not move."""
    order, petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="reassign", actor=actor)
    if unit_id == order.unit_id:
        raise Invalid(_("This unit has it already."), fields={"unit": [_("The same unit.")]})
    route = _by_center(petition, unit_id, at)
    WORKFLOW.advance(order, "reassign", given={"unit": unit_id, "note": note.strip()})
    _end(order, why="reassigned", actor=actor, at=at)
    handling.recall(petition=petition, reason="reassigned", actor=actor, at=at)
    return _open(petition, route, actor=actor, at=at, instruction=note, bound=True)


@deed
def cancel_open(*, petition_id: Any, why: str, at: datetime) -> None:
    """The petition is gone: whatever order was open for it ends."""
    locked_petition(petition_id=petition_id)
    for order in WorkOrder.objects.select_for_update().filter(petition=petition_id, state__in=OPEN_ORDERS):
        WORKFLOW.advance(order, "cancel")
        _end(order, why=why, actor=SYSTEM, at=at)


def _end(order: WorkOrder, *, why: str, actor: Actor, at: datetime) -> None:
    order.ended_at = at
    orders.save(order=order, at=at, columns=("ended_at",))
    timers.cancel(subject_id=str(order.pk), at=at)
    record(OrderCancelled(**orders.identity(order), unit=order.unit_id, why=why), actor=actor, at=at)


def _by_center(petition: Petition, unit_id: int, at: datetime) -> Route:
    unit = Unit.objects.working().filter(pk=unit_id).first()
    if unit is None:
        raise Invalid(_("There is no such unit."), fields={"unit": [_("Unknown unit.")]})
    listed = route_of(petition=petition, at=at)
    if isinstance(listed, Route) and unit_id in listed.assists:
        raise Invalid(
            _("The list lets this unit only cooperate; it cannot be made to lead."),
            code="only_cooperating",
            fields={"unit": [_("Only cooperating.")]},
        )
    same = isinstance(listed, Route) and listed.unit_id == unit_id
    if isinstance(listed, Route) and same:
        return listed
    refused = listed.refused
    if isinstance(listed, Route):
        passed_over = {"entry": listed.entry_code, "unit": listed.unit_id, "duty": "lead", "reason": "center"}
        refused = (passed_over, *refused)
    return Route(
        unit_id=unit_id,
        entry_id=None,
        entry_code="",
        reason=RouteReason.BY_CENTER,
        limit=fallback_limit(petition=petition),
        basis="",
        assists=(),
        refused=refused,
    )


def _open(
    petition: Petition, route: Route, *, actor: Actor, at: datetime, bound: bool = False, instruction: str = ""
) -> WorkOrder:
    due = deadline(start=at, limit=route.limit, calendar=current(at=at))
    assert due.at is not None  # only a pause leaves a limit without an end
    order = WorkOrder(
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
        instruction=instruction.strip(),
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
        bound=bound,
    )
    order.save(force_insert=True)
    handling.mark_dispatched(
        petition=petition,
        unit_id=route.unit_id,
        involved=route.assists,
        limit=route.limit,
        due_at=due.at,
        provisional=due.provisional,
        actor=actor,
        at=at,
    )
    _start_clocks(order, at)
    record(_assigned(order, route), actor=actor, at=at)
    return order


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
