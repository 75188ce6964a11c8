"""A task that is late is brought to the superior of whoever is late: each rung once, many in one go.

The lead's order is not touched: the lateness of a cooperating unit is its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch.escalation import Rung, rung_of
from dispatch.joint.events import TaskEscalated
from dispatch.joint.policies import IN_HAND
from dispatch.joint.workflow import TASKS
from dispatch.models import JointTask, TaskRung
from dispatch.services import orders
from dispatch.services.escalating import ancestor, superiors
from dispatch.services.joint.common import spec
from dispatch.services.joint.telling import tell_parts_late
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record_many
from petitions.services.stages import end_of

REPLY, JUDGE = "joint.reply", "joint.judge"


@deed
def escalate(*, task_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """Climb one rung for every task that this clock still concerns; returns how many did.

    With a reply the cooperating unit is late, with judging one the lead is.
    """
    orders.lock_cases(order_ids=JointTask.objects.filter(pk__in=task_ids).values_list("order", flat=True))
    states = [state for state, named in TASKS.clocks.items() if named == clock]
    over = {"due_at__lte": at} if clock == REPLY else {}
    rows = JointTask.objects.owing().select_for_update(of=("self",)).select_related("order")
    late = rows.filter(pk__in=task_ids, state__in=states, order__state__in=IN_HAND, **over).order_by("pk")
    superior = superiors()
    climbed = []
    for task in late:
        rung = rung_of(clock=clock, rung=task.rung + 1)
        told = ancestor(superior, late_unit(task, clock), rung.above) if rung else None
        if rung and told is not None:
            climbed.append((task, rung, told))
    _write(climbed, clock, at)
    return len(climbed)


def late_unit(task: JointTask, clock: str) -> int:
    """Whose lateness it is."""
    return task.order.unit_id if clock == JUDGE else task.unit_id


def _write(climbed: list[tuple[JointTask, Rung, int]], clock: str, at: datetime) -> None:
    TaskRung.objects.bulk_create(
        TaskRung(
            task=task,
            clock=clock,
            generation=task.sent_back,
            rung=rung.rung,
            told_unit_id=told,
            what=rung.told,
            told_at=at,
        )
        for task, rung, told in climbed
    )
    by_rung: dict[int, list[UUID]] = defaultdict(list)
    for task, rung, _told in climbed:
        by_rung[rung.rung].append(task.pk)
    for reached, ids in by_rung.items():
        JointTask.objects.filter(pk__in=ids).update(rung=reached)
    further = [
        spec(task, kind=clock, due_at=end_of(limit=rung.wait(urgency=task.urgency), at=at))
        for task, rung, _told in climbed
        if rung_of(clock=clock, rung=rung.rung + 1)
    ]
    timers.start_many(further, at=at)
    record_many([_escalated(task, rung, told) for task, rung, told in climbed], actor=SYSTEM, at=at)
    tell_parts_late(climbed=[(task, rung, late_unit(task, clock), told) for task, rung, told in climbed], at=at)


def _escalated(task: JointTask, rung: Rung, told: int) -> TaskEscalated:
    return TaskEscalated(
        case_id=task.petition_id,
        subject_id=str(task.order_id),
        task=str(task.pk),
        clock=rung.clock,
        rung=rung.rung,
        unit=late_unit(task, rung.clock),
        told=told,
        what=rung.told,
    )
