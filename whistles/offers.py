"""What whistles offer on the file of a case: to call others together for it, and what was called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kernel.actors import Actor
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition
from whistles.choices import COLOURS
from whistles.policies import may_ask, may_issue
from whistles.queries import whistles_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the file of a case shows of its whistles."""

    may_call: bool
    rows: list[dict[str, Any]]

    @property
    def anything(self) -> bool:
        """True where the file shows a panel at all."""
        return self.may_call or bool(self.rows)


def beside(*, petition: Petition, actor: Actor) -> Beside:
    """The whistles for one case that the actor sees, and whether the actor may call together for it."""
    place = petition.place
    calls = may_issue(actor=actor, place=place) is not None or may_ask(actor=actor, place=place) is not None
    rows = [{"whistle": one, "colour": COLOURS[one.state]} for one in whistles_of(petition_id=petition.pk, actor=actor)]
    return Beside(may_call=calls and petition.state not in (*FINISHED_STATES, State.JOINED), rows=rows)
