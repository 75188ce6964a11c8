"""Until when a unit may object, which objection of the round it would be, and who has been heard already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.choices import Objected
from dispatch.deadlines import objection_limit
from dispatch.models import Objection, WorkOrder
from dispatch.models.objection import FIRST, SECOND
from kernel.calendars import current
from kernel.worktime import Limit, deadline
from petitions.models import Petition


def limit_of_objection(*, order: WorkOrder, channel: str) -> Limit:
    """How long the unit of an order may object."""
    return objection_limit(channel=channel, urgency=order.urgency)


def objection_until(*, order: WorkOrder, channel: str, at: datetime) -> datetime:
    """The end of the window in which the unit may object, by the calendar as it is known at `at`."""
    limit = limit_of_objection(order=order, channel=channel)
    end = deadline(start=order.assigned_at, limit=limit, calendar=current(at=at)).at
    assert end is not None  # only a pause leaves a limit without an end
    return end


def turn_of(*, petition: Petition) -> int:
    """Which objection in the present round the next one would be: the first goes to the centre, the second higher."""
    return SECOND if objections_in(petition=petition).exists() else FIRST


def objections_in(*, petition: Petition) -> Any:
    """The objections in the present round of a petition that were, or may still be, decided."""
    own = Objection.objects.filter(petition=petition, round=petition.round)
    return own.exclude(outcome=Objected.LAPSED)


def heard_units(*, petition: Petition) -> set[int]:
    """The units whose objection in the present round was upheld: each is heard once."""
    if petition.dispatched_at is None:
        return set()
    upheld = Objection.objects.filter(petition=petition, round=petition.round, outcome=Objected.UPHELD)
    return set(upheld.values_list("unit_id", flat=True))


def objections_of(*, petition: Petition) -> list[Objection]:
    """Who said what, and what was ruled, in all rounds, the oldest first."""
    rows = Objection.objects.filter(petition=petition).select_related("unit", "reason", "named_unit", "by", "ruled_by")
    return list(rows.order_by("at", "pk"))
