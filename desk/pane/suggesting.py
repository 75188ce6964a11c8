"""What is suggested for a case, with the reasons: category, unit and limit. It only ever suggests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desk.case.details import limit_words
from dispatch.proposals import proposal_of
from dispatch.unit_hints import unit_hints
from petitions.choices import State
from petitions.hinting import hints_for
from petitions.models import Petition

OPEN_TO_CHOICE = (State.FILED, State.WAITING, State.ACCEPTED)


def suggestion_of(*, petition: Petition, at: datetime) -> dict[str, Any]:
    """The suggested categories where none is chosen yet, what the list says, and whom else where it says nobody."""
    if petition.state not in OPEN_TO_CHOICE:
        return {}
    found: dict[str, Any] = {"suggests": True, "hints": [], "unit_hints": []}
    if petition.category_id is None:
        found["hints"] = hints_for(title=petition.title, text=petition.description, place=petition.place, at=at)
        return found
    proposal = proposal_of(petition=petition, at=at)
    found["proposal"] = proposal
    found["proposed_limit"] = limit_words(proposal.limit.value, proposal.limit.unit) if proposal.limit else ""
    if proposal.unit is None:
        found["unit_hints"] = unit_hints(petition=petition, at=at)
    return found
