"""The map audit for the table of access: what it finds about the grid in the east village."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from grids.models import Audit, Finding
from grids.services.auditing import run_audit
from grids.services.findings import assign
from kernel.actors import SYSTEM
from tests.world import CELL, World

KINDS = (Finding, Audit)
CREATING = ("/map-audits/",)
BESIDE = ("/comment/",)


def assigning(world: World, _thing: Any) -> dict[str, Any]:
    return {"unit": world.units["east_village"].pk, "due_on": timezone.localdate().isoformat()}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /map-findings/": ("finding", None),
    "GET /map-findings/{pk}/": ("finding", None),
    "POST /map-findings/{pk}/assign/": ("finding", assigning),
    "POST /map-findings/{pk}/accept/": ("finding", {"reason": "山区"}),
    "POST /map-findings/{pk}/withdraw/": ("given_finding", {}),
    "POST /map-findings/{pk}/comment/": ("finding", {"text": "看过"}),
    "GET /map-audits/": ("finding", None),
    "POST /map-audits/": ("finding", {}),
}

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads, nobody
    "GET /map-findings/":                              "-- xxxxx x-xx x xxx x-x- xx-x- !",
    "GET /map-findings/{pk}/":                         "-- xxxxx x-xx . ... .-x- x.-.- !",
    "POST /map-findings/{pk}/assign/":                 "-- ---x- --x- - -.- --x- x---- !",
    "POST /map-findings/{pk}/accept/":                 "-- ----- --x- - --- --x- ----- !",
    "POST /map-findings/{pk}/withdraw/":               "-- ---x- --x- - -.- --x- x---- !",
    "POST /map-findings/{pk}/comment/":                "-- xxxxx x-xx . ... .-x- x.-.- !",
    "GET /map-audits/":                                "-- xxxxx x-xx x xxx x-x- xx-x- !",
    "POST /map-audits/":                               "-- ----- --x- - --- --x- ----- !",
}
# fmt: on


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One that is open and one that is assigned, by the key of SENT."""
    run_audit(actor=SYSTEM, at=at)
    given = Finding.objects.get(kind="no_phone", place=CELL)
    unit = world.units["water"].pk
    held = assign(finding_id=given.pk, unit_id=unit, due_on=date(2099, 1, 1), actor=SYSTEM, at=at)
    return {"finding": Finding.objects.get(kind="staffing", place=CELL), "given_finding": held}
