"""Acceptance: fully, or tolerantly where the company has promised what is missing; and declining by law."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from developments import tellings
from developments.choices import PaperState
from developments.events import DevelopmentAccepted, DevelopmentDeclined
from developments.models import Development, Paper, Step, TemplateStep
from developments.planning import Node, planned
from developments.queries import unit_for
from developments.services import cases
from developments.services.papers import drop_papers, owe, save_paper
from developments.services.running import begin_ready, spec_of
from developments.workflow import DEVELOPMENTS
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.choices import LimitUnit
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.worktime import Limit
from petitions.choices import PetitionKind
from petitions.choices import State as PetitionState
from petitions.models import DeclineReason, Petition
from petitions.services.planning import take_up
from petitions.services.reception import decline as decline_petition

COLUMNS = (
    "accepted_at", "accepted_by_id", "due_at", "tolerant", "green", "steps_total", "involved",
)  # fmt: skip


@deed
def accept(*, development_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Development:
    """Take a case up: its steps begin side by side, each with its own clock, and the end is promised to the company.

    A paper that may be missing is due later, as the company has promised (容缺受理). Raises Conflict for a paper that
    may not be missing or without the signed promise, NotAllowed, WrongState, Stale.
    """
    development = cases.locked(development_id=development_id, actor=actor, version=version)
    cases.permitted(development=development, move="accept", actor=actor)
    missing = list(Paper.objects.filter(development=development, state=PaperState.MISSING).order_by("order"))
    _require_complete(development, missing)
    move = "tolerate" if missing else "accept"
    DEVELOPMENTS.advance(development, move, given={"template": development.template_id, "promise": development.promise})
    development.accepted_at, development.accepted_by_id, development.tolerant = at, actor.user_id, bool(missing)
    development.green = development.enterprise.green
    steps = _laid(development, at)
    development.due_at = max(one.planned_until for one in steps)
    development.steps_total = len(steps)
    development.involved = sorted({*development.involved, *(one.unit_id for one in steps)})
    cases.lay(development=development, at=at)
    cases.save(development=development, at=at, columns=COLUMNS)
    cases.start_clock(development=development, at=at)
    _store(steps, at)
    _papers(development, steps, missing, at)
    template, until = development.template, development.due_at
    kind = PetitionKind.DEVELOPMENT
    petition_id, category = development.petition_id, template.category_id
    take_up(petition_id=petition_id, category_code=category, kind=kind, until=until, actor=actor, at=at)
    _tell(development, steps, len(missing), actor, at)
    begin_ready(development=development, actor=actor, at=at)
    return development


@deed
def decline(
    *, development_id: Any, reason_code: str, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Development:
    """Do not take it up, with the reason that has its legal basis, and in words what the company should do instead."""
    development = cases.locked(development_id=development_id, actor=actor, version=version)
    cases.permitted(development=development, move="decline", actor=actor)
    reason = DeclineReason.objects.filter(code=reason_code, active=True).first() if reason_code.isascii() else None
    if reason is None:
        raise Invalid(_("Name the reason."), fields={"reason": [_("Unknown reason.")]})
    DEVELOPMENTS.advance(development, "decline", given={"reason": reason.code, "note": note.strip()})
    development.decline_reason, development.basis = reason, reason.basis
    development.end_note, development.ended_at = note.strip(), at
    drop_papers(development=development, at=at)
    cases.lay(development=development, at=at)
    cases.save(development=development, at=at, columns=("decline_reason_id", "basis", "end_note", "ended_at"))
    cases.start_clock(development=development, at=at)
    record(DevelopmentDeclined(**cases.identity(development), reason=reason.code), actor=actor, at=at)
    petition = Petition.objects.get(pk=development.petition_id)
    if petition.state in (PetitionState.FILED, PetitionState.WAITING):
        decline_petition(petition_id=petition.pk, reason_code=reason.code, actor=actor, at=at)
    people = cases.contacts_of(development=development, at=at)
    cases.tell_of(kind=tellings.ENDED_OWN.code, development=development, people=people, at=at)
    return development


def _require_complete(development: Development, missing: list[Paper]) -> None:
    hard = [one.name for one in missing if not one.tolerable]
    if hard:
        said = _("These papers may not be missing: %(papers)s") % {"papers": "、".join(hard)}  # zh: between names
        raise Conflict(said, code="papers_missing")
    if missing and development.promised_at is None:
        raise Conflict(_("The company has not signed that it hands in what is missing."), code="promise_missing")


def _laid(development: Development, at: datetime) -> list[Step]:
    """The steps of the template as they are promised from now on, in the green channel by its limits."""
    rows = list(TemplateStep.objects.filter(template=development.template_id).select_related("unit").order_by("order"))
    limits = {one.code: _limit(one, green=development.green) for one in rows}
    nodes = [Node(code=one.code, after=one.after, limit=limits[one.code]) for one in rows]
    spans = planned(nodes=nodes, start=at, calendar=current(at=at))
    return [
        Step(
            id=new_id(at=at),
            development=development,
            order=one.order,
            code=one.code,
            name=one.name,
            unit=unit_for(step=one, place=development.place),
            after=one.after,
            limit_value=limits[one.code].value,
            limit_unit=limits[one.code].unit,
            planned_from=spans[one.code][0],
            planned_until=spans[one.code][1],
            stage_from=at,
            stage_due_at=spans[one.code][0],
            changed_at=at,
        )
        for one in rows
    ]


def _limit(row: TemplateStep, *, green: bool) -> Limit:
    return Limit(row.green_value, row.green_unit) if green else Limit(row.limit_value, row.limit_unit)


def _store(steps: list[Step], at: datetime) -> None:
    """Write the steps; those that wait for others ring when they should have begun."""
    Step.objects.bulk_create(steps)
    timers.start_many([spec_of(one) for one in steps if one.after], at=at, fresh=True)


def _papers(development: Development, steps: list[Step], missing: list[Paper], at: datetime) -> None:
    """Each paper belongs to its step from now on, and what is missing is owed until its own day."""
    by_code = {one.code: one for one in steps}
    for code, step in by_code.items():
        Paper.objects.filter(development=development, step_code=code).update(step=step)
    for paper in missing:
        paper.development, paper.step = development, by_code[paper.step_code]
        owe(paper=paper, limit=Limit(paper.days, LimitUnit.CALENDAR_DAY), at=at)
        save_paper(paper=paper, at=at)


def _tell(development: Development, steps: list[Step], missing: int, actor: Actor, at: datetime) -> None:
    assert development.due_at is not None  # it has just been promised
    happened = DevelopmentAccepted(
        **cases.identity(development),
        template=development.template.code,
        version=development.template.number,
        units=sorted({one.unit_id for one in steps}),
        missing=missing,
        tolerant=development.tolerant,
        green=development.green,
        due_by=instant(development.due_at),
    )
    record(happened, actor=actor, at=at)
    people = cases.contacts_of(development=development, at=at)
    due_by = instant(development.due_at)
    cases.tell_of(kind=tellings.ACCEPTED.code, development=development, people=people, at=at, due_at=due_by)
