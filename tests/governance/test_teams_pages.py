"""Pages of the enforcement teams: every township's strength, one township's rosters, and what is done to them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from kernel import clock
from organizations.models import Membership, Team
from tests.api import teamed
from tests.calls import steps
from tests.world import World

pytestmark = pytest.mark.django_db
LIST = "/teams/"
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))


@pytest.fixture
def team(world: World) -> Team:
    """The east's squad with one of urban in it."""
    team: Team = teamed.things(world, at=clock.now())["team"]
    return team


def enter(world: World, name: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(world.users[name])
    return client


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def of(team: Team) -> str:
    return f"/teams/townships/{team.township_id}/"


@pytest.mark.parametrize(
    ("name", "status", "seen"),
    [
        ("east_head", 200, True),
        ("director", 200, True),
        ("urban_handler", 200, True),
        ("administrator", 200, True),
        ("west_officer", 200, False),
        ("water_handler", 200, False),
        ("gridworker", 403, False),
        ("citizen", 403, False),
    ],
)
def test_who_sees_which_townships(world, team, name, status, seen):
    client = enter(world, name)
    assert ("坛山街道" in shown(client, LIST, status)) == seen
    page = shown(client, of(team), 200 if seen else 404 if status == 200 else 403)
    assert ("enforcer" in page and "M-CG" in page) == seen


def test_the_roster_names_both_superiors_and_the_open_work(world, team):
    page = shown(enter(world, "director"), of(team))
    for said in ("综合执法局", "坛山街道", "2026-01-01", "占道经营", "0 / 0"):
        assert said in page
    assert "Recall" not in page
    person = Membership.objects.get().user
    call = steps.called(world, at=clock.now() - timedelta(minutes=5))
    type(call).objects.filter(pk=call.pk).update(person=person)
    assert "1 / 0" in shown(enter(world, "director"), of(team))


def test_the_township_founds_posts_down_recalls_and_ends(world, team):
    client, today = enter(world, "east_head"), timezone.localtime(clock.now()).date()
    teamed.spare(world)
    said = {"version": 1, "code": "ET-X", "name": "派驻力量", "kind": "stationed", "powers": ["M-CG"]}
    answer = client.post(f"{of(team)}found/", {**said, "valid_from": "2026-01-01"})
    assert (answer.status_code, answer["Location"]) == (302, of(team))
    made = Team.objects.get(code="ET-X")
    home = world.units["urban"].pk
    posting = {"version": made.version, "person": "spare", "home": home, "valid_from": "2026-02-01"}
    assert client.post(f"/teams/{made.pk}/post-down/", posting).status_code == 302
    member = Membership.objects.get(team=made)
    made.refresh_from_db()
    back = {"version": made.version, "on": today.isoformat()}
    assert client.post(f"/teams/{made.pk}/recall/{member.pk}/", back).status_code == 302
    member.refresh_from_db()
    assert member.valid_until == today
    ending = {"version": made.version + 1, "on": today.isoformat()}
    assert client.post(f"/teams/{made.pk}/end/", ending).status_code == 302
    assert "ET-X" not in shown(client, of(team))
    assert "ET-X" in shown(client, f"{of(team)}?former=1")


def test_what_is_refused_comes_back_with_the_reason_and_the_text(world, team):
    client = enter(world, "east_head")
    bad = {"version": 1, "code": "T-1", "name": "x", "kind": "squad", "valid_from": "2026-01-01"}
    answer = client.post(f"{of(team)}found/", bad)
    assert answer.status_code == 400
    assert "Another team has this code." in answer.content.decode()
    assert "The township has its squad" in answer.content.decode()
    form = {"version": team.version, "person": "nobody-here", "home": world.units["urban"].pk, "valid_from": "x"}
    assert client.post(f"/teams/{team.pk}/post-down/", form).status_code == 422
    answer = client.post(f"/teams/{team.pk}/post-down/", {**form, "valid_from": "2026-02-01"})
    assert "There is no such person." in answer.content.decode()
    assert "nobody-here" in answer.content.decode()
    stale = client.post(f"/teams/{team.pk}/end/", {"version": team.version - 1, "on": "2030-01-01"})
    assert stale.status_code == 412
    assert "This was changed in the meantime." in stale.content.decode()
    assert Membership.objects.count() == 1


def test_somebody_to_post_down_is_found_by_name_or_unit_and_chosen(world, team):
    client, person = enter(world, "east_head"), teamed.spare(world)
    person.display_name = "王执法"
    person.save(update_fields=["display_name"])
    page = f"/teams/{team.pk}/post-down/"
    assert 'type="radio"' not in shown(client, page)
    for words in ("王执", "综合执法", "spare"):
        found = shown(client, f"{page}?who={words}")
        assert 'value="spare"' in found, words
        assert "王执法 · 综合执法局" in found
    assert 'value="spare"' not in shown(client, f"{page}?who=自来水")
    assert "Nobody is found" in shown(client, f"{page}?who=查无此人")
    said = {"version": team.version, "person": "spare", "home": "", "valid_from": "2026-02-01"}
    assert client.post(f"{page}?who=王执", said).status_code == 302
    member = Membership.objects.get(user=person)
    assert member.home == world.units["urban"]


@pytest.mark.parametrize("name", ["director", "urban_handler"])
def test_whoever_only_looks_changes_nothing(world, team, name):
    client, member = enter(world, name), Membership.objects.get()
    paths = [f"{of(team)}found/", *(f"/teams/{team.pk}/{end}/" for end in ("post-down", f"recall/{member.pk}", "end"))]
    for path in paths:
        assert client.get(path).status_code == 403, path
    assert enter(world, "west_officer").get(paths[1]).status_code == 404
    assert enter(world, "east_head").get(f"/teams/{team.pk}/recall/{member.pk + 1}/").status_code == 404


def test_the_pages_speak_chinese_and_cost_as_much_with_many_teams_as_with_one(
    world, team, django_assert_max_num_queries
):
    client = enter(world, "director", "zh-hans")
    assert "执法队伍" in shown(client, LIST)
    for number in range(2, 5):
        made = teamed.found_team(
            code=f"T-{number}", name="队", township_id=world.units["west_town"].pk, kind="stationed",
            valid_from=teamed.FROM, actor=teamed.SYSTEM, at=clock.now(),
        )  # fmt: skip
        teamed.post_down(
            team_id=made.pk, user_id=teamed.enforcer(world, f"e{number}").pk, home_id=world.units["urban"].pk,
            valid_from=teamed.FROM, actor=teamed.SYSTEM, at=clock.now(),
        )  # fmt: skip
    with django_assert_max_num_queries(BUDGETS["page: enforcement teams"]):
        shown(client, LIST)
    with django_assert_max_num_queries(BUDGETS["page: teams of a township"]):
        shown(client, of(made))
