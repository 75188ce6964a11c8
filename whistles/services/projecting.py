"""A new holiday notice and whistles: what is counted in working time is due when it is due now.

The time to meet is named and stands; the time to sign is counted, and never ends after it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.calendars import numbered
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Step, Turn
from kernel.redating import Dated, Redated, look, redated
from petitions.models import Petition
from whistles.choices import OPEN_STATES, OPEN_TASKS, Attendance, State, TaskState
from whistles.deadlines import limit_of
from whistles.events import WhistleReprojected
from whistles.models import Escalation, Summons, Task, Whistle
from whistles.services import whistles
from whistles.workflow import TASKS, WHISTLES

# While units are called together the clock is the time that was named.
COUNTED = (State.ASKED, State.ASSEMBLED, State.RECORDED)
RECEIPT = "whistle.receipt"


def count(version: int) -> int:
    """How many whistles have an end that this version of the calendar puts elsewhere."""
    return len(redated(rows=_dated(_whistles()), calendar=numbered(number=version)))


def count_summonses(version: int) -> int:
    """The same for what units have to sign."""
    return len(redated(rows=_dated_summonses(_summonses()), calendar=numbered(number=version)))


def count_tasks(version: int) -> int:
    """The same for tasks."""
    return len(redated(rows=_dated_tasks(_tasks()), calendar=numbered(number=version)))


@deed
def take(*, turn: Turn) -> Step:
    """Look at the whistles of a turn whose clock has not struck yet, and move the ends that become others."""
    return look(
        turn=turn,
        rows=_whistles(),
        lock_cases=_lock_petitions,
        dated=_dated,
        said=lambda one: _said(one, one.dated.row, one.dated.row.issuer_id or one.dated.row.asker_id, turn),
    )


@deed
def take_summonses(*, turn: Turn) -> Step:
    """The same for the time to sign of each unit."""
    return look(
        turn=turn,
        rows=_summonses(),
        lock_cases=_lock_whistles,
        dated=_dated_summonses,
        said=lambda one: _said(one, one.dated.row.whistle, one.dated.row.unit_id, turn),
    )


@deed
def take_tasks(*, turn: Turn) -> Step:
    """The same for tasks, and for those that are to be looked at."""
    return look(
        turn=turn,
        rows=_tasks(),
        lock_cases=_lock_whistles,
        dated=_dated_tasks,
        said=lambda one: _said(one, one.dated.row.whistle, one.dated.row.unit_id, turn, task=one.dated.row.number),
    )


def _whistles() -> QuerySet[Whistle]:
    waiting: QuerySet[Whistle] = Whistle.objects.filter(state__in=COUNTED, rung=0)
    return waiting


def _summonses() -> QuerySet[Summons]:
    told = Escalation.objects.filter(subject=OuterRef("pk"), clock=RECEIPT)
    open_ones = Q(whistle__state=State.ISSUED, received_at=None, attendance=Attendance.AWAITED)
    return Summons.objects.filter(~Exists(told), open_ones, summoned_at__isnull=False).select_related("whistle")


def _tasks() -> QuerySet[Task]:
    waiting: QuerySet[Task] = Task.objects.filter(state__in=OPEN_TASKS, rung=0).select_related("whistle")
    return waiting


def _lock_petitions(rows: QuerySet[Whistle]) -> None:
    wanted = list(rows.filter(petition__isnull=False).values_list("petition_id", flat=True))
    list(Petition.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk"))


def _lock_whistles(rows: QuerySet[Summons] | QuerySet[Task]) -> None:
    whistles.locked_in(whistle_ids=rows.values_list("whistle_id", flat=True), states=OPEN_STATES)


def _dated(rows: Iterable[Whistle]) -> list[Dated]:
    return [_counted(one) for one in rows]


def _counted(whistle: Whistle) -> Dated:
    clock, start, dates = WHISTLES.clocks[whistle.state], whistle.opened_at, ["stage_due_at"]
    step = clock
    if whistle.state == State.ASSEMBLED:
        start = whistle.held_at or start
    elif whistle.scoring_from is not None:
        step, start = "whistle.rate", whistle.scoring_from
    elif whistle.state == State.RECORDED:
        start, dates = whistle.minutes_at or start, ["stage_due_at", "finish_by"]
    limit = limit_of(clock=step, kind=whistle.kind, form=whistle.form)
    return Dated(row=whistle, case_id=whistle.case_id, clock=clock, start=start, ends=dict.fromkeys(dates, limit))


def _dated_summonses(rows: Iterable[Summons]) -> list[Dated]:
    return [
        Dated(
            row=one,
            case_id=one.whistle.case_id,
            clock=RECEIPT,
            start=one.summoned_at or one.whistle.opened_at,
            ends={"receipt_due_at": limit_of(clock=RECEIPT, kind=one.whistle.kind)},
            latest=one.whistle.meets_at,
        )
        for one in rows
    ]


def _dated_tasks(rows: Iterable[Task]) -> list[Dated]:
    return [_counted_task(one) for one in rows]


def _counted_task(task: Task) -> Dated:
    clock, ends = TASKS.clocks[task.state], {}
    if task.state == TaskState.GIVEN:
        ends["stage_due_at"] = task.limit
        if not task.sent_back:
            ends["due_at"] = task.limit
    else:
        ends["stage_due_at"] = limit_of(clock=clock, kind=task.whistle.kind)
    return Dated(row=task, case_id=task.whistle.case_id, clock=clock, start=task.stage_from, ends=ends)


def _said(one: Redated, whistle: Whistle, unit: int, turn: Turn, *, task: int = 0) -> WhistleReprojected:
    return WhistleReprojected(
        **whistles.identity(whistle),
        unit=unit,
        clock=one.dated.clock,
        task=task,
        from_due=instant(one.before),
        to_due=instant(one.after),
        calendar=turn.calendar.version,
    )
