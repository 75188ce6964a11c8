"""A call that the caller takes back, or that has lost its petition."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from calls import tellings
from calls.choices import EndedBy
from calls.events import CallWithdrawn
from calls.models import Call
from calls.policies import ANSWER
from calls.queries import people_sent
from calls.services import calls
from calls.services.parts import lapse_parts
from calls.workflow import CALLS
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.events import record
from notices.services.telling import tell


@deed
def withdraw(*, call_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """Take a call back, with the reason: nobody need come any more."""
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move="withdraw", actor=actor)
    return _end(call, note.strip(), actor=actor, at=at)


@deed
def follow_withdrawal(*, petition_id: UUID, at: datetime) -> None:
    """The petition was taken back: whatever was called for it ends."""
    for call in Call.objects.open().select_for_update(of=("self",)).filter(petition_id=petition_id).order_by("pk"):
        _end(call, EndedBy.PETITION.value, actor=SYSTEM, at=at)


def _end(call: Call, note: str, *, actor: Actor, at: datetime) -> Call:
    CALLS.advance(call, "withdraw", given={"note": note})
    lapse_parts(call=call, at=at)
    call.end_note, call.ended_at = note, at
    calls.lay(call=call, at=at)
    calls.save(call=call, at=at, columns=("end_note", "ended_at"))
    calls.start_clock(call=call, at=at)
    record(CallWithdrawn(**calls.identity(call), caller=call.caller_id), actor=actor, at=at)
    people = people_sent(call=call) or calls.who_may(capability=ANSWER, unit_ids=call.involved, at=at)
    facts = calls.due_facts(call)
    tell(kind=tellings.ENDED.code, people=people, subject=str(call.pk), facts=facts, once=calls.once(call), at=at)
    return call
