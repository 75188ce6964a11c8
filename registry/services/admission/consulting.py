"""会商: those who disagree sit together, and what they came to is written down and changes the application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import record
from kernel.permissions import require
from organizations.models import Unit
from registry.admission import policies
from registry.admission.choices import Outcome, Per
from registry.admission.events import AdmissionConsulted
from registry.admission.proposals import LONGEST_LIMIT, MOST_MONEY, Faults
from registry.admission.workflow import WORKFLOW
from registry.models import Admission, Consultation
from registry.queries.admission import move_verdict
from registry.services.admission import cases

# What a consultation may change: what the township does and what follows the duty, not what the duty is.
PROSE = ("lead_duty", "township_duty", "safeguards", "powers", "money_source")
CHANGEABLE = (*PROSE, "money_amount", "money_per", "limit_value")


@deed
def consult(
    *,
    admission_id: Any,
    held_on: date,
    present: Sequence[int],
    people: str,
    minutes: str,
    outcome: str,
    actor: Actor,
    at: datetime,
    changes: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Admission:
    """Record a consultation and what it changed. Every township that objects must have been there.

    `present` are the units that took part, `people` says who came for them, `changes` new values by the names of
    CHANGEABLE. Raises WrongState, NotAllowed, Invalid naming the fields.
    """
    case: Admission = Admission.objects.locked(admission_id, version=version)
    WORKFLOW.row(move="consult", state=case.state)
    require(move_verdict(move="consult", case=case, actor=actor))
    given = {"held_on": held_on, "present": list(present), "minutes": minutes.strip(), "outcome": outcome}
    WORKFLOW.advance(case, "consult", given=given)
    new = {name: value for name, value in (changes or {}).items() if value not in (None, "")}
    _refuse(case, held_on, present, people, outcome, new, at)
    changed = _change(case, new)
    number = case.consultations.count() + 1
    Consultation.objects.create(
        admission=case,
        number=number,
        held_on=held_on,
        present=sorted(set(present)),
        people=people.strip(),
        minutes=minutes.strip(),
        outcome=outcome,
        changes=changed,
        recorded_by_id=cases.person(actor),
        recorded_at=at,
    )
    cases.enter_stage(case=case, clock=WORKFLOW.clocks[case.state], at=at)
    cases.save(case=case, at=at, columns=(*cases.STAGE, *changed))
    happened = AdmissionConsulted(**cases.identity(case), consultation=number, outcome=outcome, changed=sorted(changed))
    record(happened, actor=actor, at=at)
    return case


def _refuse(
    case: Admission,
    held_on: date,
    present: Sequence[int],
    people: str,
    outcome: str,
    new: Mapping[str, Any],
    at: datetime,
) -> None:
    found: Faults = {}
    if held_on > timezone.localtime(at).date() or held_on < timezone.localtime(case.filed_at).date():
        found["held_on"] = [_("Between the application and today.")]
    if not people.strip():
        found["people"] = [_("Say who took part.")]
    if outcome not in Outcome.values:
        found["outcome"] = [_("Unknown choice.")]
    absent = set(policies.objecting(opinions=list(case.opinions.all()))) - set(present)
    if absent:
        found["present"] = [_("Every township that objects takes part.")]
    elif Unit.objects.filter(pk__in=present).count() != len(set(present)):
        found["present"] = [_("Unknown unit.")]
    found |= _wrong(new)
    if found:
        raise Invalid(_("The record of the consultation has faults."), fields=found)


def _wrong(new: Mapping[str, Any]) -> Faults:
    """What is wrong with the new values."""
    found: Faults = {name: [_("This is not changed by a consultation.")] for name in set(new) - set(CHANGEABLE)}
    if not 0 <= Decimal(new.get("money_amount", 0)) <= MOST_MONEY:
        found["money_amount"] = [_("An amount of nought or more.")]
    if new.get("money_per", Per.YEAR) not in Per.values:
        found["money_per"] = [_("Unknown choice.")]
    if not 0 < int(new.get("limit_value", 1)) <= LONGEST_LIMIT:
        found["limit_value"] = [_("A whole number of one or more.")]
    return found


def _change(case: Admission, new: Mapping[str, Any]) -> dict[str, list[str]]:
    """Put the new values into the application; what was and what is, for the record."""
    changed: dict[str, list[str]] = {}
    for name, value in new.items():
        after = value.strip() if isinstance(value, str) else value
        before = getattr(case, name)
        if before != after:
            changed[name] = [str(before), str(after)]
            setattr(case, name, after)
    return changed
