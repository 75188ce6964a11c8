"""What every deed on a task has in common: locks in order, the right, the version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.joint.policies import IN_HAND, task_verdict
from dispatch.joint.workflow import TASKS
from dispatch.models import JointTask, WorkOrder
from dispatch.services import orders
from kernel.errors import Missing, Stale, WrongState
from kernel.permissions import require
from kernel.timers import TimerSpec
from petitions.models import Petition


def locked(*, task_id: Any, version: int | None = None) -> tuple[JointTask, WorkOrder, Petition]:
    """A task with its order and petition, the petition locked first as for every deed of a case.

    Raises Missing, or Stale where `version` is not the task's current one.
    """
    order_id = JointTask.objects.filter(pk=task_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise Missing(_("This does not exist, or not for you."))
    order, petition = orders.locked(order_id=order_id)
    task: JointTask = JointTask.objects.locked(task_id, version=version)
    return task, order, petition


def require_in_hand(order: WorkOrder) -> None:
    """Raise WrongState for an order that is done or has ended: nobody works beside its lead any more."""
    if order.state not in IN_HAND:
        raise WrongState(_("This cannot be done in the present state."), details={"state": order.state})


def permitted(*, task: JointTask, order: WorkOrder, move: str, actor: Any) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed where the actor lacks the right."""
    TASKS.row(move=move, state=task.state)
    require(task_verdict(move=move, task=task, order=order, actor=actor))
    require_in_hand(order)


def save(*, task: JointTask, at: datetime, columns: tuple[str, ...]) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    task.version, task.changed_at = task.version + 1, at
    names = {"state", "version", "changed_at", *columns}
    rows = JointTask.objects.filter(pk=task.pk, version=task.version - 1)
    if not rows.update(**{name: getattr(task, name) for name in names}):
        raise Stale(_("This was changed in the meantime."))


def identity(task: JointTask) -> dict[str, Any]:
    """The fields by which every event of a task names its case, its order, itself and its unit."""
    return {
        "case_id": task.petition_id,
        "subject_id": str(task.order_id),
        "task": str(task.pk),
        "unit": task.unit_id,
    }


def spec(task: JointTask, *, kind: str, due_at: datetime) -> TimerSpec:
    """An alarm of this task."""
    return TimerSpec(kind=kind, case_id=task.petition_id, subject_id=str(task.pk), due_at=due_at)
