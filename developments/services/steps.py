"""What a unit does with its step: sign for it, ask for a paper, finish it, or refuse it by law."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from developments import tellings
from developments.choices import PaperState
from developments.deadlines import PAPER_LIMIT
from developments.events import PaperAsked, StepFinished, StepHeld, StepRefused, StepSigned
from developments.models import Paper, Step
from developments.policies import RULE, step_verdict
from developments.services import cases
from developments.services.papers import lacking, owe, save_paper, take, tell_company
from developments.services.pausing import pause_step
from developments.services.running import lay_step, save_step, step_passed
from developments.workflow import STEPS
from kernel import personal
from kernel.actors import Actor
from kernel.choices import LimitUnit
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.worktime import Limit
from organizations.queries.people import people_who_may

MOST_DAYS, MOST_PAPERS = 60, 30


@deed
def sign(*, development_id: Any, step_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Step:
    """Sign for a step: it is in work. Where a paper that it needs has lapsed it is on hold at once."""
    step = _begun(development_id, step_id, "sign", actor=actor, version=version)
    STEPS.advance(step, "sign")
    step.signed_at, step.signed_by_id = at, actor.user_id
    lay_step(step=step, at=at)
    save_step(step=step, at=at)
    record(StepSigned(**cases.identity(step.development), unit=step.unit_id, step=step.code), actor=actor, at=at)
    if Paper.objects.filter(step=step, state=PaperState.LAPSED).exists():
        hold_step(step=step, actor=actor, at=at)
    return step


@deed
def finish(
    *,
    development_id: Any,
    step_id: Any,
    document_no: str,
    result: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Step:
    """Finish a step with the number of its document and the result; what was handed in for it counts as accepted.

    Raises Conflict while a paper that the step needs is missing: the case was accepted without it, not decided.
    """
    step = _begun(development_id, step_id, "finish", actor=actor, version=version)
    development = step.development
    if lacking(step=step):
        raise Conflict(_("A paper that this step needs is still missing."), code="paper_missing")
    STEPS.advance(step, "finish", given={"document_no": document_no.strip(), "result": result.strip()})
    for paper in Paper.objects.filter(step=step, state=PaperState.HANDED).order_by("pk"):
        paper.development = development
        take(paper=paper, unit_id=step.unit_id, actor=actor, at=at)
    step.document_no, step.result = document_no.strip(), result.strip()
    step.finished_at, step.finished_by_id, step.ended_at = at, actor.user_id, at
    assert step.due_at is not None  # a constraint: a step that was begun has a limit
    step.in_time = at <= step.due_at
    lay_step(step=step, at=at)
    save_step(step=step, at=at)
    happened = StepFinished(
        **cases.identity(development),
        unit=step.unit_id,
        step=step.code,
        in_time=step.in_time,
        done=development.steps_done + 1,
        total=development.steps_total,
        content=personal.commitment(f"{step.document_no}\x1f{step.result}", salt=bytes(development.salt)),
    )
    record(happened, actor=actor, at=at)
    step_passed(development=development, actor=actor, at=at)
    return step


@deed
def refuse(
    *, development_id: Any, step_id: Any, basis: str, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Step:
    """Refuse a step, naming the law it rests on (行政许可法 38): the centre decides what becomes of the plan."""
    step = _begun(development_id, step_id, "refuse", actor=actor, version=version)
    STEPS.advance(step, "refuse", given={"basis": basis.strip(), "note": note.strip()})
    step.refusal_basis, step.refusal_note = basis.strip(), note.strip()
    lay_step(step=step, at=at)
    save_step(step=step, at=at)
    rule_by = instant(step.stage_due_at)
    identity = cases.identity(step.development)
    record(StepRefused(**identity, unit=step.unit_id, step=step.code, rule_by=rule_by), actor=actor, at=at)
    tell_center(step=step, at=at)
    return step


@deed
def ask(
    *,
    development_id: Any,
    step_id: Any,
    actor: Actor,
    at: datetime,
    paper_id: Any = None,
    name: str = "",
    days: int = 0,
    note: str = "",
    version: int | None = None,
) -> Step:
    """Ask the company for a paper, or wait for one that it promised: the unit's clock stands still until it is there.

    `paper_id` names a paper of the step that is missing; otherwise `name` is a new one, owed in `days` working days.
    """
    step = _begun(development_id, step_id, "ask", actor=actor, version=version)
    paper = _missing(step, paper_id) if paper_id else _new_paper(step, name, days, note, at)
    STEPS.advance(step, "ask", given={"paper": paper.name})
    pause_step(step=step, at=at)
    lay_step(step=step, at=at)
    save_step(step=step, at=at, until=paper.stage_due_at)
    assert paper.stage_due_at is not None  # what is owed has a date
    happened = PaperAsked(
        **cases.identity(step.development),
        unit=step.unit_id,
        step=step.code,
        paper=str(paper.pk),
        due_by=instant(paper.stage_due_at),
    )
    record(happened, actor=actor, at=at)
    tell_company(paper=paper, step=step, at=at)
    return step


def hold_step(*, step: Step, actor: Actor, at: datetime) -> None:
    """A paper that the step needs has lapsed: its clock stands still, and the centre decides. Inside the deed."""
    STEPS.advance(step, "hold")
    pause_step(step=step, at=at)
    lay_step(step=step, at=at)
    save_step(step=step, at=at)
    record(StepHeld(**cases.identity(step.development), unit=step.unit_id, step=step.code), actor=actor, at=at)
    tell_center(step=step, at=at)


def tell_center(*, step: Step, at: datetime) -> None:
    """Tell whoever decides at the centre that a step cannot go on."""
    development = step.development
    people = people_who_may(capability=RULE, unit_ids=[development.center_id], at=at)
    tag, due_by = f"{step.code}:{step.version}", instant(step.stage_due_at)
    cases.tell_of(kind=tellings.RULE.code, development=development, people=people, at=at, tag=tag, due_at=due_by)


def locked_step(*, development_id: Any, step_id: Any, actor: Actor, version: int | None = None) -> Step:
    """The step, its case locked first. Raises Missing for a step of another case, Stale for another version."""
    development = cases.locked(development_id=development_id, actor=actor)
    if not Step.objects.filter(pk=step_id, development=development).exists():
        raise Missing(_("This does not exist, or not for you."))
    step: Step = Step.objects.locked(step_id, version=version)
    step.development = development
    return step


def _begun(development_id: Any, step_id: Any, move: str, *, actor: Actor, version: int | None) -> Step:
    step = locked_step(development_id=development_id, step_id=step_id, actor=actor, version=version)
    row = STEPS.row(move=move, state=step.state)
    require(step_verdict(capability=row.capability, move=move, step=step, development=step.development, actor=actor))
    return step


def _missing(step: Step, paper_id: Any) -> Paper:
    found = Paper.objects.filter(pk=paper_id, step=step, state=PaperState.MISSING).first()
    if found is None:
        raise Invalid(_("This paper is not missing."), fields={"paper": [_("Not a missing paper of this step.")]})
    found.development = step.development
    return found


def _new_paper(step: Step, name: str, days: int, note: str, at: datetime) -> Paper:
    if not name.strip():
        raise Invalid(_("Say which paper is asked for."), fields={"name": [_("Required.")]})
    if not 0 <= days <= MOST_DAYS:
        raise Invalid(_("At most sixty working days."), fields={"days": [_("From 1 to 60.")]})
    known = Paper.objects.filter(development=step.development)
    if known.count() >= MOST_PAPERS:
        raise Conflict(_("A case has at most thirty papers."), code="too_many_papers")
    paper = Paper(
        id=new_id(at=at),
        development=step.development,
        step=step,
        step_code=step.code,
        order=99,
        name=name.strip(),
        asked=True,
        note=note.strip(),
        version=0,
        changed_at=at,
    )
    owe(paper=paper, limit=Limit(days, LimitUnit.WORKDAY) if days else PAPER_LIMIT, at=at)
    paper.save(force_insert=True)
    save_paper(paper=paper, at=at)
    return paper
