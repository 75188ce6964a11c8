"""Documents for the table of access: a dispatch sheet of the case at hand, issued by the dispatcher."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.models import WorkOrder
from documents.models import Issued
from documents.services.issuing import issue
from tests.journeys.steps import dispatched
from tests.world import World

KINDS = (Issued,)
CREATING = ("/documents/",)

# fmt: off
WHO = {
    "GET /documents/":             "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /documents/":            ".. ----x x-x- x ... .... -xx.. !",
    "GET /documents/{pk}/":        ".. xxxxx xxxx x ... .... xxx.. !",
    "GET /documents/{pk}/pdf/":    ".. xxxxx xxxx x ... .... xxx.. !",
    "GET /documents/{pk}/word/":   ".. xxxxx xxxx x ... .... xxx.. !",
}
# fmt: on


def sheet(_world: World, thing: Any) -> dict[str, Any]:
    return {"kind": "dispatch-sheet", "subject": str(thing.pk)}


SENT: dict[str, tuple[str, Any]] = {
    "GET /documents/": ("printed_sheet", None),
    "POST /documents/": ("printed_order", sheet),
    "GET /documents/{pk}/": ("printed_sheet", None),
    "GET /documents/{pk}/pdf/": ("printed_sheet", None),
    "GET /documents/{pk}/word/": ("printed_sheet", None),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """The order and its sheet."""
    order: WorkOrder = dispatched(world, at=at)
    made = issue(
        kind="dispatch-sheet", subject=order.pk, language="zh-hans", actor=world.actor("dispatcher", on=at), at=at
    )
    return {"printed_sheet": made, "printed_order": order}
