"""Why this deadline: the whole calculation as data, from the limit and its source to the date, with every move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dispatch.choices import LimitBy
from dispatch.clocks import NAMES as ORDER_CLOCKS
from dispatch.models import TimeRequest, WorkOrder
from dispatch.services.laying import dates_of
from dispatch.times import TimeKind
from kernel.clock_journal import moves_of
from kernel.models import CalendarDay, CalendarVersion, ClockChange
from kernel.worktime import Limit, Pause, WorkCalendar, budget_end, share_used
from petitions.choices import State
from petitions.clocks import NAMES as STAGE_CLOCKS
from petitions.clocks import clock_of_stage
from petitions.models import Petition

CLOCKS = {**STAGE_CLOCKS, **ORDER_CLOCKS}
END = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One unit's turn in the round, and which share of the whole limit it used."""

    unit_id: int
    unit: str
    since: datetime
    until: datetime
    share: float
    here: bool

    @property
    def percent(self) -> int:
        """The share in whole percent."""
        return round(100 * self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """The calculation. `agrees`: computed again from its parts just now it gives the date that is stored."""

    clock: str
    name: str | Promise
    limit: Limit
    source: str | Promise
    entry: str
    basis: str
    urgency: str | Promise
    start: datetime
    due_at: datetime
    base_due_at: datetime | None
    extension_days: int
    provisional: bool
    agrees: bool
    version: CalendarVersion | None
    days: Sequence[CalendarDay]
    pauses: Sequence[TimeRequest]
    extensions: Sequence[TimeRequest]
    held: Sequence[Held]
    moves: Sequence[ClockChange]
    lights: tuple[tuple[int, datetime], ...] = ()


def of_order(*, order: WorkOrder, at: datetime, calendar: WorkCalendar) -> Reckoning:
    """The calculation behind an order's date of handling. `calendar` is the one in force. Six queries."""
    asked = list(
        TimeRequest.objects.filter(petition=order.petition_id, round=order.round)
        .select_related("unit", "asked_by", "decided_by")
        .order_by("asked_at")
    )
    paused = [one for one in asked if one.since is not None]
    intervals = [one.interval for one in paused]
    version = CalendarVersion.objects.filter(number=order.calendar_version).first()
    base = budget_end(start=order.counted_from, limit=order.counted, extra_days=0, calendar=calendar, pauses=intervals)
    dates = dates_of(order=order, pauses=intervals, calendar=calendar)
    return Reckoning(
        clock="order.handle",
        name=CLOCKS["order.handle"],
        limit=order.counted,
        source=_source(order),
        entry=str(order.decision.get("entry", "")),
        basis=str(order.decision.get("basis", "")),
        urgency=order.petition.get_urgency_display(),
        start=order.counted_from,
        due_at=order.handle_due_at,
        base_due_at=base.at if order.extension_days else None,
        extension_days=order.extension_days,
        provisional=order.provisional,
        agrees=order.calendar_version != calendar.version or dates.due_at == order.handle_due_at,
        version=version,
        days=days_inside(version=version, since=order.counted_from, until=order.handle_due_at, calendar=calendar),
        pauses=paused,
        extensions=[one for one in asked if one.kind == TimeKind.EXTENSION],
        held=_held(order, intervals, at, calendar),
        moves=_told_once(moves_of(subject_ids=[order.pk, order.petition_id])),
        lights=((int(100 * order.half_share), order.half_at), (int(100 * order.warn_share), order.yellow_at)),
    )


def of_stage(*, petition: Petition, calendar: WorkCalendar) -> Reckoning | None:
    """The calculation behind the stage that a petition stands in; None where no clock runs or it was not kept."""
    clock = clock_of_stage(petition.state)
    if clock is None or petition.stage_from is None or petition.stage_limit_value is None:
        return None
    limit = Limit(petition.stage_limit_value, petition.stage_limit_unit)
    version = CalendarVersion.objects.filter(number=petition.calendar_version).first()
    end = budget_end(start=petition.stage_from, limit=limit, extra_days=0, calendar=calendar)
    return Reckoning(
        clock=clock,
        name=CLOCKS[clock],
        limit=limit,
        source=LimitBy.URGENCY.label,
        entry="",
        basis="",
        urgency=petition.get_urgency_display(),
        start=petition.stage_from,
        due_at=petition.stage_due_at,
        base_due_at=None,
        extension_days=0,
        provisional=end.provisional,
        agrees=petition.calendar_version != calendar.version or end.at == petition.stage_due_at,
        version=version,
        days=days_inside(version=version, since=petition.stage_from, until=petition.stage_due_at, calendar=calendar),
        pauses=(),
        extensions=(),
        held=(),
        moves=moves_of(subject_ids=[petition.pk]),
    )


def days_inside(
    *, version: CalendarVersion | None, since: datetime, until: datetime, calendar: WorkCalendar
) -> list[CalendarDay]:
    """The holidays and make-up days of a version after the day of the start, up to the last day."""
    if version is None:
        return []
    first: date = calendar.local(since).date()
    last: date = calendar.local(until - END).date()
    return list(CalendarDay.objects.filter(version=version, date__gt=first, date__lte=last).order_by("date"))


def _source(order: WorkOrder) -> str | Promise:
    own = order.counted_from >= order.assigned_at
    if own and (order.counted_from > order.assigned_at or order.counted != order.limit):
        return _("what a unit has after the promise was broken")
    said = str(order.decision.get("limit_by", ""))
    return LimitBy(said).label if said in LimitBy.values else LimitBy.ENTRY.label


def _held(order: WorkOrder, pauses: Sequence[Pause], at: datetime, calendar: WorkCalendar) -> list[Held]:
    """The turns of this round's units. Their shares add up to the share that is used, with what lay between them."""
    rows = WorkOrder.objects.filter(petition=order.petition_id, round=order.round).select_related("unit")
    run: dict[str, Any] = {
        "start": order.counted_from,
        "limit": order.counted,
        "calendar": calendar,
        "pauses": pauses,
        "due": order.handle_due_at,
    }
    turns = []
    for one in rows.order_by("assigned_at"):
        until = one.completed_at or one.ended_at or at
        used = share_used(at=until, **run) - share_used(at=one.assigned_at, **run)
        turns.append(
            Held(
                unit_id=one.unit_id,
                unit=str(one.unit),
                since=one.assigned_at,
                until=until,
                share=max(used, 0.0),
                here=one.pk == order.pk,
            )
        )
    return turns


def _told_once(moves: Iterable[ClockChange]) -> list[ClockChange]:
    """Order and promise move together: one line for both."""
    seen: set[tuple[datetime, datetime, datetime]] = set()
    told = []
    for one in moves:
        key = (one.changed_at, one.from_due, one.to_due)
        if key not in seen:
            seen.add(key)
            told.append(one)
    return told


def reckoning_of(*, petition: Petition, at: datetime, calendar: WorkCalendar) -> Reckoning | None:
    """That of the order which a unit has in hand, or had last; before there is one, that of the stage."""
    if petition.state == State.DISPATCHED or petition.stage_limit_value is None:
        rows = WorkOrder.objects.filter(petition=petition).select_related("petition", "unit")
        order = rows.order_by("-assigned_at").first()
        return of_order(order=order, at=at, calendar=calendar) if order else None
    return of_stage(petition=petition, calendar=calendar)
