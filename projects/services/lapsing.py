"""What happens when a day passes that something was promised for: the head is told, then the leader, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kernel import timers
from kernel.deeds import deed
from kernel.timers import TimerSpec
from petitions.services.stages import end_of
from projects.choices import MilestoneState, State, TaskState, Told
from projects.deadlines import RUNGS, TOLD_AGAIN
from projects.models import Instruction, Milestone, Project
from projects.services.ladder import Late, climb
from projects.services.rows import case_of

# Clock → the table, the state in which it still concerns, what is told, and whether the centre is the one that is late.
CLOCKS: dict[str, tuple[Any, str, str, bool]] = {
    "project.begin": (Project, State.DRAFTED, Told.NOT_BEGUN, False),
    "project.finish": (Project, State.RUNNING, Told.NOT_FINISHED, False),
    "project.check": (Project, State.ASKED, Told.NOT_CHECKED, True),
    "project.resume": (Project, State.SUSPENDED, Told.PAUSE_OVER, True),
    "project.milestone": (Milestone, MilestoneState.PLANNED, Told.MILESTONE_LATE, False),
    "project.confirm": (Milestone, MilestoneState.REPORTED, Told.NOT_CHECKED, True),
    "project.task": (Instruction, TaskState.GIVEN, Told.TASK_LATE, False),
    "project.reviewed": (Instruction, TaskState.REPLIED, Told.NOT_CHECKED, True),
}


@deed
def lapse(*, subject_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """Climb one rung for everything that this clock still concerns; returns how many did.

    The truth is read again with the projects locked first: what has moved on meanwhile or was given another day is
    left alone.
    """
    model, state, what, of_centre = CLOCKS[clock]
    count = 0
    for row in _standing(model, subject_ids, state, at):
        project = row if isinstance(row, Project) else row.project
        rung = row.rung + 1
        if rung > (1 if of_centre else RUNGS) or not _concerns(row, project):
            continue
        changed = {"rung": rung}
        if isinstance(row, Milestone | Instruction) and not of_centre:
            changed["late"] = True
        type(row).objects.filter(pk=row.pk).update(**changed)
        late = Late(
            project=project, subject=row.pk, clock=clock, rung=rung, unit=_unit(row, project), what=what,
            generation=row.sent_back + getattr(row, "moved", 0), number=getattr(row, "number", 0), of_centre=of_centre,
        )  # fmt: skip
        count += climb(late=late, at=at)
        if rung < RUNGS and not of_centre:
            again = end_of(limit=TOLD_AGAIN, at=at)
            spec = TimerSpec(kind=clock, case_id=case_of(row), subject_id=str(row.pk), due_at=again)
            timers.start_many([spec], at=at)
    return count


def _standing(model: Any, subject_ids: Sequence[UUID], state: str, at: datetime) -> list[Any]:
    """Those of the rows that stand so and are late, locked after their projects; each knows its project."""
    if model is Project:
        rows = Project.objects.select_for_update(of=("self",)).filter(pk__in=subject_ids, state=state)
        return list(rows.filter(stage_due_at__lte=at).order_by("pk"))
    known = model.objects.filter(pk__in=subject_ids).values_list("project_id", flat=True)
    locked = Project.objects.select_for_update(of=("self",)).filter(pk__in=list(known)).order_by("pk")
    projects = {one.pk: one for one in locked}
    rows = model.objects.select_for_update(of=("self",)).filter(pk__in=subject_ids, state=state)
    found = list(rows.filter(stage_due_at__lte=at).order_by("pk"))
    for one in found:
        one.project = projects[one.project_id]
    return found


def _concerns(row: Any, project: Project) -> bool:
    """A milestone of a project that stands still is not late; an instruction of one that has ended neither."""
    if isinstance(row, Milestone):
        return project.state == State.RUNNING
    return not isinstance(row, Instruction) or project.state not in (State.DONE, State.ENDED)


def _unit(row: Any, project: Project) -> int:
    return row.unit_id if isinstance(row, Instruction) else project.owner_id
