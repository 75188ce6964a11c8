"""What has climbed up to the bodies one works for: the latest rungs."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatch.clocks import TOLD
from dispatch.models import Escalation
from governance.web import links
from kernel.actors import Actor

LISTED = 8
RECENT = timedelta(days=7)


def told(*, actor: Actor, at: datetime) -> list[dict[str, object]]:
    """The latest warnings and escalations of the last week, newest first."""
    if not actor.unit_ids:
        return []
    rows = (
        Escalation.objects.filter(told_unit_id__in=actor.unit_ids, told_at__gte=at - RECENT)
        .select_related("order__petition", "order__unit")
        .order_by("-told_at", "-pk")[:LISTED]
    )
    return [
        {
            "what": TOLD.get(row.what, row.what),
            "title": row.order.petition.title,
            "unit": row.order.unit.short_name or row.order.unit.name,
            "rung": row.rung,
            "at": row.told_at,
            "href": links.petition(petition_id=row.order.petition_id),
        }
        for row in rows
    ]
