"""Signing what was drawn up, until it binds; or withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from mediation.choices import Signing
from mediation.events import AgreementDropped, AgreementSigned
from mediation.models import Agreement, MediationCase, Party, Signature
from mediation.queries import agreement_of
from mediation.services import cases
from mediation.services.drawing import Pledge, draw
from mediation.services.forcing import take_force
from mediation.workflow import WORKFLOW

__all__ = ["Pledge", "complete", "draw", "drop", "sign"]


@deed
def sign(
    *,
    case_id: Any,
    actor: Actor,
    at: datetime,
    signed: Mapping[int, tuple[str, date]] | None = None,
    mediator_on: date | None = None,
    sealed_on: date | None = None,
    version: int | None = None,
) -> Agreement:
    """Enter what came in: per party (how, on which day), the mediator's signature, the committee's seal.

    With the last of them the agreement is in force (人民调解法 29). Raises Invalid for a day before the draft or after
    today, and where nothing at all is entered.
    """
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="sign", actor=actor)
    agreement = _drawn(case)
    WORKFLOW.advance(case, "sign")
    given = dict(signed or {})
    days = [day for _kind, day in given.values()] + [day for day in (mediator_on, sealed_on) if day]
    _check_signing(agreement, given, days, at)
    Signature.objects.bulk_create(
        Signature(agreement=agreement, party_id=party, kind=kind, signed_on=day)
        for party, (kind, day) in sorted(given.items())
    )
    agreement.mediator_signed_on = mediator_on or agreement.mediator_signed_on
    agreement.sealed_on = sealed_on or agreement.sealed_on
    agreement.save(update_fields=["mediator_signed_on", "sealed_on"])
    cases.save(case=case, at=at)
    happened = AgreementSigned(
        **cases.identity(case),
        agreement=agreement.pk,
        parties=sorted(given),
        mediator=mediator_on is not None,
        seal=sealed_on is not None,
    )
    record(happened, actor=actor, at=at)
    if complete(case=case, agreement=agreement):
        take_force(case=case, agreement=agreement, actor=actor, at=at)
    return agreement


def _check_signing(
    agreement: Agreement, given: Mapping[int, tuple[str, date]], days: Sequence[date], at: datetime
) -> None:
    if not days:
        raise Invalid(_("Nothing was entered."), fields={"signed": [_("Required.")]})
    first, last = timezone.localtime(agreement.drawn_at).date(), timezone.localtime(at).date()
    if any(not first <= day <= last for day in days):
        raise Invalid(
            _("Signatures lie between the draft and today."), fields={"signed": [_("This day is not possible.")]}
        )
    if any(kind not in Signing.values for kind, _day in given.values()):
        raise Invalid(_("Name how it was signed."), fields={"signed": [_("Unknown kind.")]})
    parties = set(Party.objects.filter(case=agreement.case_id).values_list("pk", flat=True))
    if set(given) - parties:
        raise Missing(_("Somebody here is no party of this case."))
    if agreement.signatures.filter(party_id__in=given).exists():
        raise Conflict(_("This party has signed already."))


def complete(*, case: MediationCase, agreement: Agreement) -> bool:
    """True where every party has signed, and the mediator, and the seal is on."""
    signed = set(Signature.objects.filter(agreement=agreement).values_list("party_id", flat=True))
    parties = set(case.parties.values_list("pk", flat=True))
    return parties == signed and agreement.mediator_signed_on is not None and agreement.sealed_on is not None


@deed
def drop(*, case_id: Any, reason: str, actor: Actor, at: datetime, version: int | None = None) -> MediationCase:
    """Withdraw the draft: somebody does not sign it. The mediation goes on, with the time that is left."""
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="drop", actor=actor)
    agreement = _drawn(case)
    WORKFLOW.advance(case, "drop", given={"reason": reason.strip()})
    agreement.dropped_at, agreement.drop_reason = at, reason.strip()
    agreement.save(update_fields=["dropped_at", "drop_reason"])
    cases.save(case=case, at=at)
    record(AgreementDropped(**cases.identity(case), agreement=agreement.pk), actor=actor, at=at)
    return case


def _drawn(case: MediationCase) -> Agreement:
    agreement = agreement_of(case=case)
    if agreement is None:
        raise Missing(_("There is no agreement."))
    return agreement
