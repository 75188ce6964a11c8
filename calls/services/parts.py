"""The parts of cooperating units: each replies for itself; the end of a round ends what is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from calls.models import Call, Part
from calls.policies import part_verdict
from calls.services import calls
from calls.services.replies import Reply, answer_with, arrive_at, report_with
from calls.workflow import PARTS
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, Stale
from kernel.permissions import require
from kernel.timers import TimerSpec


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
    require(part_verdict(unit_id=part.unit_id, actor=actor))
    return Reply(call=part.call, row=part, unit_id=part.unit_id, workflow=PARTS, leads=False)


def _end(part: Part, at: datetime, *, until: datetime | None = None) -> Part:
    """Write the part and start the clock of its new state, if it has one."""
    part.version, part.changed_at, part.rung = part.version + 1, at, 0
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
