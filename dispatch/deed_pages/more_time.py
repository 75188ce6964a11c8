"""What stands beside a decision on time: what was asked for, where the date would go, and the quota."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dispatch.models import TimeRequest, WorkOrder
from dispatch.planning import lay
from dispatch.services.laying import basis_of, pauses_of
from dispatch.services.pausing import standing_of
from dispatch.time_rules import room_of
from dispatch.times import PauseReason, TimeKind
from kernel.calendars import current


def time_beside(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """Nothing where nothing is asked for any more: the deed says so itself."""
    asked = TimeRequest.objects.waiting().filter(order=order).select_related("unit", "asked_by").first()
    if asked is None:
        return {}
    quota = quota_of(order=order, at=at) if asked.kind == TimeKind.PAUSE else None
    return {"asked": asked, "would_be": _would_be(order, asked, at), "quota": quota}


def quota_of(*, order: WorkOrder, at: datetime) -> dict[str, int]:
    """How many of the unit's open orders stand still, how many may, and how many more."""
    standing, open_orders = standing_of(unit_id=order.unit_id)
    most = room_of(unit_id=order.unit_id, at=at).quota.allows(open_orders=open_orders)
    return {"standing": standing, "open": open_orders, "most": most, "left": max(most - standing, 0)}


def extension_beside(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """How many days may be asked for."""
    return {"days_left": room_of(unit_id=order.unit_id, at=at).extension[order.urgency]}


def pause_beside(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """How long for each reason, and how many more the unit may have suspended."""
    most = room_of(unit_id=order.unit_id, at=at).pause
    days = [(label, most[reason]) for reason, label in PauseReason.choices]
    return {"quota_left": quota_of(order=order, at=at), "days_by_reason": days}


def _would_be(order: WorkOrder, asked: TimeRequest, at: datetime) -> datetime | None:
    """The date if it is granted now."""
    basis = basis_of(order=order, pauses=pauses_of(order=order))
    if asked.kind == TimeKind.EXTENSION:
        basis = replace(basis, extension_days=asked.days or 0)
    elif asked.until is not None and asked.until > at:
        basis = replace(basis, pauses=(*basis.pauses, (at, asked.until)))
    else:
        return None
    return lay(basis=basis, calendar=current(at=at)).due_at
