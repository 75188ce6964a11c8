"""A step's own clock stands still while it waits for a paper, and goes on where it stood."""

from __future__ import annotations

from datetime import datetime

from developments.events import StepResumed
from developments.models import Pause, Step
from developments.services import cases
from developments.services.running import due_of, lay_step, save_step
from developments.workflow import STEPS
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.events import instant, record

WORK = "development.step_work"


def pause_step(*, step: Step, at: datetime) -> None:
    """The unit's clock stands still from now on; one that stands still already goes on doing so."""
    Pause.objects.get_or_create(step=step, until=None, defaults={"since": at})


def resume_step(*, step: Step, actor: Actor, at: datetime, move: str = "resume") -> None:
    """Go on: the unit's limit ends later by what the clock stood still, and the journal says why."""
    Pause.objects.filter(step=step, until=None).update(until=at)
    STEPS.advance(step, move)
    before, step.due_at = step.due_at, due_of(step=step, at=at)
    step.round += 1
    lay_step(step=step, at=at)
    assert before is not None  # a constraint: a step that was begun has a limit
    moved = Move(
        case_id=step.development.petition_id,
        subject_id=str(step.pk),
        clock=WORK,
        from_due=before,
        to_due=step.due_at,
        calendar_version=current(at=at).version,
    )
    note_moves([moved], cause=ClockCause.PAUSED, actor=actor, at=at)
    save_step(step=step, at=at)
    due_by = instant(step.due_at)
    identity = cases.identity(step.development)
    record(StepResumed(**identity, unit=step.unit_id, step=step.code, due_by=due_by), actor=actor, at=at)
