"""Writing down what was agreed: on paper to be signed, or orally and in force at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Message
from kernel.events import record
from mediation.choices import Form
from mediation.events import AgreementDrawn
from mediation.models import Agreement, MediationCase, Promise
from mediation.models.agreement import CONTENTS
from mediation.services import cases
from mediation.services.forcing import take_force
from mediation.workflow import WORKFLOW


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """What one party performs, how, and by when (人民调解法 29: 履行的方式、期限)."""

    party_id: int
    what: str
    due_on: date


@deed
def draw(
    *,
    case_id: Any,
    form: str,
    facts: str,
    points: str,
    responsibilities: str,
    terms: str,
    promises: Sequence[Pledge],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Agreement:
    """Write down what was agreed, with everything that 人民调解法 29 asks for.

    In writing it waits for the signatures; orally it takes effect at once (30). Raises Invalid naming each part that
    is missing.
    """
    case, _petition = cases.locked(case_id=case_id, version=version)
    move = "agree" if form == Form.ORAL else "draw"
    cases.permitted(case=case, move=move, actor=actor)
    text = {"facts": facts, "points": points, "responsibilities": responsibilities, "terms": terms}
    text = {name: value.strip() for name, value in text.items()}
    WORKFLOW.advance(case, move, given={**text, "promises": list(promises)})
    _check(case, form, promises, at)
    agreement = _write(case, form, text, promises, at)
    cases.save(case=case, at=at)
    content = personal.commitment("\x1f".join(text[name] for name in CONTENTS), salt=bytes(agreement.salt))
    drawn = AgreementDrawn(**cases.identity(case), agreement=agreement.pk, form=form, content=content)
    record(drawn, actor=actor, at=at)
    if form == Form.ORAL:
        take_force(case=case, agreement=agreement, actor=actor, at=at)
    return agreement


def _check(case: MediationCase, form: str, promises: Sequence[Pledge], at: datetime) -> None:
    fields: dict[str, list[Message]] = {}
    if form not in Form.values:
        fields["form"] = [_("Unknown form.")]
    parties = set(case.parties.values_list("pk", flat=True))
    today = timezone.localtime(at).date()
    if any(one.party_id not in parties for one in promises):
        fields["promises"] = [_("Somebody here is no party of this case.")]
    elif any(not one.what.strip() or one.due_on < today for one in promises):
        fields["promises"] = [_("Each promise says what is performed, and by a day that is not over.")]
    if fields:
        raise Invalid(_("The agreement is not complete."), fields=fields)


def _write(
    case: MediationCase, form: str, text: Mapping[str, str], promises: Sequence[Pledge], at: datetime
) -> Agreement:
    agreement = Agreement.objects.create(
        case=case,
        form=form,
        salt=personal.new_salt(),
        drawn_at=at,
        **{name: personal.encrypt(value, purpose=f"agreement.{name}") for name, value in text.items()},
    )
    Promise.objects.bulk_create(
        Promise(
            agreement=agreement,
            party_id=one.party_id,
            what=personal.encrypt(one.what.strip(), purpose="promise.what"),
            due_on=one.due_on,
        )
        for one in promises
    )
    return agreement
