"""A new holiday notice and the orders in hand: every date computed anew from what it rests on, with the promise.

Done orders are left as they were: what counted when the work was done counts for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.choices import IN_HAND, OrderState
from dispatch.deadlines import LIMITS
from dispatch.events import OrderReprojected
from dispatch.models import TimeRequest, WorkOrder
from dispatch.planning import Dates
from dispatch.querysets import OrderQuerySet
from dispatch.services.laying import dates_of, move_of, put, specs_of
from kernel import timers
from kernel.actors import SYSTEM
from kernel.bulk import write_columns
from kernel.choices import ClockCause, TimerState
from kernel.clock_journal import Move, note_moves
from kernel.deeds import deed
from kernel.events import instant, record_many
from kernel.models import Timer
from kernel.projecting import Step, Turn
from kernel.timers import TimerSpec
from kernel.worktime import Pause, WorkCalendar, deadline
from petitions.models import Petition
from petitions.services.promising import Moved, note_promises, put_promise

STATES = (*IN_HAND, OrderState.PAUSED)
RULED = {OrderState.RETURNING.value: "order.rule", OrderState.DISPUTED.value: "order.adjudicate"}
ORDER_COLUMNS = (
    "half_at",
    "yellow_at",
    "handle_due_at",
    "sign_due_at",
    "calendar_version",
    "provisional",
    "laid",
    "rung",
    "version",
    "changed_at",
)
BASIS_COLUMNS = (
    "petition_id",
    "unit_id",
    "state",
    "round",
    "urgency",
    "assigned_at",
    "counted_from",
    "counted_value",
    "counted_unit",
    "extension_days",
    "half_share",
    "warn_share",
)
PETITION_COLUMNS = ("due_at", "due_provisional", "stage_due_at", "calendar_version", "version", "changed_at")


@dataclass(slots=True)
class Laid:
    """An order with its new dates, and the end of signing where it waits for that."""

    order: WorkOrder
    dates: Dates
    sign_due_at: datetime

    @property
    def moved(self) -> bool:
        """Whether any date becomes another one."""
        return self.dates.due_at != self.order.handle_due_at or self.sign_due_at != self.order.sign_due_at


def count(version: int) -> int:
    """How many orders in hand were computed with another version of the calendar."""
    return _waiting(version).count()


@deed
def take(*, turn: Turn) -> Step:
    """Look at the orders of a turn; those whose dates become other ones are moved, with the reason."""
    rows, calendar = _waiting(turn.calendar.version), turn.calendar
    chosen = list(turn.of(rows).values_list("pk", "petition_id"))
    ids, cases = [pk for pk, _case in chosen], [case for _pk, case in chosen]
    petitions: dict[UUID, Petition] = {}
    if turn.write:
        timers.hold(subject_ids=[str(one) for pair in chosen for one in pair])
        locked = Petition.objects.select_for_update(of=("self",)).filter(pk__in=cases).order_by("pk")
        petitions = {one.pk: one for one in locked.only("state", "holder", *PETITION_COLUMNS)}
        rows = rows.select_for_update(of=("self",))
    pauses = _pauses(cases)
    found = rows.filter(pk__in=ids).only(*BASIS_COLUMNS, *ORDER_COLUMNS).order_by("pk")
    laid = [_lay(one, pauses.get((one.petition_id, one.round), ()), calendar) for one in found]
    moved = [one for one in laid if one.moved]
    later = sum(one.dates.due_at > one.order.handle_due_at for one in moved)
    if turn.write:
        _stay([one for one in laid if not one.moved], turn.at)
        _move(moved, petitions, turn.at)
        _move_rulings([one.order for one in laid if one.order.state in RULED], calendar, turn.at)
    return Step(
        seen=len(laid),
        moved=len(moved),
        later=later,
        provisional=sum(one.dates.provisional for one in laid),
        last=str(ids[-1]) if len(ids) == turn.size else "",
    )


def _waiting(version: int) -> OrderQuerySet:
    waiting: OrderQuerySet = WorkOrder.objects.filter(state__in=STATES).exclude(calendar_version=version)
    return waiting


def _pauses(cases: Iterable[UUID]) -> dict[tuple[UUID, int], list[Pause]]:
    found: dict[tuple[UUID, int], list[Pause]] = {}
    for one in TimeRequest.objects.pauses().filter(petition__in=list(cases)):
        found.setdefault((one.petition_id, one.round), []).append(one.interval)
    return found


def _lay(order: WorkOrder, pauses: Sequence[Pause], calendar: WorkCalendar) -> Laid:
    sign_due = order.sign_due_at
    if order.state == OrderState.ASSIGNED and order.rung == 0:
        limit = LIMITS["order.sign"][order.urgency]
        sign_due = deadline(start=order.assigned_at, limit=limit, calendar=calendar).at or sign_due
    return Laid(order, dates_of(order=order, pauses=pauses, calendar=calendar), sign_due)


def _stay(laid: list[Laid], at: datetime) -> None:
    """The ends are the same under the new calendar; the lights before them and what is provisional may not be."""
    turned: dict[bool, list[UUID]] = {True: [], False: []}
    for one in laid:
        if one.order.provisional is not one.dates.provisional:
            turned[one.dates.provisional].append(one.order.petition_id)
    warned = [one.order for one in laid if one.order.yellow_at != one.dates.yellow_at]
    for one in laid:
        one.order.half_at, one.order.yellow_at = one.dates.half_at, one.dates.yellow_at
        one.order.calendar_version, one.order.provisional = one.dates.calendar_version, one.dates.provisional
    write_columns([one.order for one in laid], columns=("half_at", "yellow_at", "calendar_version", "provisional"))
    for provisional, cases in turned.items():
        Petition.objects.filter(pk__in=cases).update(due_provisional=provisional)
    timers.replan([spec for order in warned for spec in specs_of(order, at) if spec.kind == "order.warn"], at=at)


def _move(moved: list[Laid], petitions: dict[UUID, Petition], at: datetime) -> None:
    if not moved:
        return
    promises = [_promise(one, petitions[one.order.petition_id]) for one in moved]
    note_moves(_noted(moved), cause=ClockCause.REPROJECTED, actor=SYSTEM, at=at)
    note_promises(promises, cause=ClockCause.REPROJECTED, ref="", actor=SYSTEM, at=at)
    events = [_said(one) for one in moved]
    for one in moved:
        put(one.order, one.dates, at)
        one.order.sign_due_at = one.sign_due_at
        one.order.version, one.order.changed_at = one.order.version + 1, at
    for promise in promises:
        put_promise(promise)
        promise.petition.version, promise.petition.changed_at = promise.petition.version + 1, at
    write_columns([one.order for one in moved], columns=ORDER_COLUMNS)
    write_columns([one.petition for one in promises], columns=PETITION_COLUMNS)
    timers.replan([spec for one in moved for spec in _specs(one.order, at)], at=at)
    record_many(events, actor=SYSTEM, at=at)


def _move_rulings(orders: list[WorkOrder], calendar: WorkCalendar, at: datetime) -> None:
    """Until when a return is ruled on stands with its timer alone; a rung that was climbed keeps its wait."""
    urgencies = {str(one.pk): one.urgency for one in orders if one.rung == 0}
    running = Timer.objects.filter(state=TimerState.ARMED, subject_id__in=urgencies, kind__in=RULED.values())
    specs = []
    for timer in running:
        limit = LIMITS[timer.kind][urgencies[timer.subject_id]]
        due = deadline(start=timer.started_at, limit=limit, calendar=calendar).at
        if due is not None and due != timer.due_at:
            specs.append(TimerSpec(kind=timer.kind, case_id=timer.case_id, subject_id=timer.subject_id, due_at=due))
    timers.replan(specs, at=at)


def _promise(one: Laid, petition: Petition) -> Moved:
    return Moved(
        petition=petition,
        due_at=one.dates.due_at,
        provisional=one.dates.provisional,
        calendar_version=one.dates.calendar_version,
        promised=petition.due_at == one.order.handle_due_at,
    )


def _noted(moved: Iterable[Laid]) -> list[Move]:
    rows = []
    for one in moved:
        rows.append(move_of(one.order, one.dates, ""))
        rows.append(
            Move(
                case_id=one.order.petition_id,
                subject_id=str(one.order.pk),
                clock="order.sign",
                from_due=one.order.sign_due_at,
                to_due=one.sign_due_at,
                calendar_version=one.dates.calendar_version,
            )
        )
    return rows


def _said(one: Laid) -> OrderReprojected:
    return OrderReprojected(
        case_id=one.order.petition_id,
        subject_id=str(one.order.pk),
        unit=one.order.unit_id,
        from_due=instant(one.order.handle_due_at),
        to_due=instant(one.dates.due_at),
        calendar=one.dates.calendar_version,
        provisional=one.dates.provisional,
    )


def _specs(order: WorkOrder, at: datetime) -> list[TimerSpec]:
    specs = specs_of(order, at)
    if order.state == OrderState.ASSIGNED and order.rung == 0:
        case, own = order.petition_id, str(order.pk)
        specs.append(TimerSpec(kind="order.sign", case_id=case, subject_id=own, due_at=order.sign_due_at))
    return specs
