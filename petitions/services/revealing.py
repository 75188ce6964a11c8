"""Opening sealed personal data: one field at a time, for a named purpose, and never without an entry in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Missing
from kernel.events import record
from kernel.permissions import require
from petitions.choices import RevealField, RevealPurpose
from petitions.events import IdentityRevealed
from petitions.models import Reporter
from petitions.services.stages import locked


@deed
def reveal(
    *, petition_id: Any, field: str, purpose: str, actor: Actor, at: datetime, version: int | None = None
) -> str:
    """The plain value of one field of the reporter. The look itself is the deed: it is recorded before it is answered.

    Only a seat that oversees the place may look (信访工作条例 46), not every unit that handles the case. Raises Missing
    where the field was not given or was erased.
    """
    petition = locked(petition_id=petition_id, version=version)
    require(actor.may("petition.reveal", place=petition.place))
    if field not in RevealField.values:
        raise Invalid(_("There is no such field."), fields={"field": [_("Unknown field.")]})
    if purpose not in RevealPurpose.values:
        raise Invalid(_("Name the purpose."), fields={"purpose": [_("Unknown purpose.")]})
    sealed = Reporter.objects.filter(petition_id=petition.pk).values_list(field, flat=True).first()
    plain = personal.decrypt(sealed, purpose=f"reporter.{field}") if sealed else ""
    if not plain:
        raise Missing(_("The reporter did not give this, or it was erased."), code="not_given")
    record(
        IdentityRevealed(case_id=petition.pk, subject_id=str(petition.pk), field=field, purpose=purpose),
        actor=actor,
        at=at,
    )
    return plain
