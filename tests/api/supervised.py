"""Supervision orders and listed cases for the table of access: one in each state that an address asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kernel import clock
from supervision.models import Listing, SupervisionOrder
from supervision.services.listing import list_case
from supervision.services.proposing import propose
from tests.journeys.steps import dispatched
from tests.supervision import steps
from tests.world import World

KINDS = (SupervisionOrder, Listing)
Body = Callable[[World, Any], dict[str, Any]]
CREATING = ("/supervision-orders/", "/urgings/", "/listings/")
TEXT = {"reason": "overdue", "level": "ordinary", "content": "请立即办理。"}
LONG_AGO = timedelta(days=12)


def day(*, after: int) -> str:
    return (timezone.localtime(clock.now()).date() + timedelta(days=after)).isoformat()


def order(_world: World, thing: Any) -> dict[str, Any]:
    return {**TEXT, "petition": str(thing.pk), "unit": thing.lead_unit_id}


def urging(_world: World, thing: Any) -> dict[str, Any]:
    return {"petition": str(thing.pk)}


def listing(_world: World, thing: Any) -> dict[str, Any]:
    return {"petition": str(thing.pk), "demand": "限期清理", "until": day(after=30), "recheck_on": day(after=9)}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /supervision-orders/": ("order_issued", None),
    "POST /supervision-orders/": ("petition", order),
    "GET /supervision-orders/{pk}/": ("order_issued", None),
    "POST /supervision-orders/{pk}/issue/": ("order_proposed", lambda *_: TEXT),
    "POST /supervision-orders/{pk}/dismiss/": ("order_proposed", lambda *_: {"why": "explained"}),
    "POST /supervision-orders/{pk}/receive/": ("order_issued", lambda *_: {}),
    "POST /supervision-orders/{pk}/answer/": ("order_received", lambda *_: steps.ANSWER),
    "POST /supervision-orders/{pk}/accept/": ("order_answered", lambda *_: {}),
    "POST /supervision-orders/{pk}/send-back/": ("order_answered", lambda *_: {"note": "请补充"}),
    "POST /supervision-orders/{pk}/withdraw/": ("order_issued", lambda *_: {"note": "误发"}),
    "GET /urgings/": ("petition", None),
    "POST /urgings/": ("petition", urging),
    "GET /listings/": ("listed", None),
    "POST /listings/": ("overdue", listing),
    "GET /listings/{pk}/": ("listed", None),
    "POST /listings/{pk}/extend/": ("listed", lambda *_: {"until": day(after=50), "note": "等待招标"}),
    "POST /listings/{pk}/remove/": ("listed", lambda *_: {"why": "solved", "note": "已解决"}),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    # Water comes back within a working day, so the cases are this month's, and not in the report of the last one.
    listed, overdue, red = (dispatched(world, at=at - LONG_AGO, category="010102") for _ in range(3))
    propose(work_orders=[red.pk], at=at)
    return {
        "order_issued": steps.issued(world, steps.in_hand(world, at=at), at=at),
        "order_received": steps.received(world, steps.in_hand(world, at=at), at=at),
        "order_answered": steps.answered(world, steps.in_hand(world, at=at), at=at),
        "order_proposed": SupervisionOrder.objects.get(work_order=red),
        "overdue": overdue.petition,
        "listed": list_case(
            petition_id=listed.petition_id,
            until=timezone.localtime(at).date() + timedelta(days=30),
            recheck_on=timezone.localtime(at).date() + timedelta(days=9),
            demand="限期清理",
            actor=world.actor("supervisor", on=at),
            at=at,
        ),
    }
