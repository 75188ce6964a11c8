"""A new holiday notice and the stages of petitions: computed anew from limit and start, step by step.

What is in the hands of a unit follows its work order, which does the same above.
"""

from __future__ import annotations

from datetime import datetime

from kernel import timers
from kernel.actors import SYSTEM
from kernel.bulk import write_columns
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.deeds import deed
from kernel.events import instant, record_many
from kernel.projecting import Step, Turn
from kernel.timers import TimerSpec
from kernel.worktime import Deadline, Limit, WorkCalendar, deadline
from petitions.choices import State
from petitions.events import PetitionReprojected
from petitions.models import Petition
from petitions.querysets import PetitionQuerySet
from petitions.workflow import WORKFLOW

Laid = tuple[Petition, Deadline]
COLUMNS = ("stage_due_at", "calendar_version", "version", "changed_at")
BASIS = ("stage_from", "stage_limit_value", "stage_limit_unit")
# Under DISPATCHED the date is that of the work order.
STATES = [state for state in WORKFLOW.clocks if state != State.DISPATCHED]


def count(version: int) -> int:
    """How many stages were computed with another version of the calendar."""
    return _waiting(version).count()


@deed
def take(*, turn: Turn) -> Step:
    """Look at the petitions of a turn; those whose date becomes another one are moved, with the reason."""
    rows, calendar = _waiting(turn.calendar.version), turn.calendar
    ids = list(turn.of(rows).values_list("pk", flat=True))
    if turn.write:
        timers.hold(subject_ids=[str(one) for one in ids])
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk__in=ids).only("state", *BASIS, *COLUMNS).order_by("pk")
    laid = [(one, _laid(one, calendar)) for one in found]
    moved = [(one, due) for one, due in laid if due.at != one.stage_due_at]
    later = sum(due.at > one.stage_due_at for one, due in moved if due.at)
    if turn.write:
        stay = [one.pk for one, due in laid if due.at == one.stage_due_at]
        _move(moved, calendar, turn.at)
        Petition.objects.filter(pk__in=stay).update(calendar_version=calendar.version)
    provisional = sum(due.provisional for _one, due in laid)
    last = str(ids[-1]) if len(ids) == turn.size else ""
    return Step(seen=len(laid), moved=len(moved), later=later, provisional=provisional, last=last)


def _waiting(version: int) -> PetitionQuerySet:
    waiting: PetitionQuerySet = Petition.objects.filter(
        state__in=STATES, stage_from__isnull=False, stage_limit_value__isnull=False
    ).exclude(calendar_version=version)
    return waiting


def _laid(petition: Petition, calendar: WorkCalendar) -> Deadline:
    assert petition.stage_limit_value is not None
    assert petition.stage_from is not None
    limit = Limit(petition.stage_limit_value, petition.stage_limit_unit)
    return deadline(start=petition.stage_from, limit=limit, calendar=calendar)


def _move(moved: list[Laid], calendar: WorkCalendar, at: datetime) -> None:
    if not moved:
        return
    note_moves([_noted(one, due, calendar) for one, due in moved], cause=ClockCause.REPROJECTED, actor=SYSTEM, at=at)
    events = [_said(one, due, calendar) for one, due in moved]
    for one, due in moved:
        assert due.at is not None  # only a pause leaves a limit without an end
        one.stage_due_at, one.calendar_version = due.at, calendar.version
        one.version, one.changed_at = one.version + 1, at
    write_columns([one for one, _due in moved], columns=COLUMNS)
    timers.replan([_spec(one) for one, _due in moved], at=at)
    record_many(events, actor=SYSTEM, at=at)


def _noted(petition: Petition, due: Deadline, calendar: WorkCalendar) -> Move:
    assert due.at is not None
    return Move(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        clock=WORKFLOW.clocks[petition.state],
        from_due=petition.stage_due_at,
        to_due=due.at,
        calendar_version=calendar.version,
    )


def _said(petition: Petition, due: Deadline, calendar: WorkCalendar) -> PetitionReprojected:
    assert due.at is not None
    return PetitionReprojected(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        clock=WORKFLOW.clocks[petition.state],
        from_due=instant(petition.stage_due_at),
        to_due=instant(due.at),
        calendar=calendar.version,
        provisional=due.provisional,
    )


def _spec(petition: Petition) -> TimerSpec:
    return TimerSpec(
        kind=WORKFLOW.clocks[petition.state],
        case_id=petition.pk,
        subject_id=str(petition.pk),
        due_at=petition.stage_due_at,
    )
