"""Teams over the API: the way of one, what is sent wrongly, and the same key twice."""

from __future__ import annotations

import pytest

from kernel import clock
from organizations.models import Membership, Team
from tests.api import teamed
from tests.api.conftest import enter
from tests.world import World

__all__ = ["enter"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def team(world: World) -> Team:
    """The east's squad with one of urban in it."""
    team: Team = teamed.things(world, at=clock.now())["team"]
    return team


def test_a_team_is_founded_once_filled_and_emptied(world, team, enter):
    head, body = enter("east_head"), teamed.founded(world, team)
    made, again = (head.create("/teams/", {**body, "powers": ["M-CG"]}, key="k") for _ in range(2))
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    assert made.json() == again.json()
    assert made.json()["powers"] == [{"code": "M-CG", "name": "占道经营"}]
    path = f"/teams/{made.json()['id']}/"
    filled = head.deed(f"{path}post-down/", teamed.posted(world, team), version=1)
    (member,) = filled.json()["members"]
    assert (member["home"]["name"], member["command"]["name"]) == ("综合执法局", "坛山街道")
    assert (filled.json()["people"], filled["ETag"]) == (1, '"2"')
    stale = head.deed(f"{path}recall/", {"membership": member["id"], "on": "2026-03-01"}, version=1)
    assert (stale.status_code, stale.json()["error"]["details"]["last_event"]) == (412, "team.posted")
    emptied = head.deed(f"{path}recall/", {"membership": member["id"], "on": "2026-03-01"}, version=2)
    assert (emptied.json()["people"], emptied.json()["members"]) == (0, [])
    ended = head.deed(f"{path}end/", {"on": "2026-04-01"}, version=3)
    assert ended.json()["valid_until"] == "2026-04-01"
    found = head.get("/teams/", kind="stationed", on="2026-03-31").json()["results"]
    assert [one["id"] for one in found] == [made.json()["id"]]
    assert head.get("/teams/", kind="stationed", on="2026-04-01").json()["results"] == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"kind": "army"}, "kind"),
        ({"code": "中队"}, "code"),
        ({"code": "T-1"}, "code"),
        ({"township": "1"}, "township"),
        ({"township": 2_147_483_647}, "township"),
        ({"powers": "M-CG"}, "powers"),
        ({"powers": ["M-NO"]}, "powers"),
        ({"valid_from": "soon"}, "valid_from"),
        ({"valid_until": "2025-01-01"}, "valid_until"),
        ({"name": " "}, "name"),
        ({"version": 9}, "version"),
    ],
)
def test_a_team_sent_wrongly_names_the_field_and_changes_nothing(world, team, enter, changes, named):
    answer = enter("administrator").create("/teams/", {**teamed.founded(world, team), **changes})
    assert answer.status_code == 400
    assert named in answer.json()["error"]["fields"]
    assert Team.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "body", "named"),
    [
        ("post-down", {"person": 2_147_483_647}, "person"),
        ("post-down", {"home": 2_147_483_647}, "home"),
        ("post-down", {"person": True}, "person"),
        ("post-down", {"valid_from": "2025-12-31"}, "valid_from"),
        ("recall", {"membership": 2**53, "on": "2026-03-01"}, "membership"),
        ("recall", {"membership": -1, "on": "2026-03-01"}, "membership"),
        ("end", {"on": "2026-01-01"}, "on"),
        ("end", {"on": 5}, "on"),
    ],
)
def test_a_deed_sent_wrongly_names_the_field_and_changes_nothing(world, team, enter, address, body, named):
    given = {**teamed.posted(world, team), **body} if address == "post-down" else body
    answer = enter("east_head").deed(f"/teams/{team.pk}/{address}/", given, version=team.version)
    assert answer.status_code == 400
    assert named in answer.json()["error"]["fields"]
    assert (Membership.objects.count(), Team.objects.get().version) == (1, team.version)


def test_a_filter_that_is_none_is_refused(world, team, enter):
    for query in ({"kind": "army"}, {"on": "soon"}, {"nonsense": "1"}):
        assert enter("director").get("/teams/", **query).status_code == 400
