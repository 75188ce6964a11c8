"""A petition that is handled by a plan of steps: it follows the plan from its acceptance to its end.

Inside the deeds of the app that keeps the plan; the petition is locked by them first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.deeds import deed
from kernel.events import instant, record
from kernel.permissions import require
from kernel.timers import TimerSpec
from petitions.choices import State
from petitions.events import PetitionPlanned
from petitions.models import Petition
from petitions.services.classifying import CLASSIFIED, settle_class
from petitions.services.closing import close
from petitions.services.stages import enter, locked, save_stage
from petitions.workflow import WORKFLOW

CLOCK = WORKFLOW.clocks[State.PLANNED]


@deed
def take_up(
    *, petition_id: Any, category_code: str, kind: str, until: datetime, actor: Actor, at: datetime
) -> Petition:
    """Accept a petition into a plan that is promised until a moment; no work order is opened for it.

    Raises WrongState where a unit has it already, NotAllowed unless the actor takes plans up for the place.
    """
    petition = locked(petition_id=petition_id)
    row = WORKFLOW.row(move="plan", state=petition.state)
    require(actor.may(row.capability, place=petition.place, units=petition.involved))
    settle_class(petition=petition, at=at, category_code=category_code, kind=kind, urgency="", condition=None)
    enter(petition=petition, move="plan", at=at, given={"category": petition.category_id}, until=until)
    petition.accepted_at, petition.rung = at, 0
    save_stage(petition=petition, at=at, columns=("accepted_at", "rung", *CLASSIFIED))
    happened = PetitionPlanned(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        kind=petition.kind,
        category=petition.category_id or "",
        due_at=instant(until),
    )
    record(happened, actor=actor, at=at)
    return petition


@deed
def move_end(*, petition_id: Any, until: datetime, cause: str, actor: Actor, at: datetime) -> None:
    """The plan is promised until another moment: the petition's stage ends with it."""
    petition = locked(petition_id=petition_id)
    if petition.state != State.PLANNED or petition.stage_due_at == until:
        return
    version = current(at=at).version
    moved = Move(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        clock=CLOCK,
        from_due=petition.stage_due_at,
        to_due=until,
        calendar_version=version,
    )
    note_moves([moved], cause=ClockCause(cause), actor=actor, at=at)
    petition.stage_due_at, petition.calendar_version = until, version
    save_stage(petition=petition, at=at)
    spec = TimerSpec(kind=CLOCK, case_id=petition.pk, subject_id=str(petition.pk), due_at=until)
    timers.start_many([spec], at=at)


@deed
def end_with_plan(*, petition_id: Any, at: datetime) -> None:
    """The plan has ended, whatever came of it: so has the petition."""
    if locked(petition_id=petition_id).state == State.PLANNED:
        close(petition_id=petition_id, how="plan", actor=SYSTEM, at=at)
