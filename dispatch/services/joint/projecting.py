"""A new holiday notice and the tasks that wait for a reply: every date computed anew from what it rests on."""

from __future__ import annotations

from datetime import datetime

from dispatch.joint.choices import WAITED_FOR
from dispatch.joint.events import TaskReprojected
from dispatch.models import JointTask
from dispatch.querysets import JointTaskQuerySet
from dispatch.services.joint.common import spec
from kernel import timers
from kernel.actors import SYSTEM
from kernel.bulk import write_columns
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.deeds import deed
from kernel.events import instant, record_many
from kernel.projecting import Step, Turn
from kernel.worktime import Deadline, WorkCalendar, deadline

STAYED = ("calendar_version", "provisional")
MOVED = (*STAYED, "due_at", "rung", "version", "changed_at")


def count(version: int) -> int:
    """How many tasks that wait for a reply were computed with another version of the calendar."""
    return _waiting(version).count()


@deed
def take(*, turn: Turn) -> Step:
    """Look at the tasks of a turn; those whose date becomes another one are moved, with the reason."""
    calendar, at = turn.calendar, turn.at
    rows = _waiting(calendar.version)
    ids = [one.pk for one in turn.of(rows.only("pk"))]
    if turn.write:
        timers.hold(subject_ids=[str(one) for one in ids])
        rows = rows.select_for_update(of=("self",))
    laid = [(one, _lay(one, calendar)) for one in rows.filter(pk__in=ids).order_by("pk")]
    moved = [(task, ends) for task, ends in laid if ends.at != task.due_at]
    later = sum(ends.at > task.due_at for task, ends in moved if ends.at is not None and task.due_at is not None)
    if turn.write:
        _stay([(task, ends) for task, ends in laid if ends.at == task.due_at], calendar)
        _move(moved, calendar, at)
    return Step(
        seen=len(laid),
        moved=len(moved),
        later=later,
        provisional=sum(ends.provisional for _task, ends in laid),
        last=str(ids[-1]) if len(ids) == turn.size else "",
    )


def _waiting(version: int) -> JointTaskQuerySet:
    waiting: JointTaskQuerySet = (
        JointTask.objects.owing().filter(state__in=WAITED_FOR).exclude(calendar_version=version)
    )
    return waiting


def _lay(task: JointTask, calendar: WorkCalendar) -> Deadline:
    assert task.counted_from is not None
    assert task.limit is not None
    return deadline(start=task.counted_from, limit=task.limit, calendar=calendar)


def _stay(laid: list[tuple[JointTask, Deadline]], calendar: WorkCalendar) -> None:
    for task, ends in laid:
        task.calendar_version, task.provisional = calendar.version, ends.provisional
    write_columns([task for task, _ends in laid], columns=STAYED)


def _move(moved: list[tuple[JointTask, Deadline]], calendar: WorkCalendar, at: datetime) -> None:
    if not moved:
        return
    note_moves(
        [_noted(task, ends, calendar) for task, ends in moved], cause=ClockCause.REPROJECTED, actor=SYSTEM, at=at
    )
    events = [_said(task, ends, calendar) for task, ends in moved]
    for task, ends in moved:
        task.due_at, task.calendar_version, task.provisional = ends.at, calendar.version, ends.provisional
        task.version, task.changed_at = task.version + 1, at
        if ends.at is not None and ends.at > at:
            task.rung = 0
    write_columns([task for task, _ends in moved], columns=MOVED)
    specs = [spec(task, kind="joint.reply", due_at=task.due_at) for task, _ends in moved if task.due_at is not None]
    timers.replan(specs, at=at)
    record_many(events, actor=SYSTEM, at=at)


def _noted(task: JointTask, ends: Deadline, calendar: WorkCalendar) -> Move:
    assert task.due_at is not None
    assert ends.at is not None
    return Move(
        case_id=task.petition_id,
        subject_id=str(task.pk),
        clock="joint.reply",
        from_due=task.due_at,
        to_due=ends.at,
        calendar_version=calendar.version,
    )


def _said(task: JointTask, ends: Deadline, calendar: WorkCalendar) -> TaskReprojected:
    assert task.due_at is not None
    assert ends.at is not None
    return TaskReprojected(
        case_id=task.petition_id,
        subject_id=str(task.order_id),
        task=str(task.pk),
        unit=task.unit_id,
        from_due=instant(task.due_at),
        to_due=instant(ends.at),
        calendar=calendar.version,
    )
