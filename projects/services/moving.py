"""Another day for a milestone: asked for with a reason, decided by somebody else; the first day stays on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from projects.choices import Asking, Decided
from projects.events import MoveAsked, MoveDecided
from projects.models import DateChange, Milestone
from projects.queries.moves import asked_change
from projects.queries.reading import end_of_day, today
from projects.services import telling
from projects.services.rows import identity, lay, milestone_for, save, start_clock
from projects.workflow import MILESTONES


@deed
def ask_move(
    *, milestone_id: Any, to_day: date, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> DateChange:
    """The owner asks for another day. Until it is decided the day that was promised holds."""
    milestone = milestone_for(milestone_id=milestone_id, move="ask_move", actor=actor, version=version)
    MILESTONES.advance(milestone, "ask_move", given={"to_day": to_day, "reason": reason.strip()})
    if to_day == milestone.due_on or not today(at=at) <= to_day <= milestone.project.plan.ends_on:
        raise Invalid(
            _("This day is not right."), fields={"to_day": [_("Another day, from today to the end of the plan.")]}
        )
    change = DateChange.objects.create(
        milestone=milestone, from_day=milestone.due_on, to_day=to_day, reason=reason.strip(), asked_at=at,
        asked_by_id=actor.user_id,
    )  # fmt: skip
    save(row=milestone, at=at)
    happened = MoveAsked(
        **identity(milestone), milestone=milestone.number, from_day=milestone.due_on.isoformat(),
        to_day=to_day.isoformat(),
    )  # fmt: skip
    record(happened, actor=actor, at=at)
    telling.to_rule(project=milestone.project, what=Asking.MOVE, once=f"{milestone.pk}:m{change.pk}", at=at)
    return change


@deed
def grant(*, milestone_id: Any, actor: Actor, at: datetime, version: int | None = None, note: str = "") -> Milestone:
    """The other day holds from now on; its clock begins anew."""
    milestone = milestone_for(milestone_id=milestone_id, move="grant", actor=actor, version=version)
    change = asked_change(milestone=milestone)
    MILESTONES.advance(milestone, "grant", given={"asked": change})
    assert change is not None  # a need of the table
    _decide(change, granted=True, note=note, actor=actor, at=at)
    milestone.due_on, milestone.moved = change.to_day, milestone.moved + 1
    lay(row=milestone, due_at=end_of_day(change.to_day))
    save(row=milestone, at=at, columns=("due_on", "moved"))
    start_clock(row=milestone, flow=MILESTONES, at=at)
    _tell(milestone, change, Decided.GRANTED, actor, at)
    return milestone


@deed
def refuse(*, milestone_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Milestone:
    """The day that was promised goes on to hold."""
    milestone = milestone_for(milestone_id=milestone_id, move="refuse", actor=actor, version=version)
    change = asked_change(milestone=milestone)
    MILESTONES.advance(milestone, "refuse", given={"asked": change, "note": note.strip()})
    assert change is not None  # a need of the table
    _decide(change, granted=False, note=note, actor=actor, at=at)
    save(row=milestone, at=at)
    _tell(milestone, change, Decided.REFUSED, actor, at)
    return milestone


def _decide(change: DateChange, *, granted: bool, note: str, actor: Actor, at: datetime) -> None:
    change.granted, change.note = granted, note.strip()
    change.decided_at, change.decided_by_id = at, actor.user_id
    change.save(update_fields=["granted", "note", "decided_at", "decided_by"])


def _tell(milestone: Milestone, change: DateChange, what: str, actor: Actor, at: datetime) -> None:
    happened = MoveDecided(
        **identity(milestone), milestone=milestone.number, granted=what == Decided.GRANTED,
        due_on=milestone.due_on.isoformat(),
    )  # fmt: skip
    record(happened, actor=actor, at=at)
    telling.decided(project=milestone.project, what=what, once=f"{milestone.pk}:d{change.pk}", at=at)
