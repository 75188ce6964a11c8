"""Liaison officials for the table of access: urban's handler keeps in touch with the east village."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kernel import clock
from liaisons.models import Assignment, Visit
from tests.liaisons import steps
from tests.world import EAST_VILLAGE, World

KINDS = (Assignment, Visit)
CREATING = ("/liaison-assignments/", "/liaison-visits/")


def assigning(world: World, _thing: Any) -> dict[str, Any]:
    official = world.users["verifier"].pk
    return {"place": EAST_VILLAGE, "official": official, "valid_from": "2026-01-01", "reason": "包联社区"}


def visiting(_world: World, thing: Any) -> dict[str, Any]:
    when = clock.now() - timedelta(minutes=2)
    said = {"assignment": str(thing.pk), "visited_at": when.isoformat(), "found": "路灯不亮"}
    return {**said, "pass_on": {"title": "路灯不亮"}}


def ending(_world: World, _thing: Any) -> dict[str, Any]:
    return {"on": (timezone.localdate() + timedelta(days=9)).isoformat(), "reason": "轮岗"}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /liaison-assignments/": ("assignment", None),
    "POST /liaison-assignments/": ("assignment", assigning),
    "GET /liaison-assignments/{pk}/": ("assignment", None),
    "POST /liaison-assignments/{pk}/end/": ("assignment", ending),
    "GET /liaison-visits/": ("visit", None),
    "POST /liaison-visits/": ("assignment", visiting),
    "GET /liaison-visits/{pk}/": ("visit", None),
    "GET /liaison-communities/": ("assignment", None),
}

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads, nobody
    "GET /liaison-assignments/":                       "-- xxxxx xxxx x xxx xx-x xxxx- !",
    "POST /liaison-assignments/":                      "-- ---x- --x- - --- ---- x---- !",
    "GET /liaison-assignments/{pk}/":                  "-- xxxxx xxxx x ... ..-. xxxx- !",
    "POST /liaison-assignments/{pk}/end/":             "-- ---x- --x- - -.- ---- x---- !",
    "GET /liaison-visits/":                            "-- xxxxx xxxx x xxx xx-x xxxx- !",
    "POST /liaison-visits/":                           "-- ----- ---- x ... ..-. ----- !",
    "GET /liaison-visits/{pk}/":                       "-- ..xxx xxxx x ... ..-. x...- !",
    "GET /liaison-communities/":                       "-- xxxxx xxxx x xxx xx-x xxxx- !",
}
# fmt: on


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    held = steps.assigned(world, by="director", at=at)
    visit = steps.visited(world, held, at=at, passed_on=steps.PASSED)
    return {"assignment": held, "visit": visit}
