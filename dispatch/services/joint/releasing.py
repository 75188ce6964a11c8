"""Releasing units: no longer needed, not waited for any longer, or because the order itself has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dispatch.joint.choices import WAITED_FOR, ReleaseWhy
from dispatch.joint.events import TaskReleased
from dispatch.joint.workflow import TASKS
from dispatch.models import JointTask, WorkOrder
from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.events import record_many

RELEASED = ("state", "version", "changed_at", "released_at", "released_by", "released_why", "release_note")


def end_task(*, task: JointTask, why: str, actor: Actor, at: datetime, note: str = "") -> None:
    """Release one task; see end_tasks()."""
    end_tasks(tasks=[task], why=why, actor=actor, at=at, note=note)


def end_tasks(*, tasks: Sequence[JointTask], why: str, actor: Actor, at: datetime, note: str = "") -> None:
    """Release tasks and stop their clocks. What was due and not replied to was late, and that stays on record.

    The caller holds the lock of the order.
    """
    if not tasks:
        return
    happened = []
    for task in tasks:
        late = task.state in WAITED_FOR and task.due_at is not None and task.due_at < at
        if late:
            task.on_time = False
        TASKS.advance(task, "release", given={"note": note or why})
        task.version, task.changed_at = task.version + 1, at
        task.released_at, task.released_by_id = at, actor.user_id
        task.released_why, task.release_note = why, note
        happened.append(
            TaskReleased(
                case_id=task.petition_id,
                subject_id=str(task.order_id),
                task=str(task.pk),
                unit=task.unit_id,
                why=why,
                late=late,
            )
        )
    JointTask.objects.bulk_update(tasks, (*RELEASED, "on_time"))
    timers.cancel(subject_id=[str(one.pk) for one in tasks], at=at)
    record_many(happened, actor=actor, at=at)


def end_with_order(*, order: WorkOrder, at: datetime) -> None:
    """The order was returned, cancelled or given to another unit: nobody waits for a reply any more."""
    tasks: list[Any] = list(JointTask.objects.owing().filter(order=order).select_for_update(of=("self",)))
    end_tasks(tasks=tasks, why=ReleaseWhy.ORDER_ENDED, actor=SYSTEM, at=at)
