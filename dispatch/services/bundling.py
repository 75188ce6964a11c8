"""Bundled clocks (捆绑计时): within a round the time of earlier units counts on, and the promise stays where it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from dispatch.models import TimeRequest, WorkOrder
from dispatch.planning import Basis, Dates, lay
from dispatch.services.laying import promise_of
from dispatch.services.lights import InForce
from dispatch.times import Outcome, TimeKind
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import note_moves
from kernel.worktime import Limit, Pause
from petitions.models import Petition
from petitions.services.handling import time_after_promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What the round of a petition has used already: since when, what was added and when it stood still."""

    since: datetime
    extension_days: int = 0
    pauses: list[Pause] = field(default_factory=list)


def rounds_of(*, petitions: Iterable[Petition]) -> dict[UUID, Round]:
    """The rounds that have begun, by petition. Two queries, none where nothing was promised yet."""
    promised = {one.pk: one.round for one in petitions if one.due_at is not None}
    if not promised:
        return {}
    rows = WorkOrder.objects.filter(petition__in=promised).order_by().values("petition_id", "round")
    begun = {row["petition_id"]: row["first"] for row in rows.annotate(first=Min("assigned_at")) if _own(row, promised)}
    asked = TimeRequest.objects.filter(petition__in=promised, outcome=Outcome.GRANTED).order_by("decided_at")
    found = {pk: Round(since=since) for pk, since in begun.items()}
    for one in asked:
        if one.petition_id in found and one.round == promised[one.petition_id]:
            found[one.petition_id] = _with(found[one.petition_id], one)
    return found


def _own(row: Mapping[str, object], promised: Mapping[UUID, int]) -> bool:
    return row["round"] == promised[row["petition_id"]]  # type: ignore[index]


def _with(round_: Round, one: TimeRequest) -> Round:
    if one.kind == TimeKind.EXTENSION:
        return Round(since=round_.since, extension_days=one.days or 0, pauses=round_.pauses)
    return Round(since=round_.since, extension_days=round_.extension_days, pauses=[*round_.pauses, one.interval])


def basis_for(
    *, petition: Petition, limit: Limit, round_: Round | None, lights: InForce, at: datetime
) -> tuple[Basis, Dates]:
    """What a new order's dates rest on, and the dates.

    The first of a round begins now with its own limit. A later one goes on with the promise, whatever was used of it;
    where that is over already, it has the time that is left to give after a promise was broken.
    """
    half, warn = lights.of(place=petition.place)
    calendar = current(at=at)
    if round_ is None or petition.limit_value is None:
        first = Basis(start=at, limit=limit, half=half, warn=warn)
        return first, lay(basis=first, calendar=calendar)
    bundled = Basis(
        start=round_.since,
        limit=Limit(petition.limit_value, petition.limit_unit),
        extension_days=round_.extension_days,
        half=half,
        warn=warn,
        pauses=tuple(round_.pauses),
    )
    dates = lay(basis=bundled, calendar=calendar)
    if dates.due_at > at:
        return bundled, dates
    rest = Basis(start=at, limit=time_after_promise(petition=petition), half=half, warn=warn)
    return rest, lay(basis=rest, calendar=calendar)


def keep_promises(*, given: Iterable[tuple[Petition, Basis, Dates]], actor: Actor, at: datetime) -> None:
    """Put a promise where its basis says it is now: a pause that ended early or a notice may have moved it meanwhile.

    The caller saves the petition.
    """
    moved = [
        (petition, dates)
        for petition, basis, dates in given
        if petition.due_at is not None and basis.start < at and dates.due_at != petition.due_at
    ]
    for petition, dates in moved:
        assert petition.due_at is not None
        cause = ClockCause.RESUMED if dates.calendar_version == petition.calendar_version else ClockCause.REPROJECTED
        note_moves([promise_of(petition, dates)], cause=cause, actor=actor, at=at)
        petition.due_at, petition.due_provisional = dates.due_at, dates.provisional
