"""The parts of cooperating units: each replies for itself; the end of a round ends what is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from calls import tellings
from calls.events import RefusalOverruled, RefusalUpheld
from calls.models import Call, Escalation, Part
from calls.policies import ANSWER
from calls.queries import part_move_verdict
from calls.services import calls
from calls.services.replies import Reply, answer_with, arrive_at, refuse_with, refused, report_with
from calls.workflow import PARTS
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, Stale
from kernel.events import instant, record
from kernel.permissions import require
from kernel.timers import TimerSpec
from notices.services.telling import tell


@deed
def answer_part(
    *, call_id: Any, part_id: Any, person_id: int, promised_at: datetime, actor: Actor, at: datetime,
    version: int | None = None,
) -> Part:  # fmt: skip
    """A cooperating unit names who comes and when."""
    part = _locked(call_id, part_id, actor=actor, version=version)
    reply = _begin(part, "answer", actor)
    answer_with(reply, person_id=person_id, promised_at=promised_at, actor=actor, at=at)
    return _end(part, at, until=promised_at)


@deed
def arrive_part(
    *, call_id: Any, part_id: Any, actor: Actor, at: datetime, lng: float | None = None, lat: float | None = None,
    accuracy_m: int | None = None, version: int | None = None,
) -> Part:  # fmt: skip
    """A cooperating unit checks in on site."""
    part = _locked(call_id, part_id, actor=actor, version=version)
    reply = _begin(part, "arrive", actor)
    arrive_at(reply, lng=lng, lat=lat, accuracy_m=accuracy_m, actor=actor, at=at)
    return _end(part, at, until=part.work_due_at)


@deed
def report_part(
    *, call_id: Any, part_id: Any, result: str, actor: Actor, at: datetime, version: int | None = None
) -> Part:
    """A cooperating unit reports what it did: it has replied."""
    part = _locked(call_id, part_id, actor=actor, version=version)
    reply = _begin(part, "report", actor)
    report_with(reply, result=result, actor=actor, at=at)
    part.ended_at = at
    _end(part, at)
    Call.objects.filter(pk=part.call_id).update(parts_replied=F("parts_replied") + 1)
    return part


@deed
def refuse_part(
    *, call_id: Any, part_id: Any, entry_id: int, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Part:
    """A cooperating unit refuses, naming the row of the list on which that rests; the centre rules, as for a lead."""
    part = _locked(call_id, part_id, actor=actor, version=version)
    reply = _begin(part, "refuse", actor)
    entry = refuse_with(reply, entry_id=entry_id, note=note, actor=actor, at=at)
    _end(part, at, until=calls.end_of_step(clock="call.part_rule", call=part.call, at=at))
    refused(reply, entry, actor=actor, at=at)
    return part


@deed
def uphold_part(
    *, call_id: Any, part_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Part:
    """The unit is right: it is let go, and nobody waits for it any more."""
    part = _locked(call_id, part_id, actor=actor, version=version)
    _begin(part, "uphold", actor)
    PARTS.advance(part, "uphold", given={"note": note.strip()})
    part.ruling, part.ended_at = note.strip(), at
    _end(part, at)
    Call.objects.filter(pk=part.call_id).update(parts_total=F("parts_total") - 1)
    happened = RefusalUpheld(**calls.identity(part.call), unit=part.unit_id, due_by="", lead=False)
    record(happened, actor=actor, at=at)
    return part


@deed
def overrule_part(
    *, call_id: Any, part_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Part:
    """The unit is not right: it is called again and cannot refuse a second time (潍坊12345条例 22).

    Its ladder goes on from where it stood, so that refusing wins nobody a rung.
    """
    part = _locked(call_id, part_id, actor=actor, version=version)
    _begin(part, "overrule", actor)
    PARTS.advance(part, "overrule", given={"note": note.strip()})
    part.ruling, part.bound, part.called_at = note.strip(), True, at
    part.answer_due_at = calls.end_of_step(clock="call.part_answer", call=part.call, at=at)
    climbed = Escalation.objects.filter(subject=part.pk, clock="call.part_answer", round=part.call.round).count()
    _end(part, at, until=part.answer_due_at, rung=climbed)
    answer_by = instant(part.stage_due_at)
    happened = RefusalOverruled(**calls.identity(part.call), unit=part.unit_id, answer_by=answer_by, lead=False)
    record(happened, actor=actor, at=at)
    _tell_called(part, at)
    return part


def _tell_called(part: Part, at: datetime) -> None:
    call = part.call
    people = calls.who_may(capability=ANSWER, unit_ids=[part.unit_id], at=at)
    facts = {**calls.due_facts(call), "due_at": instant(part.stage_due_at)}
    once = f"{part.pk}:{part.version}"
    tell(kind=tellings.CALLED.code, people=people, subject=str(call.pk), facts=facts, once=once, at=at)


def lapse_parts(*, call: Call, at: datetime) -> None:
    """End what cooperating units still owe: the round, or the call, is over. Inside the deed that ends it."""
    for part in Part.objects.open().select_for_update().filter(call=call).order_by("pk"):
        PARTS.advance(part, "lapse")
        part.ended_at = at
        _end(part, at)


def _locked(call_id: Any, part_id: Any, *, actor: Actor, version: int | None) -> Part:
    """The part, its call locked first: every deed of a call takes that lock before any other."""
    call = calls.locked(call_id=call_id, actor=actor)
    if not Part.objects.filter(pk=part_id, call=call).exists():
        raise Missing(_("This does not exist, or not for you."))
    part: Part = Part.objects.locked(part_id, version=version)
    part.call = call
    return part


def _begin(part: Part, move: str, actor: Actor) -> Reply:
    PARTS.row(move=move, state=part.state)
    require(part_move_verdict(move=move, part=part, actor=actor))
    return Reply(call=part.call, row=part, unit_id=part.unit_id, workflow=PARTS, leads=False)


def _end(part: Part, at: datetime, *, until: datetime | None = None, rung: int = 0) -> Part:
    """Write the part and start the clock of its new state, if it has one."""
    part.version, part.changed_at, part.rung = part.version + 1, at, rung
    part.stage_due_at = until or at
    saved = {field.attname: getattr(part, field.attname) for field in part._meta.concrete_fields if field.name != "id"}
    if not Part.objects.filter(pk=part.pk, version=part.version - 1).update(**saved):
        raise Stale(_("This was changed in the meantime."))
    clock = PARTS.clocks.get(part.state)
    if clock is None:
        timers.cancel(subject_id=str(part.pk), at=at)
        return part
    spec = TimerSpec(kind=clock, case_id=part.call.case_id, subject_id=str(part.pk), due_at=part.stage_due_at)
    timers.swap(stopped=calls.PART_CLOCKS, specs=[spec], at=at)
    return part
