"""The end of a round that is not the end of the call: what was said and done is put away, and the call goes on."""

from __future__ import annotations

from datetime import datetime

from calls.models import Call, Round
from calls.models.replying import REPLY
from kernel.actors import Actor


def put_away(*, call: Call, outcome: str, note: str, actor: Actor, at: datetime) -> None:
    """Keep the round as it was and empty the reply for the next. The caller saves the call with REPLY."""
    Round.objects.create(
        call=call,
        number=call.round,
        unit_id=call.lead_id or 0,
        outcome=outcome,
        note=note,
        person_id=call.person_id,
        answered_at=call.answered_at,
        answered_in_time=call.answered_in_time,
        arrived_at=call.arrived_at,
        result=call.result,
        refusal_entry_id=call.refusal_entry_id,
        refusal_note=call.refusal_note,
        ended_at=at,
        ended_by_id=actor.user_id,
    )
    for name in REPLY:
        setattr(call, name, "" if name == "result" else None)
