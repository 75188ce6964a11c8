"""Applying for admission, and taking an application back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.choices import LeadRule, UnitKind
from organizations.models import Matter, Unit
from registry.admission.choices import State
from registry.admission.events import AdmissionDropped, AdmissionFiled
from registry.admission.proposals import Faults, Proposal, Step, faults_of
from registry.admission.workflow import WORKFLOW
from registry.models import Admission, Opinion
from registry.queries.admission import move_verdict, townships_of
from registry.services.admission import cases

NUMBER, CODE = "准入〔{year}〕{serial}号", "ZR-{year}-{serial:04d}"  # zh: documents are numbered so
# Whose duties are passed on: departments of the county, and its centre for the work of the grid.
APPLICANTS = frozenset({UnitKind.DEPARTMENT, UnitKind.COMMAND_CENTER})
BELOW = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE})
LEAD = "lead"  # a step of whoever leads
PLACES = (LeadRule.VILLAGE_OF_PLACE.value, LeadRule.TOWNSHIP_OF_PLACE.value)


@deed
def apply(*, proposal: Proposal, actor: Actor, at: datetime) -> Admission:
    """A department applies for a duty to enter a list or the grid. The keeper of the list reviews it next.

    Raises NotAllowed for somebody of another unit, Invalid for an unknown unit, matter or township, Unprocessable
    naming each field that the application lacks or contradicts.
    """
    require(actor.may("registry.propose", units=[proposal.applicant_id]))
    user_id = cases.person(actor)
    cases.refuse_faults(faults_of(proposal))
    applicant = known_applicant(unit_id=proposal.applicant_id)
    townships = _townships(proposal, applicant)
    _units_known(proposal)
    if proposal.matter_id is not None and not Matter.objects.filter(pk=proposal.matter_id).exists():
        raise Invalid(_("There is no such matter."), fields={"matter": [_("Unknown matter.")]})
    case = _written(proposal, applicant, townships, user_id=user_id, at=at)
    Opinion.objects.bulk_create(Opinion(admission=case, township_id=one) for one in townships)
    cases.start_clock(case=case, kind="admission.review", due_at=case.stage_due_at, at=at)
    filed = AdmissionFiled(**cases.identity(case), applicant=applicant.pk, into=case.into, townships=townships)
    record(filed, actor=actor, at=at)
    return case


@deed
def drop(*, admission_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> Admission:
    """The applicant takes the application back before it is decided. Raises WrongState, NotAllowed, Invalid."""
    case: Admission = Admission.objects.locked(admission_id, version=version)
    WORKFLOW.row(move="drop", state=case.state)
    require(move_verdict(move="drop", case=case, actor=actor))
    stage = case.state
    WORKFLOW.advance(case, "drop", given={"reason": reason.strip()})
    case.ended_at, case.ended_by_id, case.end_reason = at, actor.user_id, reason.strip()
    cases.stop_clocks(case=case, at=at)
    cases.save(case=case, at=at, columns=("ended_at", "ended_by_id", "end_reason"))
    record(AdmissionDropped(**cases.identity(case), stage=stage), actor=actor, at=at)
    return case


def known_applicant(*, unit_id: int) -> Unit:
    """The unit that applies. Raises Invalid for anything but a department or centre of the county."""
    unit = Unit.objects.working().filter(pk=unit_id).select_related("area").first()
    if unit is None or unit.kind not in APPLICANTS:
        raise Invalid(
            _("A department of the county applies."), fields={"applicant": [_("No department of the county.")]}
        )
    return unit


def _townships(proposal: Proposal, applicant: Unit) -> list[int]:
    known = [one.pk for one in townships_of(area_id=applicant.area_id)]
    wrong = [one for one in proposal.townships if one not in known]
    if wrong or not known:
        raise Invalid(_("There is no such township here."), fields={"townships": [_("Unknown township.")]})
    chosen = set(proposal.townships) or set(known)
    return [one for one in known if one in chosen]


def _units_known(proposal: Proposal) -> None:
    """Every unit exists, and none of those that keep the duty is a township: that would be passing it down."""
    kinds = dict(Unit.objects.working().values_list("pk", "kind"))
    found: Faults = {}
    if proposal.lead_unit_id is not None and kinds.get(proposal.lead_unit_id, "") in ("", *BELOW):
        found["lead_unit"] = [_("The lead stays with a department: a township is named as township.")]
    if any(kinds.get(side.unit_id, "") in ("", *BELOW) for side in proposal.sides):
        found["sides"] = [_("Unknown unit, or a township: what it does stands as the township's duty.")]
    codes = set(Unit.objects.filter(code__in=[step.who for step in proposal.steps]).values_list("code", flat=True))
    if any(step.who not in {*codes, LEAD, *PLACES} for step in proposal.steps):
        found["steps"] = [_("A step names a unit that does not exist.")]
    cases.refuse_faults(found)


def _written(proposal: Proposal, applicant: Unit, townships: list[int], *, user_id: int, at: datetime) -> Admission:
    year, serial = cases.next_serial(kind="admission", at=at)
    sides = {proposal.applicant_id, proposal.lead_unit_id, *(side.unit_id for side in proposal.sides)}
    everywhere = len(townships) == len(townships_of(area_id=applicant.area_id))
    plain = ("into", "grid_work", "matter_id", "township_role", "limit_value", "limit_unit", "lead_unit_id")
    prose = ("name", "domain", "lead_duty", "township_duty", "safeguards", "powers", "basis", "reason")
    return Admission.objects.create(
        id=new_id(at=at),
        number=NUMBER.format(year=year, serial=serial),
        code=CODE.format(year=year, serial=serial),
        state=State.APPLIED,
        area_id=applicant.area_id,
        everywhere=everywhere,
        applicant=applicant,
        proposed_by_id=user_id,
        sides=sorted(one for one in sides if one is not None),
        townships=townships,
        cooperations=[asdict(side) for side in proposal.sides],
        chart=_chart(proposal.steps, lead=_lead_code(proposal)),
        money_amount=proposal.money.amount,
        money_per=proposal.money.per,
        money_source=proposal.money.source.strip(),
        filed_at=at,
        changed_at=at,
        stage_due_at=cases.until(clock="admission.review", at=at),
        **{name: getattr(proposal, name) for name in plain},
        **{name: getattr(proposal, name).strip() for name in prose},
    )


def _lead_code(proposal: Proposal) -> str:
    """How a process chart names whoever leads: a unit by its code, or the township of the place."""
    if proposal.lead_unit_id is None:
        return LeadRule.TOWNSHIP_OF_PLACE.value
    return Unit.objects.get(pk=proposal.lead_unit_id).code


def _chart(steps: tuple[Step, ...], *, lead: str) -> list[dict[str, Any]]:
    """The steps one after the other, in the form in which an item keeps its process chart."""
    return [
        {
            "key": f"s{number}",
            "title": step.title.strip(),
            "who": lead if step.who == LEAD else step.who,
            "limit_value": "" if step.limit_value is None else str(step.limit_value),
            "limit_unit": step.limit_unit,
            "next": [f"s{number + 1}"] if number < len(steps) else [],
        }
        for number, step in enumerate(steps, start=1)
    ]
