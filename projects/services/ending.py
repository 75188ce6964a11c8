"""The end of a project: its owner calls it done, and somebody else says whether it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict
from kernel.events import instant, record
from petitions.services.stages import end_of
from projects.choices import Asking, Decided, MilestoneState
from projects.deadlines import LIMITS
from projects.events import DoneAsked, ProjectDone, ProjectSentBack
from projects.models import Project
from projects.queries.reading import end_of_day, today
from projects.services import telling
from projects.services.rows import identity, lay, project_for, save, start_clock
from projects.workflow import PROJECTS


@deed
def ask_done(*, project_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Project:
    """The owner says that it is done, and how. Raises Conflict while a milestone is not confirmed."""
    project = project_for(project_id=project_id, move="ask_done", actor=actor, version=version)
    if project.milestones.exclude(state=MilestoneState.CONFIRMED).exists():
        raise Conflict(_("Not every milestone is confirmed yet."), code="milestones_open")
    PROJECTS.advance(project, "ask_done", given={"note": note.strip(), "reached": True})
    project.asked_at, project.asked_by_id, project.asked_note = at, actor.user_id, note.strip()
    lay(row=project, due_at=end_of(limit=LIMITS["project.check"], at=at))
    save(row=project, at=at, columns=("asked_at", "asked_by_id", "asked_note"))
    start_clock(row=project, flow=PROJECTS, at=at)
    record(DoneAsked(**identity(project), check_by=instant(project.stage_due_at)), actor=actor, at=at)
    telling.to_check(project=project, what=Asking.PROJECT, once=f"{project.pk}:a{project.sent_back}", at=at)
    return project


@deed
def accept(*, project_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Project:
    """It is done, by what counts as done: never said by whoever reported it, and for good."""
    project = project_for(project_id=project_id, move="accept", actor=actor, version=version)
    PROJECTS.advance(project, "accept")
    assert project.asked_at is not None  # a constraint: it was reported done
    project.ended_at, project.ended_by_id = at, actor.user_id
    lay(row=project, due_at=at)
    save(row=project, at=at, columns=("ended_at", "ended_by_id"))
    timers.cancel(subject_id=str(project.pk), at=at)
    on_time = today(at=project.asked_at) <= project.ends_on
    record(ProjectDone(**identity(project), on_time=on_time), actor=actor, at=at)
    telling.decided(project=project, what=Decided.DONE, once=f"{project.pk}:done", at=at)
    return project


@deed
def send_back(*, project_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Project:
    """It is not done yet: the owner goes on, its last day stays."""
    project = project_for(project_id=project_id, move="send_back", actor=actor, version=version)
    PROJECTS.advance(project, "send_back", given={"note": note.strip()})
    project.note, project.sent_back = note.strip(), project.sent_back + 1
    lay(row=project, due_at=end_of_day(project.ends_on))
    save(row=project, at=at, columns=("note", "sent_back"))
    start_clock(row=project, flow=PROJECTS, at=at)
    record(ProjectSentBack(**identity(project), times=project.sent_back), actor=actor, at=at)
    telling.decided(project=project, what=Decided.NOT_DONE, once=f"{project.pk}:b{project.sent_back}", at=at)
    return project
