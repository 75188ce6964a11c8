"""What happens when a clock of whistles runs out: somebody above is told, once and once again, never for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch.services.escalating import ancestor, superiors
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from organizations.choices import AreaLevel
from organizations.queries import center_id_of
from petitions.services.stages import end_of
from whistles.choices import OPEN_TASKS, Attendance, State, TaskState, Told
from whistles.deadlines import TOLD_AGAIN, TOLD_AT_MOST
from whistles.events import WhistleLate
from whistles.models import Escalation, Summons, Task, Whistle
from whistles.queries import open_tasks
from whistles.services import closing, tellings, whistles

STAGES = {
    "whistle.decide": (State.ASKED, Told.NOT_DECIDED),
    "whistle.record": (State.ASSEMBLED, Told.NOT_RECORDED),
    "whistle.finish": (State.RECORDED, Told.NOT_FINISHED),
}
TASK_STAGES = {
    "whistle.do": (TaskState.GIVEN, Told.TASK_LATE),
    "whistle.check": (TaskState.REPORTED, Told.NOT_CHECKED),
}


@deed
def stage_over(*, whistle_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """The head has not decided, the minutes are not written, or it is not finished; returns how many were told.

    Where only scores of units are missing when their time is over, the whistle closes without them.
    """
    state, what = STAGES[clock]
    above, count = superiors(), 0
    for whistle in whistles.locked_in(whistle_ids=whistle_ids, states=[state]):
        if whistle.stage_due_at > at:
            continue
        if clock == "whistle.finish" and not open_tasks(whistle=whistle).exists():
            closing.settle(whistle=whistle, actor=SYSTEM, at=at)
            if whistle.state != state:
                continue
        late = whistle.issuer_id or whistle.asker_id
        told = ancestor(above, late, 1) or center_id_of(place=whistle.place, level=AreaLevel.COUNTY)
        generation = 1 if closing.scoring(whistle=whistle) else 0
        if told is None or whistle.rung >= TOLD_AT_MOST:
            continue
        whistle.rung += 1
        Whistle.objects.filter(pk=whistle.pk).update(rung=whistle.rung)
        row = Escalation(subject=whistle.pk, clock=clock, generation=generation, rung=whistle.rung, what=what)
        _tell(whistle, row, unit=late, told=told, at=at)
        _again(whistle, str(whistle.pk), clock, whistle.rung, at)
        count += 1
    return count


@deed
def not_received(*, summons_ids: Sequence[UUID], at: datetime) -> int:
    """A unit has not signed in time: its head and the unit above it are told, once."""
    above, count = superiors(), 0
    known = Summons.objects.filter(pk__in=summons_ids).values_list("whistle_id", flat=True)
    standing = {one.pk: one for one in whistles.locked_in(whistle_ids=set(known), states=[State.ISSUED])}
    waiting = Summons.objects.filter(
        pk__in=summons_ids, whistle__in=list(standing), received_at=None, attendance=Attendance.AWAITED
    )
    for one in waiting.order_by("pk"):
        whistle = standing[one.whistle_id]
        told = ancestor(above, one.unit_id, 1) or whistle.issuer_id or whistle.asker_id
        row = Escalation(subject=one.pk, clock="whistle.receipt", rung=1, what=Told.NOT_RECEIVED)
        _tell(whistle, row, unit=one.unit_id, told=told, at=at)
        tellings.not_signed(whistle=whistle, unit=one.unit_id, at=at)
        count += 1
    return count


@deed
def task_over(*, task_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """A task is not done in time, which stays with it, or is reported and nobody has looked; returns how many."""
    state, what = TASK_STAGES[clock]
    above, count = superiors(), 0
    known = Task.objects.filter(pk__in=task_ids, state__in=OPEN_TASKS).values_list("whistle_id", flat=True)
    standing = {one.pk: one for one in whistles.locked_in(whistle_ids=set(known), states=[State.RECORDED])}
    rows = Task.objects.select_for_update(of=("self",)).filter(
        pk__in=task_ids, whistle__in=list(standing), state=state, stage_due_at__lte=at
    )
    for task in rows.order_by("pk"):
        whistle = standing[task.whistle_id]
        late = task.unit_id if state == TaskState.GIVEN else whistle.issuer_id or whistle.asker_id
        told = ancestor(above, late, 1)
        if told is None or task.rung >= TOLD_AT_MOST:
            continue
        task.rung += 1
        task.late = task.late or state == TaskState.GIVEN
        Task.objects.filter(pk=task.pk).update(rung=task.rung, late=task.late)
        row = Escalation(subject=task.pk, clock=clock, generation=task.sent_back, rung=task.rung, what=what)
        _tell(whistle, row, unit=late, told=told, at=at, task=task.number)
        if state == TaskState.GIVEN:
            tellings.task_late(whistle=whistle, task=task, at=at)
        _again(whistle, str(task.pk), clock, task.rung, at)
        count += 1
    return count


def _tell(whistle: Whistle, row: Escalation, *, unit: int, told: int, at: datetime, task: int = 0) -> None:
    """Put the lateness on record, once for each rung: the unique key refuses a second time."""
    row.whistle, row.unit_id, row.told_unit_id, row.told_at = whistle, unit, told, at
    row.save(force_insert=True)
    happened = WhistleLate(
        **whistles.identity(whistle),
        clock=row.clock,
        rung=row.rung,
        unit=unit,
        told=told,
        what=row.what,
        task=task,
    )
    record(happened, actor=SYSTEM, at=at)


def _again(whistle: Whistle, subject: str, clock: str, rung: int, at: datetime) -> None:
    """Look once more after a while, as long as there is somebody to tell."""
    if rung < TOLD_AT_MOST:
        spec = TimerSpec(
            kind=clock, case_id=whistle.case_id, subject_id=subject, due_at=end_of(limit=TOLD_AGAIN, at=at)
        )
        timers.start_many([spec], at=at)
