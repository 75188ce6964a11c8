"""What development petitions offer on the file of a case: the plan that it became, or to begin one."""

from __future__ import annotations

from dataclasses import dataclass

from developments.choices import COLOURS
from developments.models import Development
from developments.policies import ACCEPT
from developments.queries import development_of
from kernel.actors import Actor
from petitions.choices import PetitionKind, State
from petitions.models import Petition


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the file of a case shows of its plan."""

    development: Development | None
    colour: str
    may_open: bool


def beside(*, petition: Petition, actor: Actor) -> Beside:
    """The plan of a petition where the actor sees it, and whether the actor may begin one."""
    develops = petition.kind == PetitionKind.DEVELOPMENT or petition.state == State.PLANNED  # nothing else has a plan
    found = development_of(petition_id=petition.pk, actor=actor) if develops else None
    fits = develops and petition.state in (State.FILED, State.ACCEPTED)
    may = fits and found is None and bool(actor.may(ACCEPT, units=[petition.center_id]))
    return Beside(development=found, colour=COLOURS[found.state] if found else "", may_open=may)
