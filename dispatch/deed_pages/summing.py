"""What stands beside the form in which a lead sums up: who has replied what, and who is late."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.joint.queries import late_tasks, replies_of
from dispatch.models import WorkOrder


def up(*, order: WorkOrder, at: datetime) -> dict[str, Any]:
    """The replies so far, and the units that were due to reply and have not."""
    if not order.assists:
        return {}
    return {"replies": replies_of(order=order), "late_units": late_tasks(order=order, at=at)}


def first_words(*, order: WorkOrder) -> dict[str, Any]:
    """The summary begins with what every unit replied, for the lead to edit: it signs for the whole."""
    said = [f"{one.unit}: {one.reply}" for one in replies_of(order=order)] if order.assists else []
    return {"result": "\n".join(said)} if said else {}
