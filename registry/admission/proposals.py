"""What an application says: a duty with everything that has to follow it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import Duty
from registry.admission.choices import GridWork, Into, Per
from registry.admission.deadlines import LONGEST_TASK_DAYS

MOST_STEPS, MOST_SIDES = 12, 12
LONGEST_LIMIT = 999
MOST_MONEY = Decimal("9999999999.99")
Faults = dict[str, list[str | Lazy]]

REQUIRED = _("Required.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """费随事转: how much, for what, from where. Nothing may follow, but then `source` says why."""

    amount: Decimal
    per: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A cooperating unit and its duty."""

    unit_id: int
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the process: what, by whom (a rule of place, or the code of a unit), and how long."""

    title: str
    who: str
    limit_value: int | None = None
    limit_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An application for admission. `townships` are units; none means every township of the area."""

    into: str
    name: str
    domain: str
    matter_id: int | None
    applicant_id: int
    lead_unit_id: int | None
    lead_duty: str
    sides: tuple[Side, ...]
    township_role: str
    township_duty: str
    steps: tuple[Step, ...]
    limit_value: int
    limit_unit: str
    safeguards: str
    money: Money
    powers: str
    basis: str
    reason: str
    townships: tuple[int, ...] = ()
    grid_work: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskProposal:
    """An application for a one-off task: one township, a period with an end."""

    name: str
    matter_id: int | None
    applicant_id: int
    township_id: int
    content: str
    reason: str
    basis: str
    powers: str
    money: Money
    begins_on: date
    ends_on: date


def faults_of(proposal: Proposal) -> Faults:
    """What an application lacks or contradicts, by field; empty where it is whole."""
    found: Faults = _lacking(
        proposal,
        ("name", "domain", "lead_duty", "township_duty", "safeguards", "powers", "basis", "reason"),
    )
    found |= _money(proposal.money)
    found |= _choices(proposal)
    found |= _lead(proposal)
    found |= _process(proposal)
    return found


def task_faults_of(task: TaskProposal, *, today: date) -> Faults:
    """What an application for a one-off task lacks or contradicts, by field."""
    found: Faults = _lacking(task, ("name", "content", "reason", "basis", "powers"))
    found |= _money(task.money)
    if task.ends_on < task.begins_on:
        found["ends_on"] = [_("It ends before it begins.")]
    elif task.ends_on < today:
        found["ends_on"] = [_("This day is over.")]
    elif (task.ends_on - task.begins_on).days > LONGEST_TASK_DAYS:
        found["ends_on"] = [_("What lasts longer than half a year is a duty and goes through admission.")]
    return found


def subject_of(*, matter_code: str, name: str) -> str:
    """What makes two one-off tasks the same: the matter, or where none is named the name without blanks and case."""
    return f"matter:{matter_code}" if matter_code else f"name:{''.join(name.split()).casefold()}"


def _lacking(given: object, names: tuple[str, ...]) -> Faults:
    return {name: [REQUIRED] for name in names if not str(getattr(given, name)).strip()}


def _money(money: Money) -> Faults:
    found: Faults = {}
    if not 0 <= money.amount <= MOST_MONEY:
        found["money_amount"] = [_("An amount of nought or more.")]
    if money.per not in Per.values:
        found["money_per"] = [_("Unknown choice.")]
    if not money.source.strip():
        found["money_source"] = [_("Say where the money comes from, or why none follows.")]
    return found


def _choices(proposal: Proposal) -> Faults:
    known: Mapping[str, list[str]] = {
        "into": Into.values,
        "township_role": Duty.values,
        "limit_unit": LimitUnit.values,
        "grid_work": GridWork.values if proposal.into == Into.GRID else [""],
    }
    found: Faults = {
        name: [_("Unknown choice.")] for name, values in known.items() if getattr(proposal, name) not in values
    }
    if not 0 < proposal.limit_value <= LONGEST_LIMIT:
        found["limit_value"] = [_("A whole number of one or more.")]
    if proposal.into != Into.TOWNSHIP_DUTY and proposal.matter_id is None:
        found["matter"] = [_("What cases are routed by has a matter of the catalogue.")]
    return found


def _lead(proposal: Proposal) -> Faults:
    """The township leads, or a named unit does; the duty of a department stays with it."""
    if proposal.township_role == Duty.LEAD:
        if proposal.into == Into.GRID:
            return {"township_role": [_("The grid assists: the lead stays with the department.")]}
        return {"lead_unit": [_("Where the township leads no other unit does.")]} if proposal.lead_unit_id else {}
    if proposal.lead_unit_id is None:
        return {"lead_unit": [_("Name the unit that keeps the lead.")]}
    sides = [side.unit_id for side in proposal.sides]
    if proposal.lead_unit_id in sides or len(set(sides)) != len(sides):
        return {"sides": [_("Each unit is named once.")]}
    return {}


def _process(proposal: Proposal) -> Faults:
    found: Faults = {}
    if not 0 < len(proposal.steps) <= MOST_STEPS:
        found["steps"] = [_("Name the steps of the process.")]
    if any(not (step.title.strip() and step.who) for step in proposal.steps):
        found["steps"] = [_("Each step says what is done and by whom.")]
    if any((step.limit_value is None) != (step.limit_unit == "") for step in proposal.steps):
        found["steps"] = [_("A limit has a number and a unit.")]
    if len(proposal.sides) > MOST_SIDES or any(not side.duty.strip() for side in proposal.sides):
        found["sides"] = [_("Each cooperating unit has a duty.")]
    return found
