"""A new holiday notice and key work: what is counted in working days is due when it is due now.

Days that were promised are days of the calendar and stand; reports, and whatever is to be looked at, are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kernel.calendars import numbered
from kernel.days import midnight
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Projector, Step, Turn
from kernel.redating import Dated, Redated, look, redated
from projects.choices import MilestoneState, State, TaskState
from projects.deadlines import LIMITS
from projects.events import ProjectRedated
from projects.models import ActionPlan, Instruction, Milestone, Month, Project
from projects.services.months import first_of_next

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A clock that counts working days: rows whose clock has not struck, the column, and from when it is counted."""

    clock: str
    column: str
    rows: Callable[[], Any]
    start: Callable[[Any], datetime]

    def dated(self, rows: Iterable[Any]) -> list[Dated]:
        """What kernel.redating asks of a row."""
        ends = {self.column: LIMITS[self.clock]}
        return [Dated(row=one, case_id=_case(one), clock=self.clock, start=self.start(one), ends=ends) for one in rows]

    def count(self, version: int) -> int:
        """How many have an end that this version of the calendar puts elsewhere."""
        return len(redated(rows=self.dated(self.rows()), calendar=numbered(number=version)))

    def take(self, *, turn: Turn) -> Step:
        """Look at the rows of a turn, and move the ends that become others."""
        return _take(self, turn)


@deed
def _take(counted: Counted, turn: Turn) -> Step:
    return look(
        turn=turn,
        rows=counted.rows(),
        lock_cases=_lock,
        dated=counted.dated,
        said=lambda one: _said(one, turn),
    )


def _opened(month: Month) -> datetime:
    """From the day before the month that follows, so that its first working day is the first."""
    return midnight(first_of_next(month.month)) - A_MINUTE


def _month_rows() -> Any:
    return Month.objects.filter(closed_at=None)


# fmt: off
COUNTED = (
    Counted(clock="project.due",      column="due_at",       rows=_month_rows, start=_opened),
    Counted(clock="project.remind",   column="remind_at",    rows=_month_rows, start=_opened),
    Counted(clock="project.check",    column="stage_due_at", start=lambda one: one.asked_at,
            rows=lambda: Project.objects.filter(state=State.ASKED, rung=0)),
    Counted(clock="project.confirm",  column="stage_due_at", start=lambda one: one.reported_at,
            rows=lambda: Milestone.objects.filter(state=MilestoneState.REPORTED, project__state=State.RUNNING, rung=0)),
    Counted(clock="project.reviewed", column="stage_due_at", start=lambda one: one.replied_at,
            rows=lambda: Instruction.objects.filter(state=TaskState.REPLIED, rung=0)),
)
# fmt: on
PROJECTORS = [Projector(name=one.clock, count=one.count, take=one.take) for one in COUNTED]


def _lock(rows: Any) -> None:
    """Every deed locks the project first; that of a month locks the month alone."""
    if rows.model is Month:
        plans = ActionPlan.objects.filter(pk__in=rows.values("plan")).select_for_update()
        list(plans.order_by("pk").values("pk"))
    elif rows.model is not Project:
        projects = Project.objects.filter(pk__in=rows.values("project")).select_for_update()
        list(projects.order_by("pk").values("pk"))


def _case(row: Any) -> Any:
    if isinstance(row, Month):
        return row.plan_id
    return row.pk if isinstance(row, Project) else row.project_id


def _said(one: Redated, turn: Turn) -> ProjectRedated:
    return ProjectRedated(
        case_id=one.dated.case_id,
        subject_id=str(one.dated.row.pk),
        clock=one.dated.clock,
        from_due=instant(one.before),
        to_due=instant(one.after),
        calendar=turn.calendar.version,
    )
