"""Enforcement teams for the table of access: the east has a squad with somebody of urban in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kernel.actors import SYSTEM
from organizations.choices import Role
from organizations.models import Membership, Posting, Team, User
from organizations.services.teams import found_team, post_down
from tests.world import START, World

KINDS = (Team,)
CREATING = ("/teams/",)
FROM, LATER = date(2026, 1, 1), date(2030, 1, 1)


def founded(world: World, _thing: Any) -> dict[str, Any]:
    township = world.units["east_town"].pk
    return {"code": "T-2", "name": "派驻力量", "township": township, "kind": "stationed", "valid_from": "2026-01-01"}


def posted(world: World, _thing: Any) -> dict[str, Any]:
    return {"person": spare(world).pk, "home": world.units["urban"].pk, "valid_from": "2026-02-01"}


def recalled(_world: World, thing: Any) -> dict[str, Any]:
    return {"membership": Membership.objects.get(team=thing).pk, "on": LATER.isoformat()}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /teams/": ("team", None),
    "POST /teams/": ("team", founded),
    "GET /teams/{pk}/": ("team", None),
    "POST /teams/{pk}/post-down/": ("team", posted),
    "POST /teams/{pk}/recall/": ("team", recalled),
    "POST /teams/{pk}/end/": ("team", lambda *_: {"on": LATER.isoformat()}),
}

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads…, nobody
    "GET /teams/":                                     "-- ---xx xxxx x -xx x-x- xxxx- !",
    "POST /teams/":                                    "-- ---x- ---- - --- --x- x---- !",
    "GET /teams/{pk}/":                                "-- ---xx xxxx x -.. .-x- xxxx- !",
    "POST /teams/{pk}/post-down/":                     "-- ---x- ---- - -.- --x- x---- !",
    "POST /teams/{pk}/recall/":                        "-- ---x- ---- - -.- --x- x---- !",
    "POST /teams/{pk}/end/":                           "-- ---x- ---- - -.- --x- x---- !",
}
# fmt: on


def enforcer(world: World, name: str) -> User:
    """Somebody who enforces for the urban department."""
    user, made = User.objects.get_or_create(username=name, defaults={"display_name": name})
    if made:
        Posting.objects.create(user=user, unit=world.units["urban"], role=Role.ENFORCER, valid_from=START)
    return user


def spare(world: World) -> User:
    return enforcer(world, "spare")


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    township = world.units["east_town"].pk
    given: dict[str, Any] = {"valid_from": FROM, "actor": SYSTEM, "at": at}
    team = found_team(code="T-1", name="执法中队", township_id=township, kind="squad", powers=["M-CG"], **given)
    post_down(team_id=team.pk, user_id=world.users["enforcer"].pk, home_id=world.units["urban"].pk, **given)
    return {"team": Team.objects.get(pk=team.pk)}
