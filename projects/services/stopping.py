"""A project stands still for a while, goes on, or ends undone: with a reason, by director or leader in charge."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.timers import TimerSpec
from projects.choices import Decided, TaskState
from projects.deadlines import RUNGS
from projects.events import ProjectEnded, ProjectResumed, ProjectSuspended
from projects.models import Milestone, Project
from projects.queries.reading import end_of_day, today
from projects.services import telling
from projects.services.rows import case_of, identity, lay, project_for, save, start_clock
from projects.workflow import MILESTONES, PROJECTS


@deed
def suspend(
    *, project_id: Any, note: str, until: date, actor: Actor, at: datetime, version: int | None = None
) -> Project:
    """It stands still until a day: no report is owed, no milestone becomes late meanwhile; the days themselves stay."""
    project = project_for(project_id=project_id, move="suspend", actor=actor, version=version)
    PROJECTS.advance(project, "suspend", given={"note": note.strip(), "until": until})
    if not today(at=at) < until <= project.plan.ends_on:
        raise Invalid(_("This day is not right."), fields={"until": [_("After today, and within the plan.")]})
    project.note = note.strip()
    lay(row=project, due_at=end_of_day(until))
    save(row=project, at=at, columns=("note",))
    timers.cancel(subject_id=_milestones(project), at=at)
    start_clock(row=project, flow=PROJECTS, at=at)
    record(ProjectSuspended(**identity(project), until=until.isoformat()), actor=actor, at=at)
    _tell(project, Decided.SUSPENDED, at)
    return project


@deed
def resume(*, project_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Project:
    """It goes on, with the days that were promised: who needs others asks for them, one by one."""
    project = project_for(project_id=project_id, move="resume", actor=actor, version=version)
    PROJECTS.advance(project, "resume", given={"note": note.strip()})
    project.note = note.strip()
    lay(row=project, due_at=end_of_day(project.ends_on))
    save(row=project, at=at, columns=("note",))
    start_clock(row=project, flow=PROJECTS, at=at)
    waiting = Milestone.objects.filter(project=project, rung__lt=RUNGS).open().order_by("number")
    timers.start_many(
        [
            TimerSpec(
                kind=MILESTONES.clocks[one.state], case_id=case_of(one), subject_id=str(one.pk),
                due_at=max(one.stage_due_at, at),
            )
            for one in waiting
        ],
        at=at,
    )  # fmt: skip
    record(ProjectResumed(**identity(project), owner=project.owner_id), actor=actor, at=at)
    _tell(project, Decided.RESUMED, at)
    return project


@deed
def end(*, project_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Project:
    """It ends without being done, for a reason that stands beside it for good."""
    project = project_for(project_id=project_id, move="end", actor=actor, version=version)
    PROJECTS.advance(project, "end", given={"note": note.strip()})
    project.note, project.ended_at, project.ended_by_id = note.strip(), at, actor.user_id
    lay(row=project, due_at=at)
    save(row=project, at=at, columns=("note", "ended_at", "ended_by_id"))
    open_tasks = project.instructions.filter(state__in=(TaskState.GIVEN, TaskState.REPLIED))
    tasks = [str(one) for one in open_tasks.values_list("pk", flat=True)]
    timers.cancel(subject_id=[str(project.pk), *_milestones(project), *tasks], at=at)
    record(ProjectEnded(**identity(project), owner=project.owner_id), actor=actor, at=at)
    _tell(project, Decided.ENDED, at)
    return project


def _milestones(project: Project) -> list[str]:
    return [str(one) for one in project.milestones.values_list("pk", flat=True)]


def _tell(project: Project, what: str, at: datetime) -> None:
    telling.decided(project=project, what=what, once=f"{project.pk}:{what}:{project.version}", at=at)
