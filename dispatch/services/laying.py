"""Laying the dates of orders anew: the one place in which they change, always with the cause and with new timers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dispatch.choices import OrderState
from dispatch.models import TimeRequest, WorkOrder
from dispatch.planning import Basis, Dates, lay
from dispatch.services import orders
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.timers import TimerSpec
from kernel.worktime import Pause, WorkCalendar
from petitions.models import Petition
from petitions.services.promising import STAGE_CLOCK, Moved, move_promises

LAID = (
    "half_at",
    "yellow_at",
    "handle_due_at",
    "calendar_version",
    "provisional",
    "laid",
    "rung",
    "counted_from",
    "counted_value",
    "counted_unit",
    "extension_days",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why dates are laid anew: a code, and the id of the request or the number of the calendar behind it."""

    code: str
    ref: str = ""


def basis_of(*, order: WorkOrder, pauses: Sequence[Pause]) -> Basis:
    """What the dates of an order rest on."""
    return Basis(
        start=order.counted_from,
        limit=order.counted,
        extension_days=order.extension_days,
        half=order.half_share,
        warn=order.warn_share,
        pauses=tuple(pauses),
    )


def dates_of(*, order: WorkOrder, pauses: Sequence[Pause], calendar: WorkCalendar) -> Dates:
    """The dates of an order as a calendar gives them."""
    return lay(basis=basis_of(order=order, pauses=pauses), calendar=calendar)


def pauses_of(*, order: WorkOrder) -> list[Pause]:
    """When the clock of an order stood still, also under earlier units of its round; a running pause to its end."""
    rows = TimeRequest.objects.pauses().filter(petition=order.petition_id, round=order.round)
    return [one.interval for one in rows]


def lay_anew(
    *,
    order: WorkOrder,
    petition: Petition,
    cause: Cause,
    actor: Actor,
    at: datetime,
    columns: tuple[str, ...] = (),
    holder: str = "",
) -> Dates:
    """Compute the dates again from what they rest on, move order and promise to them, and arm the timers anew.

    The caller has advanced the order, changed what its dates rest on, and called timers.hold() before it took locks.
    """
    dates = dates_of(order=order, pauses=pauses_of(order=order), calendar=current(at=at))
    promised = petition.due_at == order.handle_due_at
    note_moves([move_of(order, dates, cause.ref)], cause=cause.code, actor=actor, at=at)
    put(order, dates, at)
    orders.save(order=order, at=at, columns=(*LAID, *columns))
    moved = Moved(
        petition=petition,
        due_at=dates.due_at,
        provisional=dates.provisional,
        calendar_version=dates.calendar_version,
        promised=promised,
        holder=holder,
    )
    move_promises([moved], cause=cause.code, ref=cause.ref, actor=actor, at=at)
    timers.swap(stopped=["order.warn"], specs=specs_of(order, at), at=at)
    return dates


def keep_promise(order: WorkOrder, petition: Petition, actor: Actor, at: datetime) -> None:
    """Put the promise where its basis says it is by the calendar in force: what is done does not follow notices.

    The caller saves the petition.
    """
    if petition.due_at is None or petition.due_at != order.handle_due_at:
        return
    dates = dates_of(order=order, pauses=pauses_of(order=order), calendar=current(at=at))
    note_moves([promise_of(petition, dates)], cause=ClockCause.REPROJECTED, actor=actor, at=at)
    petition.due_at, petition.due_provisional = dates.due_at, dates.provisional


def promise_of(petition: Petition, dates: Dates) -> Move:
    """The row of the journal for the promise to the citizen."""
    assert petition.due_at is not None  # only a promise moves
    return Move(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        clock=STAGE_CLOCK,
        from_due=petition.due_at,
        to_due=dates.due_at,
        calendar_version=dates.calendar_version,
    )


def move_of(order: WorkOrder, dates: Dates, ref: str) -> Move:
    """The row of the journal for the date of handling."""
    return Move(
        case_id=order.petition_id,
        subject_id=str(order.pk),
        clock="order.handle",
        from_due=order.handle_due_at,
        to_due=dates.due_at,
        calendar_version=dates.calendar_version,
        ref=ref,
    )


def put(order: WorkOrder, dates: Dates, at: datetime) -> None:
    """Set the columns. What lies ahead again has climbed no rung yet."""
    order.handle_due_at, order.half_at, order.yellow_at = dates.due_at, dates.half_at, dates.yellow_at
    order.calendar_version, order.provisional = dates.calendar_version, dates.provisional
    order.laid += 1
    if dates.due_at > at and order.state in (OrderState.SIGNED, OrderState.PAUSED):
        order.rung = 0


def specs_of(order: WorkOrder, at: datetime) -> list[TimerSpec]:
    """The timers of handling. A warning that is over already is not given again."""
    own, case = str(order.pk), str(order.petition_id)
    due = [("order.handle", own, order.handle_due_at), (STAGE_CLOCK, case, order.handle_due_at)]
    if order.yellow_at > at:
        due.append(("order.warn", own, order.yellow_at))
    return [
        TimerSpec(kind=kind, case_id=order.petition_id, subject_id=subject, due_at=instant)
        for kind, subject, instant in due
    ]
