"""Absences for the table of access: the supervisor is away from the county centre and the verifier stands in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from organizations.models import Absence
from organizations.services.absences import enter_absence
from tests.world import World

KINDS = (Absence,)
CREATING = ("/absences/",)


def entered(world: World, _thing: Any) -> dict[str, Any]:
    """Of somebody at the urban department: by the person, the head or an administrator."""
    return {
        "person": world.users["urban_handler"].pk,
        "stand_in": world.users["enforcer"].pk,
        "unit": world.units["urban"].pk,
        "reason": "leave",
        "begins_at": "2030-01-07T08:00:00+08:00",
        "ends_at": "2030-01-08T08:00:00+08:00",
    }


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /absences/": ("absence", None),
    "POST /absences/": ("absence", entered),
    "GET /absences/{pk}/": ("absence", None),
    "POST /absences/{pk}/end/": ("absence", {}),
}

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads…, nobody
    "GET /absences/":                                  "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /absences/":                                 "-- ----- ---- x --- --x- -x--- !",
    "GET /absences/{pk}/":                             ".. ..... xxxx . ... ..xx ..... !",
    "POST /absences/{pk}/end/":                        ".. ..... -xxx . ... ..x- ..... !",
}
# fmt: on


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    made = enter_absence(
        user_id=world.users["supervisor"].pk,
        unit_id=world.units["county"].pk,
        stand_in_id=world.users["verifier"].pk,
        reason="leave",
        begins_at=at + timedelta(days=30),
        ends_at=at + timedelta(days=31),
        actor=world.actor("director", on=at),
        at=at,
    )
    return {"absence": made}
