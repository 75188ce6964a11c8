"""Filing a call: from a petition that the township cannot solve, or by itself; and the head's signature."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from calls import tellings
from calls.events import CallDeclined, CallSigned
from calls.models import Call
from calls.policies import SIGN, TRIAGE
from calls.services import calls
from calls.services.drawing import Wanted, draw, filed
from calls.services.triaging import triage_by_list
from calls.signing import needs_signature
from calls.workflow import CALLS
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import instant, record
from notices.services.telling import tell


@deed
def file_call(
    *,
    kind: str,
    asked: str,
    actor: Actor,
    at: datetime,
    petition_id: UUID | None = None,
    category_code: str = "",
    place: str = "",
    spot: str = "",
    wanted_by: datetime | None = None,
    unit_id: int | None = None,
) -> Call:
    """Call for a department: on a petition, or by itself (山东省乡镇人民政府工作条例 5, 乡呼县应).

    `place` is the code of an area and defaults to that of the petition, else to the caller's own; `unit_id` says for
    which of one's units. What cannot wait passes signature and triage by: the lead is called by the list at once, or
    the centre has it where the list names nobody. The petition stays the caller's; nothing of it is copied. Raises
    NotAllowed, Missing for a petition that the actor does not see, Conflict for a finished one, Invalid by field.
    """
    wanted = Wanted(
        kind=kind,
        asked=asked,
        petition_id=petition_id,
        category_code=category_code,
        place=place,
        spot=spot,
        wanted_by=wanted_by,
        unit_id=unit_id,
    )
    call = draw(wanted=wanted, actor=actor, at=at)
    signs = bool(actor.may(SIGN, units=[call.caller_id]))
    if not needs_signature(kind=kind, signs=signs):
        CALLS.advance(call, "sign")
        if signs:
            call.signed_at, call.signed_by_id = at, actor.user_id
    calls.lay(call=call, at=at)
    call.save(force_insert=True)
    calls.start_clock(call=call, at=at)
    record(filed(call), actor=actor, at=at)
    if call.quick and triage_by_list(call=call, at=at):
        return call
    _tell_next(call, at)
    return call


@deed
def sign(*, call_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """The head signs: the call goes to the centre."""
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move="sign", actor=actor)
    CALLS.advance(call, "sign")
    call.signed_at, call.signed_by_id = at, actor.user_id
    calls.lay(call=call, at=at)
    calls.save(call=call, at=at, columns=("signed_at", "signed_by_id"))
    calls.start_clock(call=call, at=at)
    due_by = instant(call.stage_due_at)
    record(CallSigned(**calls.identity(call), caller=call.caller_id, due_by=due_by), actor=actor, at=at)
    _tell_next(call, at)
    return call


@deed
def decline(*, call_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """The head does not sign, and says why: the call ends in the house."""
    return _decline(call_id, "decline", note, actor=actor, at=at, version=version)


@deed
def turn_away(*, call_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """The centre does not take the call up, and says why: it is the caller's own duty, or nobody's."""
    return _decline(call_id, "turn_away", note, actor=actor, at=at, version=version)


def _decline(call_id: Any, move: str, note: str, *, actor: Actor, at: datetime, version: int | None) -> Call:
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move=move, actor=actor)
    CALLS.advance(call, move, given={"note": note.strip()})
    call.end_note, call.ended_at = note.strip(), at
    calls.lay(call=call, at=at)
    calls.save(call=call, at=at, columns=("end_note", "ended_at"))
    calls.start_clock(call=call, at=at)
    by_center = move == "turn_away"
    record(CallDeclined(**calls.identity(call), caller=call.caller_id, by_center=by_center), actor=actor, at=at)
    _tell(tellings.ENDED.code, call, [one for one in (call.filed_by_id,) if one], at)
    return call


def _tell_next(call: Call, at: datetime) -> None:
    """Tell those whom the step waits for: the head who signs, or the centre that triages."""
    if call.state == "signing":
        people = calls.who_may(capability=SIGN, unit_ids=[call.caller_id], at=at)
        _tell(tellings.TO_SIGN.code, call, people, at)
    else:
        people = calls.who_may(capability=TRIAGE, unit_ids=[call.center_id], at=at)
        _tell(tellings.TO_TRIAGE.code, call, people, at)


def _tell(kind: str, call: Call, people: list[int], at: datetime) -> None:
    tell(kind=kind, people=people, subject=str(call.pk), facts=calls.due_facts(call), once=calls.once(call), at=at)
