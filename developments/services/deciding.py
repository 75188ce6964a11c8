"""What the centre decides where a plan cannot go on: a refused step, a paper that lapsed, the end of the case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from developments.choices import PaperState, StepState
from developments.deadlines import PROLONG_AT_MOST
from developments.events import PaperProlonged, StepWaived
from developments.models import Development, Paper, Step
from developments.policies import RULE, verdict
from developments.services import cases
from developments.services.papers import DUE, locked_paper, save_paper
from developments.services.pausing import resume_step
from developments.services.running import begin_step, lay_step, save_step, step_passed
from developments.services.steps import locked_step
from developments.workflow import PAPERS, STEPS
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import instant, record
from kernel.permissions import require
from organizations.choices import UnitKind
from organizations.models import Unit

# Whom no step can be given to.
NO_STEPS = (UnitKind.COMMAND_CENTER, UnitKind.MEDIATION_COMMITTEE, UnitKind.ENTERPRISE)


@deed
def again(
    *,
    development_id: Any,
    step_id: Any,
    unit_id: int,
    note: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Step:
    """A refused step goes to a unit once more, the same or another; the same one cannot refuse it again."""
    step = _ruled(development_id, step_id, "again", actor=actor, version=version)
    unit = Unit.objects.working().filter(pk=unit_id).exclude(kind__in=NO_STEPS).first()
    if unit is None:
        raise Invalid(_("This unit cannot be given the step."), fields={"unit": [_("Choose another unit.")]})
    step.bound = unit.pk == step.unit_id
    step.unit, step.ruling, step.round = unit, note.strip(), step.round + 1
    development = step.development
    involved = sorted({*development.involved, unit.pk})
    Development.objects.filter(pk=development.pk).update(involved=involved)
    begin_step(step=step, move="again", actor=actor, at=at)
    return step


@deed
def waive(
    *, development_id: Any, step_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Step:
    """A refused step is not needed: the plan goes on without it."""
    step = _ruled(development_id, step_id, "waive", actor=actor, version=version)
    STEPS.advance(step, "waive", given={"note": note.strip()})
    step.ruling, step.ended_at = note.strip(), at
    lay_step(step=step, at=at)
    save_step(step=step, at=at)
    for paper in Paper.objects.filter(step=step, state__in=(PaperState.MISSING, PaperState.HANDED, PaperState.LAPSED)):
        paper.development = step.development
        PAPERS.advance(paper, "drop")
        save_paper(paper=paper, at=at)
    record(StepWaived(**cases.identity(step.development), unit=step.unit_id, step=step.code), actor=actor, at=at)
    step_passed(development=step.development, actor=actor, at=at)
    return step


@deed
def prolong(
    *,
    development_id: Any,
    paper_id: Any,
    until: datetime,
    note: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Paper:
    """A paper that lapsed may be handed in until another day, once and with the reason; what was on hold goes on."""
    paper = locked_paper(development_id=development_id, paper_id=paper_id, actor=actor, version=version)
    require(verdict(capability=RULE, development=paper.development, actor=actor))
    PAPERS.row(move="prolong", state=paper.state)
    if paper.prolonged:
        raise Conflict(_("This paper was prolonged already; it is prolonged once."), code="prolonged_already")
    if not at < until <= at + PROLONG_AT_MOST:
        raise Invalid(_("This time cannot be met."), fields={"until": [_("Within the next ninety days.")]})
    PAPERS.advance(paper, "prolong", given={"until": until, "note": note.strip()})
    _note_prolonged(paper, until, actor, at)
    paper.prolonged, paper.prolong_note = True, note.strip()
    paper.stage_due_at, paper.due_from, paper.due_unit = until, None, ""
    save_paper(paper=paper, at=at)
    company = paper.development.company_unit_id
    identity = cases.identity(paper.development)
    happened = PaperProlonged(**identity, company=company, paper=str(paper.pk), due_by=instant(until))
    record(happened, actor=actor, at=at)
    _release(paper, actor, at)
    return paper


def _ruled(development_id: Any, step_id: Any, move: str, *, actor: Actor, version: int | None) -> Step:
    step = locked_step(development_id=development_id, step_id=step_id, actor=actor, version=version)
    STEPS.row(move=move, state=step.state)
    require(verdict(capability=RULE, development=step.development, actor=actor))
    return step


def _note_prolonged(paper: Paper, until: datetime, actor: Actor, at: datetime) -> None:
    assert paper.stage_due_at is not None  # a constraint: what lapsed had a day
    moved = Move(
        case_id=paper.development.petition_id,
        subject_id=str(paper.pk),
        clock=DUE,
        from_due=paper.stage_due_at,
        to_due=until,
        calendar_version=current(at=at).version,
    )
    note_moves([moved], cause=ClockCause.EXTENDED, actor=actor, at=at)


def _release(paper: Paper, actor: Actor, at: datetime) -> None:
    """The step goes on, unless another of its papers has lapsed too."""
    step = paper.step
    if step is None or step.state != StepState.HELD:
        return
    if Paper.objects.filter(step=step, state=PaperState.LAPSED).exists():
        return
    step.development = paper.development
    resume_step(step=step, actor=actor, at=at, move="release")
