"""What a lead settles with the units beside it before it signs for the whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.joint.choices import TaskState
from dispatch.models import JointTask
from dispatch.services.joint import judging
from governance.demo.simulation.cases import Case
from kernel.actors import Actor

NOT_NEEDED = "主办单位已先行办结，不再需要。"
WITHOUT = "该单位未按期回复，主办单位已自行核实处置。"


def settle(case: Case, *, lead: Actor, at: datetime) -> dict[str, Any]:
    """Accept what was replied and release who still has time; who is late is named as the lead completes.

    Returns what completing is told.
    """
    assert case.order is not None
    said: dict[str, Any] = {"actor": lead, "at": at}
    if not case.told["joint.given"]:
        return said
    for task in JointTask.objects.owing().filter(order=case.order.id).order_by("unit__code"):
        if task.state == TaskState.REPLIED:
            judging.accept(task_id=task.pk, actor=lead, at=at)
        elif task.due_at is not None and task.due_at >= at:
            judging.release(task_id=task.pk, note=NOT_NEEDED, actor=lead, at=at)
        else:
            said["without"] = WITHOUT
    return said
