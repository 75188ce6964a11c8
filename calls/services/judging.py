"""What the caller says of the result: solved, with a rating of the unit, or not, and it is called again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from calls.choices import Outcome, PartState
from calls.events import CallSentBack, CallSolved
from calls.models import Call
from calls.models.replying import REPLY
from calls.services import calls
from calls.services.parts import lapse_parts
from calls.services.rounds import put_away
from calls.services.triaging import Assist, add_parts, tell_called
from calls.workflow import CALLS
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import instant, record

SCORES = range(1, 6)
RATED = ("speed", "quality", "rating_note", "rated_by_id", "ended_at")


@deed
def solve(
    *, call_id: Any, speed: int, quality: int, actor: Actor, at: datetime, note: str = "", version: int | None = None
) -> Call:
    """Solved: the caller rates the lead unit for speed and result, 1 to 5 each. What others still owe ends with it."""
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move="solve", actor=actor)
    wrong = [name for name, score in (("speed", speed), ("quality", quality)) if score not in SCORES]
    if wrong:
        raise Invalid(_("Rate from 1 to 5."), fields={name: [_("From 1 to 5.")] for name in wrong})
    CALLS.advance(call, "solve", given={"speed": speed, "quality": quality})
    lapse_parts(call=call, at=at)
    call.speed, call.quality, call.rating_note = speed, quality, note.strip()
    call.rated_by_id, call.ended_at = actor.user_id, at
    calls.lay(call=call, at=at)
    calls.save(call=call, at=at, columns=RATED)
    calls.start_clock(call=call, at=at)
    solved = CallSolved(**calls.identity(call), unit=call.lead_id or 0, speed=speed, quality=quality)
    record(solved, actor=actor, at=at)
    return call


@deed
def send_back(*, call_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """Not solved: the same units are called again, and the limits of answer and work begin anew."""
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move="send_back", actor=actor)
    CALLS.advance(call, "send_back", given={"note": note.strip()})
    put_away(call=call, outcome=Outcome.SENT_BACK, note=note.strip(), actor=actor, at=at)
    call_again(call=call, at=at)
    happened = CallSentBack(
        **calls.identity(call),
        unit=call.lead_id or 0,
        round=call.round,
        answer_by=instant(call.stage_due_at),
    )
    record(happened, actor=actor, at=at)
    tell_called(call=call, at=at)
    return call


def call_again(*, call: Call, at: datetime) -> None:
    """A new round with the same units and tasks. Inside the deed that begins it."""
    staying = call.parts.filter(round=call.round).exclude(state=PartState.RELEASED).order_by("pk")
    assists = [Assist(unit_id=one.unit_id, task=one.task) for one in staying]
    lapse_parts(call=call, at=at)
    call.round += 1
    call.called_at, call.parts_replied = at, 0
    calls.lay(call=call, at=at)
    call.answer_due_at = call.stage_due_at
    call.work_due_at = calls.end_of_step(clock="call.work", call=call, at=at)
    columns = (*REPLY, "round", "called_at", "parts_replied", "answer_due_at", "work_due_at", "bound")
    calls.save(call=call, at=at, columns=columns)
    calls.start_clock(call=call, at=at)
    add_parts(call=call, assists=assists, at=at)
