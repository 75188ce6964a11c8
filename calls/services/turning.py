"""A call by itself becomes a petition: the same case goes on, with the same id, on the same chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from calls.events import CallTurned
from calls.models import Call
from calls.policies import FILE
from calls.services import calls
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict
from kernel.events import record
from kernel.permissions import require
from petitions.services.filing import ReporterData, file_petition


@deed
def file_for_call(
    *,
    call_id: Any,
    nature: str,
    channel: str,
    title: str,
    description: str,
    actor: Actor,
    at: datetime,
    category_code: str = "",
    urgency: str = "",
    address: str = "",
    confidential: bool = False,
    reporter: ReporterData | None = None,
    version: int | None = None,
) -> Call:
    """File a petition for a call that has none: it takes the id of the call's case, so that everything stays one case.

    From there it goes as any petition does: to a unit, or before the mediators. The call goes on beside it, and the
    called units do not see the petition; a team sent beside it is on the same case. Raises Conflict where it has one.
    """
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    require(actor.may(FILE, units=[call.caller_id]))
    if call.petition_id is not None:
        raise Conflict(_("This call has a petition already."))
    petition = file_petition(
        petition_id=call.case_id,
        nature=nature,
        channel=channel,
        title=title,
        description=description,
        category_code=category_code or call.category_id or "",
        urgency=urgency,
        address=address,
        area_code=call.place[:12].ljust(12, "0"),
        confidential=confidential,
        reporter=reporter,
        actor=actor,
        at=at,
    )
    call.petition = petition
    calls.save(call=call, at=at, columns=("petition_id",))
    Call.objects.filter(case_id=call.case_id, petition=None).update(petition=petition)
    record(CallTurned(**calls.identity(call), petition=str(petition.pk)), actor=actor, at=at)
    return call
