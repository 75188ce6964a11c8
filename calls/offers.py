"""What calls offer on the file of a case: to call, and what was called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calls.choices import COLOURS
from calls.policies import calling_seat
from calls.queries import calls_of
from kernel.actors import Actor
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the file of a case shows of its calls."""

    may_call: bool
    rows: list[dict[str, Any]]


def beside(*, petition: Petition, actor: Actor) -> Beside:
    """The calls of one case that the actor sees, and whether the actor may call for it."""
    may_call = petition.state not in (*FINISHED_STATES, State.JOINED) and calling_seat(actor=actor) is not None
    rows = [{"call": one, "colour": COLOURS[one.state]} for one in calls_of(case_id=petition.pk, actor=actor)]
    return Beside(may_call=may_call, rows=rows)
