"""Filing a call: from a petition that the township cannot solve, or by itself; and the head's signature."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from calls import tellings
from calls.choices import Kind
from calls.events import CallDeclined, CallFiled, CallSigned
from calls.models import Call
from calls.policies import SIGN, TRIAGE, calling_seat
from calls.services import calls
from calls.services.triaging import FARTHEST, triage_by_list
from calls.signing import needs_signature
from calls.workflow import CALLS
from kernel import personal
from kernel.actors import Actor, Seat
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.numbers import next_number
from notices.services.telling import tell
from organizations.choices import AreaLevel
from organizations.models import Area, Unit
from organizations.queries import center_of
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition
from petitions.queries import category_of
from petitions.services.stages import locked as locked_petition

PREFIX = "HJ"


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
    seat = calling_seat(actor=actor, unit_id=unit_id)
    if seat is None:
        raise NotAllowed(_("Your role does not include this."))
    _check(kind=kind, asked=asked, wanted_by=wanted_by, at=at)
    petition = _petition(petition_id, actor=actor) if petition_id else None
    call = _drawn(seat, petition, place, kind=kind, category_code=category_code, at=at)
    call.asked, call.spot, call.wanted_by, call.filed_by_id = asked.strip(), spot.strip(), wanted_by, actor.user_id
    signs = bool(actor.may(SIGN, units=[call.caller_id]))
    if not needs_signature(kind=kind, signs=signs):
        CALLS.advance(call, "sign")
        if signs:
            call.signed_at, call.signed_by_id = at, actor.user_id
    calls.lay(call=call, at=at)
    call.save(force_insert=True)
    calls.start_clock(call=call, at=at)
    record(_filed(call), actor=actor, at=at)
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


def _check(*, kind: str, asked: str, wanted_by: datetime | None, at: datetime) -> None:
    if kind not in Kind.values:
        raise Invalid(_("There is no such kind of call."), fields={"kind": [_("Unknown kind.")]})
    if not asked.strip():
        raise Invalid(_("Say what is asked."), fields={"asked": [_("Required.")]})
    if wanted_by is not None and not at < wanted_by <= at + FARTHEST:
        raise Invalid(_("This time cannot be met."), fields={"wanted_by": [_("In the future, and within a year.")]})


def _petition(petition_id: UUID, *, actor: Actor) -> Petition:
    """The petition, locked before the call is written: every deed of a case takes that lock first."""
    if not Petition.objects.visible_to(actor).filter(pk=petition_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    if petition.state in (*FINISHED_STATES, State.JOINED):
        raise Conflict(_("This petition is finished; nobody is called for it."))
    return petition


def _drawn(seat: Seat, petition: Petition | None, place: str, *, kind: str, category_code: str, at: datetime) -> Call:
    caller = Unit.objects.select_related("area").get(pk=seat.unit_id or 0)
    where = _place(place, caller) if place else petition.place if petition else caller.area.prefix
    center = center_of(place=where, level=AreaLevel.COUNTY)
    if center is None or center.pk == caller.pk:
        raise Invalid(_("There is no command centre for this place."), fields={"place": [_("No centre.")]})
    category = category_of(code=category_code) if category_code else petition.category if petition else None
    call_id = new_id(at=at)
    return Call(
        id=call_id,
        case_id=petition.pk if petition else call_id,
        number=next_number(prefix=PREFIX, at=at),
        petition=petition,
        kind=kind,
        quick=kind == Kind.EMERGENCY,
        category=category,
        place=where,
        salt=personal.new_salt(),
        caller=caller,
        center=center,
        filed_at=at,
        stage_from=at,
        changed_at=at,
    )


def _place(place: str, caller: Unit) -> str:
    """The prefix of an area inside of the caller's. Raises Invalid for any other code."""
    area = Area.objects.filter(code=place).first() if place.isascii() else None
    if area is None:
        raise Invalid(_("There is no such area."), fields={"place": [_("Unknown code.")]})
    if not area.prefix.startswith(caller.area.prefix):
        raise Invalid(_("This is outside of your unit's area."), fields={"place": [_("Another unit's area.")]})
    return area.prefix


def _filed(call: Call) -> CallFiled:
    return CallFiled(
        **calls.identity(call),
        # On a petition the holder of the case does not change: the township keeps it, and so does the ledger.
        holder="" if call.petition_id else f"unit:{call.caller_id}",
        kind=call.kind,
        caller=call.caller_id,
        center=call.center_id,
        place=call.place,
        quick=call.quick,
        signed=call.state != "signing",
        wanted_by=instant(call.wanted_by) if call.wanted_by else "",
        due_by=instant(call.stage_due_at),
        content=personal.commitment(call.asked, salt=bytes(call.salt)),
    )


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
