"""What somebody may do with a project, a milestone, an instruction or a month now, and why not where not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from kernel.permissions import Denied, Verdict
from kernel.workflow import Move
from projects.choices import REPORTING, State
from projects.models import DateChange, Instruction, Milestone, Month, MonthReport, Project
from projects.policies import CHECK, REPORT, verdict
from projects.workflow import MILESTONES, PROJECTS, TASKS

DECIDING = frozenset({"grant", "refuse"})
CHECKED = frozenset({"confirm", "settle"})


def project_verdict(*, move: str, project: Project, actor: Actor) -> Verdict:
    """Whether the actor may make a move on a project now."""
    row = next(row for row in PROJECTS.table if row.move == move)
    by = project.asked_by_id if move == "accept" else None
    return verdict(capability=row.capability, project=project, actor=actor, by=by)


def project_moves(*, project: Project, actor: Actor) -> list[Move]:
    """The moves of a project in the state it is in."""
    return PROJECTS.moves(
        state=project.state, verdict=lambda row: project_verdict(move=row.move, project=project, actor=actor)
    )


def asked_change(*, milestone: Milestone) -> DateChange | None:
    """The change of its day that is asked for and not decided, from what is prefetched where it is."""
    return next((one for one in milestone.changes.all() if one.granted is None), None)


def milestone_verdict(*, move: str, milestone: Milestone, actor: Actor) -> Verdict:
    """Whether the actor may make a move on a milestone now; its project is read with it."""
    row = next(row for row in MILESTONES.table if row.move == move)
    by = milestone.reported_by_id if move in CHECKED else None
    if milestone.project.state != State.RUNNING:
        return Denied(_("The project is not running."))
    if move in DECIDING or move == "ask_move":
        change = asked_change(milestone=milestone)
        if move in DECIDING and change is None:
            return Denied(_("No other day is asked for."))
        if move == "ask_move" and change is not None:
            return Denied(_("Another day is asked for already."))
        by = change.asked_by_id if change else None
    return verdict(capability=row.capability, project=milestone.project, actor=actor, by=by)


def milestone_moves(*, milestone: Milestone, actor: Actor) -> list[Move]:
    """The moves of a milestone in the state it is in."""
    return MILESTONES.moves(
        state=milestone.state,
        verdict=lambda row: milestone_verdict(move=row.move, milestone=milestone, actor=actor),
    )


def task_verdict(*, move: str, task: Instruction, actor: Actor) -> Verdict:
    """Whether the actor may make a move on an instruction now; its project is read with it."""
    row = next(row for row in TASKS.table if row.move == move)
    by = task.replied_by_id if move in CHECKED else None
    return verdict(capability=row.capability, project=task.project, actor=actor, unit=task.unit_id, by=by)


def task_moves(*, task: Instruction, actor: Actor) -> list[Move]:
    """The moves of an instruction in the state it is in."""
    return TASKS.moves(state=task.state, verdict=lambda row: task_verdict(move=row.move, task=task, actor=actor))


def report_verdict(*, report: MonthReport, actor: Actor) -> Verdict:
    """Whether the actor may file a report that is owed; its project is read with it."""
    if report.project.state not in REPORTING:
        return Denied(_("The project is not running."))
    return verdict(capability=REPORT, project=report.project, actor=actor)


def month_verdict(*, month: Month, actor: Actor) -> Verdict:
    """Whether the actor may hold the dispatch of a month, and remark on what was reported to it."""
    return actor.may(CHECK, place=month.plan.place)
