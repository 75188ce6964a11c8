"""What every deed of key work has in common: the project locked first, the right, the clock, the version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import require
from kernel.querysets import check_version
from kernel.timers import TimerSpec
from kernel.workflow import Workflow
from projects.models import Instruction, Milestone, Project
from projects.queries.moves import milestone_verdict, project_verdict, task_verdict
from projects.workflow import MILESTONES, PROJECTS, TASKS

SAVED = frozenset({"state", "version", "changed_at", "stage_due_at", "rung"})


def project_for(*, project_id: Any, move: str, actor: Actor, version: int | None = None) -> Project:
    """The project, locked, once the move is there and the actor may make it. Raises Missing, Stale, WrongState."""
    project: Project = Project.objects.locked(project_id, version=version)
    PROJECTS.row(move=move, state=project.state)
    require(project_verdict(move=move, project=project, actor=actor))
    return project


def milestone_for(*, milestone_id: Any, move: str, actor: Actor, version: int | None = None) -> Milestone:
    """The milestone, its project locked before it."""
    milestone: Milestone = _under_project(Milestone, milestone_id, version)
    MILESTONES.row(move=move, state=milestone.state)
    require(milestone_verdict(move=move, milestone=milestone, actor=actor))
    return milestone


def task_for(*, task_id: Any, move: str, actor: Actor, version: int | None = None) -> Instruction:
    """The instruction, its project locked before it."""
    task: Instruction = _under_project(Instruction, task_id, version)
    TASKS.row(move=move, state=task.state)
    require(task_verdict(move=move, task=task, actor=actor))
    return task


def _under_project(model: Any, pk: Any, version: int | None) -> Any:
    project_id = model.objects.filter(pk=pk).values_list("project_id", flat=True).first()
    if project_id is None:
        raise Missing(_("This does not exist, or not for you."))
    project = Project.objects.locked(project_id)
    row = model.objects.locked(pk)
    check_version(row, version)
    row.project = project
    return row


def save(*, row: Any, at: datetime, columns: tuple[str, ...] = ()) -> None:
    """Write state, version, clock and the named columns, conditional on the version that was locked."""
    row.version += 1
    row.changed_at = at
    names = {*(SAVED & {one.name for one in row._meta.concrete_fields}), *columns}
    written = (
        type(row)
        .objects.filter(pk=row.pk, version=row.version - 1)
        .update(**{name: getattr(row, name) for name in names})
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def lay(*, row: Any, due_at: datetime) -> None:
    """The end of the stage that a row has come to; the ladder begins at its foot."""
    row.stage_due_at, row.rung = due_at, 0


def start_clock(*, row: Any, flow: Workflow, at: datetime) -> None:
    """Arm the clock of the state that a row is in now; those of the other states stop, and all where it has ended."""
    clock = flow.clocks.get(row.state)
    if clock is None:
        timers.cancel(subject_id=str(row.pk), at=at)
        return
    spec = TimerSpec(kind=clock, case_id=case_of(row), subject_id=str(row.pk), due_at=max(row.stage_due_at, at))
    timers.swap(stopped=flow.clocks.values(), specs=[spec], at=at)


def case_of(row: Any) -> Any:
    """The case: the project is its own, and that of everything of it."""
    return row.project_id if hasattr(row, "project_id") else row.pk


def identity(row: Any) -> dict[str, Any]:
    """The fields by which every event names its case and its subject."""
    return {"case_id": case_of(row), "subject_id": str(row.pk)}
