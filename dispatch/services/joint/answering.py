"""What a cooperating unit does with its task: receive it, by a named person, and reply to the lead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.deadlines import LIMITS
from dispatch.joint.events import TaskReceived, TaskReplied
from dispatch.joint.workflow import TASKS
from dispatch.models import JointTask
from dispatch.services.joint.common import identity, locked, permitted, save, spec
from dispatch.services.joint.telling import tell_replied
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from organizations.queries.people import people_posted
from petitions.services.stages import end_of


@deed
def receive(
    *, task_id: Any, actor: Actor, at: datetime, officer_id: int | None = None, version: int | None = None
) -> JointTask:
    """The unit takes its task and names who does it: the person who receives it, unless another one is named.

    Raises Invalid for a person who does not work for the unit.
    """
    task, order, _petition = locked(task_id=task_id, version=version)
    permitted(task=task, order=order, move="receive", actor=actor)
    officer = officer_id or actor.user_id
    if officer not in people_posted(unit_ids=[task.unit_id], at=at):
        raise Invalid(_("Name somebody of the unit."), fields={"officer": [_("Not of this unit.")]})
    TASKS.advance(task, "receive", given={"officer": officer})
    task.officer_id, task.received_at, task.received_by_id = officer, at, actor.user_id
    save(task=task, at=at, columns=("officer_id", "received_at", "received_by_id"))
    record(TaskReceived(**identity(task), officer=officer or 0), actor=actor, at=at)
    return task


@deed
def reply(*, task_id: Any, text: str, actor: Actor, at: datetime, version: int | None = None) -> JointTask:
    """Answer the lead within the task's own limit (首接负责制). What was late once stays late.

    The lead's clock for looking at the reply begins; the order's own is not touched.
    """
    task, order, petition = locked(task_id=task_id, version=version)
    permitted(task=task, order=order, move="reply", actor=actor)
    TASKS.advance(task, "reply", given={"text": text.strip()})
    assert task.due_at is not None  # a task that asks has a limit
    task.on_time = task.on_time is not False and at <= task.due_at
    task.reply, task.replied_at, task.replied_by_id, task.rung = text.strip(), at, actor.user_id, 0
    save(task=task, at=at, columns=("reply", "replied_at", "replied_by_id", "on_time", "rung"))
    judged_by = end_of(limit=LIMITS["joint.judge"][task.urgency], at=at)
    timers.swap(stopped=["joint.reply"], specs=[spec(task, kind="joint.judge", due_at=judged_by)], at=at)
    record(TaskReplied(**identity(task), on_time=task.on_time), actor=actor, at=at)
    tell_replied(task=task, order=order, petition=petition, due=judged_by, at=at)
    return task
