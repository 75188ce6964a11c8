"""Photographs and documents of a call: from the caller, and from the called when they are on site or report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from calls.choices import PartState, Stage, State
from calls.events import EvidenceAdded
from calls.models import Call, Evidence, Part
from calls.policies import ANSWER, FILE
from calls.queries import serves
from calls.services import calls
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Missing, NotAllowed
from kernel.events import record
from petitions.services.attaching import Prepared, described, keep

MAX_FILES = 20
# In which state a called unit shows what, and only then: before it is there it has nothing to show.
STAGES: dict[str, Stage] = {State.ARRIVED: Stage.ARRIVED, State.REPORTED: Stage.REPORTED}


@deed
def show(*, call_id: Any, given: Sequence[Prepared], actor: Actor, at: datetime) -> list[Evidence]:
    """Add files that were read and checked. The petition's files are never taken over, nor these given to it (F17).

    Raises Missing, NotAllowed (a called unit that has not checked in too), Conflict once it has ended or at 20 files.
    """
    call = calls.locked(call_id=call_id, actor=actor)
    if call.ended_at is not None:
        raise Conflict(_("The call has ended; nothing is added to it any more."))
    unit, stage = _whose(call, actor)
    if Evidence.objects.filter(call=call).count() + len(given) > MAX_FILES:
        raise Conflict(_("A call holds up to %(count)d files.") % {"count": MAX_FILES}, code="too_many_files")
    rows = [Evidence(**described(given=one, actor=actor, at=at), call=call, unit_id=unit, stage=stage) for one in given]
    for row, one in zip(rows, given, strict=True):
        keep(row=row, given=one)
        happened = EvidenceAdded(
            **calls.identity(call), unit=unit, evidence=str(row.pk), stage=row.stage, sha256=row.sha256
        )
        record(happened, actor=actor, at=at)
    return rows


def opened(*, call_id: Any, file_id: Any, actor: Actor) -> Evidence:
    """A file of a call that the actor sees. Raises Missing for any other."""
    row = Evidence.objects.filter(pk=file_id, call=call_id).first()
    if row is None or not Call.objects.visible_to(actor).filter(pk=row.call_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    return row


def _whose(call: Call, actor: Actor) -> tuple[int, Stage]:
    """For which unit the actor shows something, and at which step."""
    if call.team_id is not None and serves(call=call, actor=actor):
        return call.caller_id, _step(call.state)
    if actor.may(FILE, units=[call.caller_id]):
        return call.caller_id, Stage.FILED
    if call.team_id is None and call.lead_id and actor.may(ANSWER, units=[call.lead_id]):
        return call.lead_id, _step(call.state)
    for part in Part.objects.filter(call=call, round=call.round).order_by("pk"):
        if part.state != PartState.RELEASED and actor.may(ANSWER, units=[part.unit_id]):
            return part.unit_id, _step(part.state)
    raise NotAllowed(_("Only the caller and the called units add files."))


def _step(state: str) -> Stage:
    if state not in STAGES:
        raise NotAllowed(_("Check in on site first."))
    return STAGES[state]
