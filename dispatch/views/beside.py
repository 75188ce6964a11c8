"""What stands beside a decision on time: what was asked for, where the date would go, and the quota."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from dispatch.models import TimeRequest, WorkOrder
from dispatch.planning import lay
from dispatch.services.laying import basis_of, pauses_of
from dispatch.services.pausing import standing_of
from dispatch.times import PAUSE_QUOTA, TimeKind
from kernel.calendars import current


def time_beside(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """Nothing where nothing is asked for any more: the deed says so itself."""
    asked = TimeRequest.objects.waiting().filter(order=order).select_related("unit", "asked_by").first()
    if asked is None:
        return {}
    quota = None
    if asked.kind == TimeKind.PAUSE:
        standing, open_orders = standing_of(unit_id=order.unit_id)
        quota = {"standing": standing, "open": open_orders, "most": PAUSE_QUOTA.allows(open_orders=open_orders)}
    return {"asked": asked, "would_be": _would_be(order, asked, at), "quota": quota}


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
