"""A refusal is adjudicated: upheld, and another unit is found, or not, and the unit must come. Either binds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from calls.choices import Outcome
from calls.events import RefusalOverruled, RefusalUpheld
from calls.models import Call
from calls.models.replying import REPLY
from calls.services import calls
from calls.services.judging import call_again
from calls.services.parts import lapse_parts
from calls.services.rounds import put_away
from calls.services.triaging import tell_called
from calls.workflow import CALLS
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.events import instant, record


@deed
def uphold(*, call_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """The unit is right: it is let go, and the centre names another."""
    call = _ruled(call_id, "uphold", Outcome.UPHELD, note, actor=actor, at=at, version=version)
    unit = call.lead_id or 0
    lapse_parts(call=call, at=at)
    call.lead_id, call.entry_id = None, None
    calls.lay(call=call, at=at)
    calls.save(call=call, at=at, columns=(*REPLY, "lead_id", "entry_id"))
    calls.start_clock(call=call, at=at)
    happened = RefusalUpheld(**calls.identity(call), unit=unit, due_by=instant(call.stage_due_at))
    record(happened, actor=actor, at=at)
    return call


@deed
def overrule(*, call_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Call:
    """The unit is not right: it is called again, and cannot refuse a second time (潍坊12345条例 22)."""
    call = _ruled(call_id, "overrule", Outcome.OVERRULED, note, actor=actor, at=at, version=version)
    call.bound = True
    call_again(call=call, at=at)
    answer_by = instant(call.stage_due_at)
    record(RefusalOverruled(**calls.identity(call), unit=call.lead_id or 0, answer_by=answer_by), actor=actor, at=at)
    tell_called(call=call, at=at)
    return call


def _ruled(
    call_id: Any, move: str, outcome: str, note: str, *, actor: Actor, at: datetime, version: int | None
) -> Call:
    call = calls.locked(call_id=call_id, actor=actor, version=version)
    calls.permitted(call=call, move=move, actor=actor)
    CALLS.advance(call, move, given={"note": note.strip()})
    put_away(call=call, outcome=outcome, note=note.strip(), actor=actor, at=at)
    return call
