"""What the lead unit does: a person and a time, a check-in, a result — or a refusal that rests on a row of the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from calls import tellings
from calls.models import Call
from calls.models.replying import REFUSAL, REPLY
from calls.policies import RATE
from calls.services import calls
from calls.services.replies import Reply, answer_with, arrive_at, refuse_with, refused, report_with
from calls.workflow import CALLS
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import instant
from notices.services.telling import tell


@deed
def answer(
    *, call_id: Any, person_id: int, promised_at: datetime, actor: Actor, at: datetime, version: int | None = None
) -> Call:
    """Name who comes and when. From now on the promise is the clock."""
    call, reply = _begin(call_id, "answer", actor=actor, version=version)
    answer_with(reply, person_id=person_id, promised_at=promised_at, actor=actor, at=at)
    _end(call, at, until=promised_at)
    facts: dict[str, str | int] = {"unit": reply.unit_id, "promised_at": instant(promised_at)}
    _tell(tellings.ANSWERED.code, call, [call.filed_by_id] if call.filed_by_id else [], facts, at)
    return call


@deed
def arrive(
    *, call_id: Any, actor: Actor, at: datetime, lng: float | None = None, lat: float | None = None,
    accuracy_m: int | None = None, version: int | None = None,
) -> Call:  # fmt: skip
    """Check in on site, with time and, where the device tells it, place."""
    call, reply = _begin(call_id, "arrive", actor=actor, version=version)
    arrive_at(reply, lng=lng, lat=lat, accuracy_m=accuracy_m, actor=actor, at=at)
    return _end(call, at, until=call.work_due_at)


@deed
def report(*, call_id: Any, result: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """Sum up and sign for what was done; the caller judges. A cooperating unit that is late does not hold it up."""
    call, reply = _begin(call_id, "report", actor=actor, version=version)
    report_with(reply, result=result, actor=actor, at=at)
    _end(call, at)
    people = calls.who_may(capability=RATE, unit_ids=[call.caller_id], at=at)
    facts: dict[str, str | int] = {"unit": reply.unit_id, "due_at": instant(call.stage_due_at)}
    _tell(tellings.REPORTED.code, call, people, facts, at)
    return call


@deed
def refuse(*, call_id: Any, entry_id: int, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """Refuse, naming the row of the list on which that rests: the centre rules on it, and the ruling binds.

    Raises Invalid for a row that is not in force or says nothing of the matter, NotAllowed after a ruling.
    """
    call, reply = _begin(call_id, "refuse", actor=actor, version=version)
    entry = refuse_with(reply, entry_id=entry_id, note=note, actor=actor, at=at)
    calls.lay(call=call, at=at)
    calls.save(call=call, at=at, columns=REFUSAL)
    calls.start_clock(call=call, at=at)
    refused(reply, entry, actor=actor, at=at)
    return call


def _begin(call_id: Any, move: str, *, actor: Actor, version: int | None) -> tuple[Call, Reply]:
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move=move, actor=actor)
    assert call.lead_id is not None  # a constraint: these states have a lead
    return call, Reply(call=call, row=call, unit_id=call.lead_id, workflow=CALLS, leads=True)


def _end(call: Call, at: datetime, *, until: datetime | None = None) -> Call:
    calls.lay(call=call, at=at, until=until)
    calls.save(call=call, at=at, columns=REPLY)
    calls.start_clock(call=call, at=at)
    return call


def _tell(kind: str, call: Call, people: list[int], facts: dict[str, str | int], at: datetime) -> None:
    tell(kind=kind, people=people, subject=str(call.pk), facts=facts, once=calls.once(call), at=at)
