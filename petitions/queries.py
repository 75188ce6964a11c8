"""Questions about petitions that need more than one filter."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import Invalid
from kernel.permissions import Verdict
from kernel.workflow import Move
from kernel.worktime import Limit
from petitions.choices import FINISHED_STATES, State
from petitions.deadlines import limit_for
from petitions.models import Category, Petition
from petitions.policies import (
    THROUGH_ORDERS,
    identity_withheld,
    may_use_channel,
    reads_cases,
    usual_channel,
    verdict,
)
from petitions.querysets import by_place_alone, within
from petitions.tallying import Conservation, Difference, conservation, counted, differences, per_day
from petitions.workflow import WORKFLOW

__all__ = [
    "Conservation",
    "Difference",
    "by_place_alone",
    "category_of",
    "conservation",
    "counted",
    "differences",
    "is_withheld",
    "may_lead",
    "may_use_channel",
    "moves_of",
    "per_day",
    "reach_of",
    "reads_cases",
    "usual_channel",
    "usual_limit",
    "verdict_on",
    "within",
    "works_on_cases",
]


def category_of(*, code: str) -> Category:
    """A category in use. Raises Invalid naming the field for any other code."""
    category = Category.objects.filter(code=code, active=True).first() if code.isascii() else None
    if category is None:
        raise Invalid(_("There is no such category."), fields={"category": [_("Unknown category.")]})
    return category


def verdict_on(*, petition: Petition, capability: str, actor: Actor) -> Verdict:
    """Whether the actor may use a capability on this petition, and if not, why."""
    return verdict(capability=capability, petition=petition, actor=actor)


def moves_of(*, petition: Petition, actor: Actor) -> list[Move]:
    """What the actor may do with a petition now, and why not where not. Moves inside an order are the order's."""
    offered = WORKFLOW.moves(
        state=petition.state, verdict=lambda row: verdict(capability=row.capability, petition=petition, actor=actor)
    )
    # What is joined or runs by a plan closes with that, by itself.
    follows = petition.state in (State.JOINED, State.PLANNED)
    return [one for one in offered if one.move not in THROUGH_ORDERS and not (follows and one.move == "close")]


def may_lead(*, petition: Petition) -> bool:
    """Whether others may be joined to it: what is finished or itself joined leads nobody."""
    return petition.state != State.JOINED and petition.state not in FINISHED_STATES


def usual_limit(*, urgency: str) -> Limit:
    """How long handling takes where the list says nothing."""
    return limit_for(clock="petition.resolve", urgency=urgency)


def is_withheld(*, petition: Petition, actor: Actor) -> bool:
    """Whether the reporter's name, even masked, is kept from the actor."""
    return identity_withheld(petition=petition, actor=actor)


def reach_of(actor: Actor, *, of_unit: Callable[[int], Q], place: str = "place") -> Q:
    """What those seats reach that read cases: rows with their place in the territory, or rows of the seat's unit.

    `of_unit` is the condition for a unit's rows, `place` the column of the place. Nobody's seat reaches nothing.
    """
    reach = Q(pk__in=[])
    for seat in actor.seats:
        if not reads_cases(seat):
            continue
        if seat.territory:
            reach |= Q(**{f"{place}__startswith": seat.territory})
        if seat.unit_id is not None:
            reach |= of_unit(seat.unit_id)
    return reach


def works_on_cases(actor: Actor) -> bool:
    """Whether any seat opens cases of a place or of a unit, and not only those that one filed oneself."""
    return any(reads_cases(seat) and (seat.territory or seat.unit_id is not None) for seat in actor.seats)
