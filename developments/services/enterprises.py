"""The register of companies, and their standing: the green channel is granted and taken away by a signed act."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from developments.codes import is_credit_code
from developments.events import EnterpriseRegistered, StandingChanged
from developments.models import Enterprise, Standing
from developments.policies import GREEN, KEEP
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.events import record
from organizations.choices import UnitKind
from organizations.models import Unit


def _stream(unit_id: int) -> dict[str, Any]:
    """The chain of one company's standing, which is no case."""
    return {"case_id": uuid5(NAMESPACE_URL, f"developments/enterprises/{unit_id}"), "subject_id": str(unit_id)}


def _require(actor: Actor, capability: str) -> None:
    if not actor.holds(capability):
        raise NotAllowed(_("Your role does not include this."))


@deed
def register(*, unit_id: int, credit_code: str, actor: Actor, at: datetime, key_project: bool = False) -> Enterprise:
    """Enter a unit of kind enterprise with its credit code (GB 32100-2015).

    Raises NotAllowed, Invalid naming `unit` or `credit_code`, Conflict where unit or code is in the register.
    """
    _require(actor, KEEP)
    code = credit_code.strip().upper()
    if not is_credit_code(code):
        raise Invalid(
            _("This is no unified social credit code."),
            fields={"credit_code": [_("Eighteen characters, and the last one must fit (GB 32100).")]},
        )
    unit = Unit.objects.working().filter(pk=unit_id, kind=UnitKind.ENTERPRISE).first()
    if unit is None:
        raise Invalid(_("This unit is no enterprise."), fields={"unit": [_("Choose an enterprise.")]})
    if Enterprise.objects.filter(unit=unit).exists() or Enterprise.objects.filter(credit_code=code).exists():
        raise Conflict(_("This company is in the register already."), code="registered_already")
    made: Enterprise = Enterprise.objects.create(
        unit=unit,
        credit_code=code,
        key_project=key_project,
        registered_at=at,
        registered_by_id=actor.user_id,
        changed_at=at,
    )
    record(EnterpriseRegistered(**_stream(unit.pk), unit=unit.pk, key_project=key_project), actor=actor, at=at)
    return made


@deed
def set_green(
    *, enterprise_id: int, green: bool, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> Enterprise:
    """Grant the green channel to a company, or take it away, signed with a reason.

    What runs keeps its promised limits. Raises Missing, NotAllowed, Conflict where it stands so already.
    """
    _require(actor, GREEN)
    if not Enterprise.objects.visible_to(actor).filter(pk=enterprise_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    company: Enterprise = Enterprise.objects.locked(enterprise_id, version=version)
    if not reason.strip():
        raise Invalid(_("Give the reason."), fields={"reason": [_("Required.")]})
    if company.green == green:
        raise Conflict(_("It stands so already."))
    company.green, company.version, company.changed_at = green, company.version + 1, at
    company.save(update_fields=["green", "version", "changed_at"])
    Standing.objects.create(
        enterprise=company, green=green, reason=reason.strip(), signed_by_id=actor.user_id, signed_at=at
    )
    record(StandingChanged(**_stream(company.unit_id), unit=company.unit_id, green=green), actor=actor, at=at)
    return company
