"""Questions about orders: who would get this, and what may I do with it."""

from __future__ import annotations

from datetime import datetime

from dispatch.models import WorkOrder
from dispatch.policies import move_verdict
from dispatch.routing import Nowhere, Route, route
from dispatch.workflow import WORKFLOW
from kernel.actors import Actor
from kernel.workflow import Move
from kernel.worktime import Limit
from organizations.queries import responsible_for
from organizations.queries.snapshot import Snapshot
from petitions.models import Petition
from petitions.queries import usual_limit

# What follows from something else by itself is offered to nobody.
BY_SYSTEM = frozenset({"cancel"})


def route_of(*, petition: Petition, at: datetime, held: Snapshot | None = None) -> Route | Nowhere:
    """What the list says about a petition now: the decision, or why there is none. Changes nothing.

    Whoever routes many asks for the list once and passes it as `held`.
    """
    category = petition.category
    matter_id = category.matter_id if category else None
    found = responsible_for(matter_id=matter_id, place=petition.place, at=at, held=held) if matter_id else None
    return route(
        has_category=category is not None,
        has_matter=matter_id is not None,
        responsibility=found,
        fallback=fallback_limit(petition=petition),
    )


def fallback_limit(*, petition: Petition) -> Limit:
    """The limit where no row of the list gives one: the matter's own, else the one for the urgency."""
    matter = petition.category.matter if petition.category else None
    if matter is not None and matter.limit_value:
        return Limit(matter.limit_value, matter.limit_unit)
    return usual_limit(urgency=petition.urgency)


def moves_of(*, order: WorkOrder, actor: Actor) -> list[Move]:
    """What the actor may do with an order now, and why not where not."""
    offered = WORKFLOW.moves(state=order.state, verdict=lambda row: move_verdict(row=row, order=order, actor=actor))
    return [move for move in offered if move.move not in BY_SYSTEM]


def open_order_of(*, petition: Petition) -> WorkOrder | None:
    """The order that is open for a petition, or the last one there was."""
    return WorkOrder.objects.filter(petition=petition).select_related("unit", "entry").order_by("-assigned_at").first()
