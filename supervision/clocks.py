"""The clocks of supervision as people read them, and how old a listing is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.calendars import current
from kernel.running import Running, running
from supervision.choices import State
from supervision.deadlines import limit_of
from supervision.models import Listing, SupervisionOrder
from supervision.workflow import ORDERS

NAMES: dict[str, str | Promise] = {
    "supervision.consider": gettext_lazy("Deciding on the proposal"),
    "supervision.receive": gettext_lazy("Signing for receipt"),
    "supervision.answer": gettext_lazy("Answering"),
    "supervision.check": gettext_lazy("Checking the answer"),
}
BY_UNIT = (State.ISSUED, State.RECEIVED)
FULL = 100


def stage_clock(*, order: SupervisionOrder, at: datetime) -> Running | None:
    """The clock of the state that an order is in; None where it has ended."""
    kind = ORDERS.clocks.get(order.state)
    if kind is None:
        return None
    begun = order.opened_at if order.state == State.PROPOSED else order.issued_at or order.opened_at
    start = order.changed_at if order.state == State.ANSWERED or order.sent_back else begun
    return running(
        kind=kind,
        name=NAMES[kind],
        limit=limit_of(clock=kind, level=order.level),
        start=start,
        due_at=order.stage_due_at,
        at=at,
        calendar=current(at=at),
    )


def faces_of(*, order: SupervisionOrder, at: datetime) -> list[dict[str, Any]]:
    """The countdown of an order: whose time it is, and until when."""
    clock = stage_clock(order=order, at=at)
    if clock is None:
        return []
    holder = order.unit if order.state in BY_UNIT else order.issuer
    return [
        {
            "name": clock.name,
            "holder": str(holder),
            "due_at": clock.due_at,
            "colour": clock.light,
            "left": clock.left,
            "working": clock.working,
            "share": min(clock.share * FULL, FULL),
            "why": _("sent back %(n)s times") % {"n": order.sent_back} if order.sent_back else "",
        }
    ]


def age_of(*, listing: Listing, at: datetime) -> dict[str, Any]:
    """How many days a case has been on the list and overdue, and whether its period or its re-check is over."""
    end = listing.removed_at or at
    today = timezone.localtime(at).date()
    standing = listing.removed_at is None
    return {
        "days": (timezone.localtime(end).date() - timezone.localtime(listing.listed_at).date()).days,
        "overdue": max((timezone.localtime(end).date() - timezone.localtime(listing.case_due_at).date()).days, 0),
        "recheck": standing and today >= listing.recheck_on,
        "over": standing and today > listing.until,
    }
