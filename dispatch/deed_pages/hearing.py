"""What stands beside the form of a deed on a return: until when one may object, and who said what so far."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from dispatch.choices import COLOURS
from dispatch.explaining import Explained, explain
from dispatch.models import WorkOrder
from dispatch.models.objection import SECOND
from dispatch.objections import objection_until, objections_of, turn_of
from dispatch.queries import route_of
from dispatch.routing import Nowhere


def objecting(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """For the unit: the window, and whether it is the second return, which is adjudicated."""
    until = objection_until(order=order, channel=order.petition.channel, at=at)
    return {"until": until, "over": at > until, "second": turn_of(petition=order.petition) == SECOND}


def heard(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """For whoever decides: every objection of the case with its ruling, and what the list says now."""
    objections = [(one, COLOURS[one.outcome]) for one in objections_of(petition=order.petition)]
    return {"objections": objections, "listed": _listed(order, at)}


def _listed(order: WorkOrder, at: datetime) -> Explained:
    found = route_of(petition=order.petition, at=at)
    lacking = str(found.reason) if isinstance(found, Nowhere) else ""
    return explain(recorded=found.record(), lacking=lacking, on=timezone.localdate(at))
