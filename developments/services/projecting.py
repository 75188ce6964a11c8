"""A new holiday notice and development petitions: steps, papers, stages and the promised plan are laid anew.

Whatever has struck stays, for what was done about it is on record; a day that the centre prolonged to is a moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from developments.choices import WITH_UNIT, PaperState, State, StepState
from developments.deadlines import limit_of
from developments.events import DevelopmentReprojected
from developments.models import Development, Paper, Step
from developments.planning import Node, Span, planned
from developments.services import cases
from developments.services.escalating import lock_petitions
from developments.workflow import DEVELOPMENTS, STEPS
from kernel import timers
from kernel.actors import SYSTEM
from kernel.calendars import numbered
from kernel.choices import ClockCause
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Step as Taken
from kernel.projecting import Turn
from kernel.redating import Dated, Redated, look, move_all, redated, step_of
from kernel.worktime import Deadline, Limit, WorkCalendar
from petitions.services.planning import move_end

COUNTED = (State.FILED, State.FINISHED)
DUE = "development.paper_due"


def count(version: int) -> int:
    """How many stages have an end that this version of the calendar puts elsewhere."""
    return len(redated(rows=_dated(_cases()), calendar=numbered(number=version)))


def count_steps(version: int) -> int:
    """The same for the units' own limits."""
    return len(redated(rows=_dated_steps(_steps()), calendar=numbered(number=version)))


def count_papers(version: int) -> int:
    """The same for papers that are owed."""
    return len(redated(rows=_dated_papers(_papers()), calendar=numbered(number=version)))


def count_plans(version: int) -> int:
    """How many promised plans end at another instant."""
    calendar = numbered(number=version)
    return sum(_end(_spans(one, calendar)) != one.due_at for one in _plans())


@deed
def take(*, turn: Turn) -> Taken:
    """Look at the cases of a turn that wait for acceptance or a rating, and move the ends that become others."""
    return look(turn=turn, rows=_cases(), lock_cases=_lock_own, dated=_dated, said=lambda one: _said(one, turn))


@deed
def take_steps(*, turn: Turn) -> Taken:
    """The same for steps in the hands of units."""
    return look(turn=turn, rows=_steps(), lock_cases=_lock_above, dated=_dated_steps, said=lambda one: _said(one, turn))


@deed
def take_papers(*, turn: Turn) -> Taken:
    """The same for papers that the company owes."""
    rows = _papers()
    return look(turn=turn, rows=rows, lock_cases=_lock_above, dated=_dated_papers, said=lambda one: _said(one, turn))


@deed
def take_plans(*, turn: Turn) -> Taken:
    """The same for the plans that were promised: each step's own dates, the end, and the stage of the petition."""
    ids = list(turn.of(_plans()).values_list("pk", flat=True))
    rows = _plans().filter(pk__in=ids)
    if turn.write:
        timers.hold(subject_ids=[str(one) for one in ids])
        _lock_own(rows)
        rows = rows.select_for_update(of=("self",))
    spans = {one: _spans(one, turn.calendar) for one in rows.order_by("pk")}
    moving = [_replanned(one, _end(found), turn.calendar) for one, found in spans.items() if _end(found) != one.due_at]
    if turn.write:
        move_all(moving=moving, calendar=turn.calendar, said=lambda one: _said(one, turn), at=turn.at)
        for one in moving:
            _move_plan(one.dated.row, spans[one.dated.row], turn)
    return step_of(moving=moving, last=str(ids[-1]) if len(ids) == turn.size else "")


def _cases() -> QuerySet[Development]:
    found: QuerySet[Development] = Development.objects.filter(state__in=COUNTED, rung=0)
    return found


def _plans() -> QuerySet[Development]:
    running = Development.objects.filter(state=State.RUNNING, rung=0)
    found: QuerySet[Development] = running.prefetch_related("steps")
    return found


def _steps() -> QuerySet[Step]:
    found: QuerySet[Step] = Step.objects.filter(state__in=WITH_UNIT, rung=0).select_related("development")
    return found.prefetch_related("pauses")


def _papers() -> QuerySet[Paper]:
    owed = Paper.objects.filter(state=PaperState.MISSING, due_from__isnull=False)
    found: QuerySet[Paper] = owed.select_related("development")
    return found


def _lock_own(rows: QuerySet[Development]) -> None:
    lock_petitions(petition_ids=list(rows.values_list("petition_id", flat=True)))


def _lock_above(rows: Any) -> None:
    lock_petitions(petition_ids=list(rows.values_list("development__petition_id", flat=True)))


def _dated(rows: Iterable[Development]) -> list[Dated]:
    return [_counted(one, one, DEVELOPMENTS.clocks[one.state], one.green) for one in rows]


def _counted(development: Development, row: Any, clock: str, green: bool) -> Dated:
    ends = {"stage_due_at": limit_of(clock=clock, green=green)}
    return Dated(row=row, case_id=development.petition_id, clock=clock, start=row.stage_from, ends=ends)


def _dated_steps(rows: Iterable[Step]) -> list[Dated]:
    return [_dated_step(one) for one in rows]


def _dated_step(step: Step) -> Dated:
    """Before the signature the time to sign, which never ends after the unit's own limit; then that limit itself."""
    clock, case_id = STEPS.clocks[step.state], step.development.petition_id
    assert step.begun_at is not None  # a constraint: a step with its unit has begun
    if step.state == StepState.STARTED:
        capped = step.stage_due_at == step.due_at  # the unit's own limit is the shorter one
        signing = step.limit if capped else limit_of(clock=clock, green=step.development.green)
        ends = {"stage_due_at": signing, "due_at": step.limit}
        return Dated(row=step, case_id=case_id, clock=clock, start=step.begun_at, ends=ends)
    ends = {"stage_due_at": step.limit, "due_at": step.limit}
    pauses = tuple((one.since, one.until) for one in step.pauses.all() if one.until is not None)
    return Dated(row=step, case_id=case_id, clock=clock, start=step.begun_at, ends=ends, pauses=pauses)


def _dated_papers(rows: Iterable[Paper]) -> list[Dated]:
    return [
        Dated(
            row=one,
            case_id=one.development.petition_id,
            clock=DUE,
            start=one.due_from,
            ends={"stage_due_at": Limit(one.due_value, one.due_unit)},
        )
        for one in rows
        if one.due_from is not None
    ]


def _spans(development: Development, calendar: WorkCalendar) -> dict[str, Span]:
    assert development.accepted_at is not None  # a constraint: what runs was accepted
    nodes = [Node(code=one.code, after=one.after, limit=one.limit) for one in development.steps.all()]
    return planned(nodes=nodes, start=development.accepted_at, calendar=calendar)


def _end(spans: dict[str, Span]) -> datetime:
    return max(until for _begin, until in spans.values())


def _replanned(development: Development, end: datetime, calendar: WorkCalendar) -> Redated:
    found = Deadline(at=end, last_day=end.date(), provisional=False, calendar_version=calendar.version)
    clock, ends = DEVELOPMENTS.clocks[development.state], {"stage_due_at": found, "due_at": found}
    begin = development.accepted_at or development.filed_at
    dated = Dated(row=development, case_id=development.petition_id, clock=clock, start=begin, ends={})
    return Redated(dated=dated, ends=ends)


def _move_plan(development: Development, spans: dict[str, Span], turn: Turn) -> None:
    for code, (begin, until) in spans.items():
        rows = Step.objects.filter(development=development, code=code)
        rows.update(planned_from=begin, planned_until=until)
    end = _end(spans)
    cause = ClockCause.REPROJECTED
    move_end(petition_id=development.petition_id, until=end, cause=cause, actor=SYSTEM, at=turn.at)


def _said(one: Redated, turn: Turn) -> DevelopmentReprojected:
    row = one.dated.row
    development = row if isinstance(row, Development) else row.development
    return DevelopmentReprojected(
        **cases.identity(development),
        clock=one.dated.clock,
        from_due=instant(one.before),
        to_due=instant(one.after),
        calendar=turn.calendar.version,
    )
