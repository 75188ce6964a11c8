"""What the lead says to a reply, and releasing a unit that is not needed any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.deadlines import LIMITS
from dispatch.joint.choices import ReleaseWhy
from dispatch.joint.events import TaskAccepted, TaskSentBack
from dispatch.joint.workflow import TASKS
from dispatch.models import JointTask, Progress
from dispatch.services import orders
from dispatch.services.joint.common import identity, locked, permitted, save, spec
from dispatch.services.joint.releasing import end_task
from dispatch.services.joint.telling import tell_released, tell_reply_sent_back
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import instant, record
from kernel.worktime import deadline


@deed
def accept(*, task_id: Any, actor: Actor, at: datetime, version: int | None = None) -> JointTask:
    """The lead takes the reply into what it will sign for."""
    task, order, _petition = locked(task_id=task_id, version=version)
    permitted(task=task, order=order, move="accept", actor=actor)
    TASKS.advance(task, "accept")
    task.judged_at, task.judged_by_id, task.rung = at, actor.user_id, 0
    save(task=task, at=at, columns=("judged_at", "judged_by_id", "rung"))
    timers.cancel(subject_id=str(task.pk), at=at)
    record(TaskAccepted(**identity(task)), actor=actor, at=at)
    return task


@deed
def send_back(*, task_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> JointTask:
    """Ask for another reply, and say what is lacking. Where too little of the limit is left, a short one begins anew.

    The reply that is sent back stays on record among the progress of the order.
    """
    timers.hold(subject_ids=[str(task_id)])
    task, order, petition = locked(task_id=task_id, version=version)
    permitted(task=task, order=order, move="send_back", actor=actor)
    TASKS.advance(task, "send_back", given={"note": note.strip()})
    Progress.objects.create(
        order=order,
        text=task.reply,
        unit_id=task.unit_id,
        reported_by_id=task.replied_by_id,
        reported_at=task.replied_at or at,
    )
    _lay_again(task, actor, at)
    task.lacking, task.sent_back, task.rung = note.strip(), task.sent_back + 1, 0
    task.judged_at, task.judged_by_id = at, actor.user_id
    clock = ("counted_from", "limit_value", "limit_unit", "due_at", "calendar_version", "provisional")
    save(task=task, at=at, columns=(*clock, "lacking", "sent_back", "rung", "judged_at", "judged_by_id"))
    assert task.due_at is not None
    timers.swap(stopped=["joint.judge"], specs=[spec(task, kind="joint.reply", due_at=task.due_at)], at=at)
    happened = TaskSentBack(**identity(task), times=task.sent_back, due_at=instant(task.due_at))
    record(happened, actor=actor, at=at)
    tell_reply_sent_back(task=task, petition=petition, at=at)
    return task


def _lay_again(task: JointTask, actor: Actor, at: datetime) -> None:
    limit = LIMITS["joint.again"][task.urgency]
    calendar = current(at=at)
    ends = deadline(start=at, limit=limit, calendar=calendar)
    assert ends.at is not None
    assert task.due_at is not None
    if task.due_at >= ends.at:
        return
    move = Move(
        case_id=task.petition_id,
        subject_id=str(task.pk),
        clock="joint.reply",
        from_due=task.due_at,
        to_due=ends.at,
        calendar_version=calendar.version,
    )
    note_moves([move], cause=ClockCause.SENT_BACK, actor=actor, at=at)
    task.counted_from, task.limit_value, task.limit_unit = at, limit.value, limit.unit
    task.due_at, task.provisional, task.calendar_version = ends.at, ends.provisional, calendar.version


@deed
def release(*, task_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> JointTask:
    """The unit is not needed any more, and why. It stops seeing the order among its own; its file stays as it was."""
    task, order, petition = locked(task_id=task_id, version=version)
    permitted(task=task, order=order, move="release", actor=actor)
    if not note.strip():
        raise Invalid(_("Something that this needs was left out."), fields={"note": [_("Required.")]})
    end_task(task=task, why=ReleaseWhy.NOT_NEEDED, note=note.strip(), actor=actor, at=at)
    order.assists = [one for one in order.assists if one != task.unit_id]
    orders.save(order=order, at=at, columns=("assists",))
    tell_released(task=task, petition=petition, at=at)
    return task
