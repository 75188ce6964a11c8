"""Instructions of the centre: a task for a unit with a day, replied to by the unit, settled by the centre."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Message
from kernel.events import record
from kernel.ids import new_id
from organizations.models import Unit
from petitions.services.stages import end_of
from projects.choices import Asking, Decided
from projects.deadlines import LAST_DAY, LIMITS
from projects.events import Instructed, TaskDropped, TaskReplied, TaskSentBack, TaskSettled
from projects.models import Instruction, Month
from projects.queries.reading import end_of_day, today
from projects.services import telling
from projects.services.rows import identity, lay, project_for, save, start_clock, task_for
from projects.workflow import PROJECTS, TASKS


@deed
def instruct(
    *,
    project_id: Any,
    what: str,
    unit: int,
    due_on: date,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Instruction:
    """Give a unit something to do for a project by a day; it belongs to the month that is being dispatched."""
    project = project_for(project_id=project_id, move="instruct", actor=actor, version=version)
    PROJECTS.advance(project, "instruct", given={"what": what.strip(), "unit_id": unit, "due_on": due_on})
    fields: dict[str, list[Message]] = {}
    if due_on < today(at=at):
        fields["due_on"] = [_("This day is over.")]
    elif due_on > LAST_DAY:
        fields["due_on"] = [_("Not after the year 2199.")]
    if not Unit.objects.working().filter(pk=unit).exists():
        fields["unit"] = [_("There is no such unit.")]
    if fields:
        raise Invalid(_("The instruction is not complete."), fields=fields)
    task = Instruction.objects.create(
        id=new_id(at=at), project=project, number=project.instructions.count() + 1, what=what.strip(), unit_id=unit,
        month=Month.objects.filter(plan=project.plan_id).order_by("-month").first(), due_on=due_on,
        stage_due_at=end_of_day(due_on), given_at=at, given_by_id=actor.user_id, changed_at=at,
    )  # fmt: skip
    start_clock(row=task, flow=TASKS, at=at)
    save(row=project, at=at)
    happened = Instructed(**identity(task), task=task.number, unit=unit, due_on=due_on.isoformat())
    record(happened, actor=actor, at=at)
    telling.instructed(task=task, at=at)
    return task


@deed
def reply(*, task_id: Any, reply: str, actor: Actor, at: datetime, version: int | None = None) -> Instruction:
    """The unit says what it has done. Late is told apart, not refused."""
    task = task_for(task_id=task_id, move="reply", actor=actor, version=version)
    TASKS.advance(task, "reply", given={"reply": reply.strip()})
    task.late = task.late or at > task.stage_due_at
    task.reply, task.replied_at, task.replied_by_id = reply.strip(), at, actor.user_id
    lay(row=task, due_at=end_of(limit=LIMITS["project.reviewed"], at=at))
    save(row=task, at=at, columns=("reply", "replied_at", "replied_by_id", "late"))
    start_clock(row=task, flow=TASKS, at=at)
    happened = TaskReplied(**identity(task), task=task.number, unit=task.unit_id, on_time=not task.late)
    record(happened, actor=actor, at=at)
    telling.to_check(project=task.project, what=Asking.REPLY, once=f"{task.pk}:r{task.sent_back}", at=at)
    return task


@deed
def settle(*, task_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Instruction:
    """What was replied is enough."""
    task = task_for(task_id=task_id, move="settle", actor=actor, version=version)
    TASKS.advance(task, "settle")
    _end(task, actor, at)
    record(TaskSettled(**identity(task), task=task.number, unit=task.unit_id), actor=actor, at=at)
    return task


@deed
def send_back(*, task_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Instruction:
    """What was replied is not enough: the day stays, and lateness that there was."""
    task = task_for(task_id=task_id, move="send_back", actor=actor, version=version)
    TASKS.advance(task, "send_back", given={"note": note.strip()})
    task.note, task.sent_back = note.strip(), task.sent_back + 1
    lay(row=task, due_at=end_of_day(task.due_on))
    save(row=task, at=at, columns=("note", "sent_back"))
    start_clock(row=task, flow=TASKS, at=at)
    record(TaskSentBack(**identity(task), task=task.number, unit=task.unit_id), actor=actor, at=at)
    what = Decided.REPLY_BACK
    telling.decided(project=task.project, what=what, once=f"{task.pk}:b{task.sent_back}", at=at)
    telling.instructed(task=task, at=at)
    return task


@deed
def drop(*, task_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Instruction:
    """It is not needed any more, for a reason that stands beside it."""
    task = task_for(task_id=task_id, move="drop", actor=actor, version=version)
    TASKS.advance(task, "drop", given={"note": note.strip()})
    task.note = note.strip()
    _end(task, actor, at)
    record(TaskDropped(**identity(task), task=task.number, unit=task.unit_id), actor=actor, at=at)
    return task


def _end(task: Instruction, actor: Actor, at: datetime) -> None:
    task.ended_at, task.ended_by_id = at, actor.user_id
    lay(row=task, due_at=at)
    save(row=task, at=at, columns=("ended_at", "ended_by_id", "note"))
    timers.cancel(subject_id=str(task.pk), at=at)
