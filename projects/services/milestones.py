"""A milestone is reported reached by the owner, with evidence, and looked at by somebody else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from petitions.services.stages import end_of
from projects.choices import Asking, Decided
from projects.deadlines import LIMITS
from projects.events import MilestoneConfirmed, MilestoneReported, MilestoneSentBack
from projects.models import Milestone
from projects.queries.reading import end_of_day, today
from projects.services import telling
from projects.services.rows import identity, lay, milestone_for, save, start_clock
from projects.workflow import MILESTONES


@deed
def report(
    *, milestone_id: Any, evidence: str, done_on: date, actor: Actor, at: datetime, version: int | None = None
) -> Milestone:
    """The owner says that it is reached, since when, and what shows it. Late is what was reached after its day."""
    milestone = milestone_for(milestone_id=milestone_id, move="report", actor=actor, version=version)
    MILESTONES.advance(milestone, "report", given={"evidence": evidence.strip(), "done_on": done_on})
    if not milestone.project.starts_on <= done_on <= today(at=at):
        raise Invalid(_("This day is not right."), fields={"done_on": [_("Between the first day and today.")]})
    milestone.evidence, milestone.done_on = evidence.strip(), done_on
    milestone.reported_at, milestone.reported_by_id = at, actor.user_id
    milestone.late = milestone.late or done_on > milestone.due_on
    lay(row=milestone, due_at=end_of(limit=LIMITS["project.confirm"], at=at))
    save(row=milestone, at=at, columns=("evidence", "done_on", "reported_at", "reported_by_id", "late"))
    start_clock(row=milestone, flow=MILESTONES, at=at)
    happened = MilestoneReported(
        **identity(milestone), milestone=milestone.number, done_on=done_on.isoformat(), on_time=not milestone.late
    )
    record(happened, actor=actor, at=at)
    telling.to_check(project=milestone.project, what=Asking.MILESTONE, once=_once(milestone, "r"), at=at)
    return milestone


@deed
def confirm(*, milestone_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Milestone:
    """It is reached: never said by whoever reported it, and for good."""
    milestone = milestone_for(milestone_id=milestone_id, move="confirm", actor=actor, version=version)
    MILESTONES.advance(milestone, "confirm")
    milestone.checked_at, milestone.checked_by_id = at, actor.user_id
    lay(row=milestone, due_at=at)
    save(row=milestone, at=at, columns=("checked_at", "checked_by_id"))
    start_clock(row=milestone, flow=MILESTONES, at=at)
    happened = MilestoneConfirmed(**identity(milestone), milestone=milestone.number, on_time=not milestone.late)
    record(happened, actor=actor, at=at)
    telling.decided(project=milestone.project, what=Decided.CONFIRMED, once=_once(milestone, "c"), at=at)
    return milestone


@deed
def send_back(*, milestone_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Milestone:
    """It is not reached: its day stays what it was, and what was reported stays in the log."""
    milestone = milestone_for(milestone_id=milestone_id, move="send_back", actor=actor, version=version)
    MILESTONES.advance(milestone, "send_back", given={"note": note.strip()})
    milestone.note, milestone.sent_back = note.strip(), milestone.sent_back + 1
    lay(row=milestone, due_at=end_of_day(milestone.due_on))
    save(row=milestone, at=at, columns=("note", "sent_back"))
    start_clock(row=milestone, flow=MILESTONES, at=at)
    record(MilestoneSentBack(**identity(milestone), milestone=milestone.number), actor=actor, at=at)
    telling.decided(project=milestone.project, what=Decided.SENT_BACK, once=_once(milestone, "b"), at=at)
    return milestone


def _once(milestone: Milestone, what: str) -> str:
    return f"{milestone.pk}:{what}{milestone.sent_back}"
