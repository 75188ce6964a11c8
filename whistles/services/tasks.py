"""What becomes of a task: the lead reports it done, the issuer's side confirms it, sends it back or drops it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, Stale
from kernel.events import instant, record
from kernel.permissions import require
from kernel.timers import TimerSpec
from petitions.services.stages import end_of
from whistles.deadlines import limit_of
from whistles.events import TaskConfirmed, TaskDropped, TaskReported, TaskSentBack
from whistles.models import Task, Whistle
from whistles.queries import task_move_verdict
from whistles.services import closing, tellings, whistles
from whistles.workflow import TASKS

CLOCKS = ("whistle.do", "whistle.check")


@deed
def report(*, task_id: Any, report: str, actor: Actor, at: datetime, version: int | None = None) -> Task:
    """The lead says that it is done, and what was done."""
    task, whistle = _locked(task_id, version)
    _permitted(task, "report", actor)
    TASKS.advance(task, "report", given={"report": report.strip()})
    on_time = at <= task.stage_due_at and not task.late
    task.report, task.reported_at, task.reported_by_id = report.strip(), at, actor.user_id
    task.late = not on_time
    task.stage_due_at = end_of(limit=limit_of(clock="whistle.check", kind=whistle.kind), at=at)
    task.stage_from = at
    _save(task, at, ("report", "reported_at", "reported_by_id", "late"))
    _start_clock(task, whistle, at)
    happened = TaskReported(**whistles.identity(whistle), task=task.number, unit=task.unit_id, on_time=on_time)
    record(happened, actor=actor, at=at)
    tellings.task_reported(whistle=whistle, task=task, at=at)
    return task


@deed
def confirm(*, task_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Task:
    """It is done: never said by whoever reported it. The last one opens the time to score."""
    task, whistle = _locked(task_id, version)
    _permitted(task, "confirm", actor)
    TASKS.advance(task, "confirm")
    _end(task, whistle, actor, at)
    happened = TaskConfirmed(**whistles.identity(whistle), task=task.number, unit=task.unit_id, on_time=not task.late)
    record(happened, actor=actor, at=at)
    closing.settle(whistle=whistle, actor=actor, at=at)
    return task


@deed
def send_back(*, task_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Task:
    """It is not done well enough: the lead goes on, with as much time again; lateness that there was stays."""
    task, whistle = _locked(task_id, version)
    _permitted(task, "send_back", actor)
    TASKS.advance(task, "send_back", given={"note": note.strip()})
    task.note, task.sent_back = note.strip(), task.sent_back + 1
    task.stage_from, task.stage_due_at = at, end_of(limit=task.limit, at=at)
    _save(task, at, ("note", "sent_back"))
    _start_clock(task, whistle, at)
    happened = TaskSentBack(
        **whistles.identity(whistle), task=task.number, unit=task.unit_id, due_at=instant(task.stage_due_at)
    )
    record(happened, actor=actor, at=at)
    tellings.task_sent_back(whistle=whistle, task=task, at=at)
    return task


@deed
def drop(*, task_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Task:
    """The task is not needed any more, for a reason that stands beside it; it counts neither as done nor as given."""
    task, whistle = _locked(task_id, version)
    _permitted(task, "drop", actor)
    TASKS.advance(task, "drop", given={"note": note.strip()})
    task.note = note.strip()
    _end(task, whistle, actor, at)
    record(TaskDropped(**whistles.identity(whistle), task=task.number, unit=task.unit_id), actor=actor, at=at)
    closing.settle(whistle=whistle, actor=actor, at=at)
    return task


def _locked(task_id: Any, version: int | None) -> tuple[Task, Whistle]:
    """The task and its whistle, the whistle locked first: the last task of a whistle changes it too."""
    whistle_id = Task.objects.filter(pk=task_id).values_list("whistle_id", flat=True).first()
    if whistle_id is None:
        raise Missing(_("This does not exist, or not for you."))
    whistle = whistles.locked(whistle_id=whistle_id)
    task: Task = Task.objects.locked(task_id, version=version)
    task.whistle = whistle
    return task, whistle


def _permitted(task: Task, move: str, actor: Actor) -> None:
    TASKS.row(move=move, state=task.state)
    require(task_move_verdict(move=move, task=task, actor=actor))


def _end(task: Task, whistle: Whistle, actor: Actor, at: datetime) -> None:
    task.ended_at, task.ended_by_id, task.stage_due_at = at, actor.user_id, at
    _save(task, at, ("ended_at", "ended_by_id", "note"))
    timers.cancel(subject_id=str(task.pk), at=at)


def _save(task: Task, at: datetime, columns: tuple[str, ...]) -> None:
    task.version += 1
    task.changed_at, task.rung = at, 0
    names = {"state", "version", "changed_at", "stage_from", "stage_due_at", "rung", *columns}
    written = Task.objects.filter(pk=task.pk, version=task.version - 1).update(
        **{name: getattr(task, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def _start_clock(task: Task, whistle: Whistle, at: datetime) -> None:
    spec = TimerSpec(
        kind=TASKS.clocks[task.state], case_id=whistle.case_id, subject_id=str(task.pk), due_at=task.stage_due_at
    )
    timers.swap(stopped=CLOCKS, specs=[spec], at=at)
