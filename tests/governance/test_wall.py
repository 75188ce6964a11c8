"""The big screen shows the figures of the dashboard, of the ground of the seat, and not one word of a citizen."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from governance.web.figures import count
from governance.web.tiles import tiles
from governance.web.wall.counting import Standing, counts, ranking
from governance.web.wall.staying import BEGAN, RENEWED, stay
from kernel import clock
from kernel.relay import deliver_everything
from petitions.models import Petition
from petitions.services.reception import accept
from tests.journeys.steps import dispatched, filed
from tests.world import EAST, EAST_VILLAGE, WEST, World

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))
DISTRICT = "370404"


@pytest.fixture
def morning() -> datetime:
    """A moment of today that is past already, with nothing kept from other tests."""
    cache.clear()
    return clock.now() - timedelta(minutes=1)


def screen(world: World, name: str, path: str = "/wall/", **headers: str) -> Any:
    """What the screen of somebody answers."""
    client = Client()
    client.force_login(world.users[name])
    return client.get(path, headers=headers)


def two_townships(world: World, at: datetime) -> None:
    """One case overdue in the east, one closed late and rated there, one open in the west."""
    dispatched(world, at=at - timedelta(days=20))
    Petition.objects.filter(pk=filed(world, at=at).pk).update(
        state="closed", closed_at=at, on_time=False, satisfaction="satisfied"
    )
    filed(world, at=at, lng=117.71, lat=34.77, title="西边的一件事")


def test_the_screen_says_what_the_dashboard_says(world: World, morning: datetime) -> None:
    two_townships(world, morning)
    now = clock.now()
    director = world.actor("director", on=now)
    counted = count(actor=director, at=now)
    shown = screen(world, "director")
    said = [(one["label"], one["number"], one.get("of")) for one in shown.context["tiles"]]
    # The screen is that of one area: supervision orders, which have no place, stay with the dashboard.
    dashboard = [(one["label"], one["number"], one.get("of")) for one in tiles(counted=counted)][: len(said)]
    assert said == dashboard
    found = counts(actor=director, at=now, place=DISTRICT, column="township_code")
    for name in ("open", "overdue", "timed", "on_time", "rated", "content"):
        assert sum(getattr(one, name) for one in found.parts.values()) == counted.totals[name], name
    assert sum(n for _channel, n in found.channels) == counted.totals["recent"] == 3


def test_a_township_has_its_own_screen_and_no_other(world: World, morning: datetime) -> None:
    two_townships(world, morning)
    own = screen(world, "east_officer")
    assert own.context["ground"].name == "坛山街道"
    assert own.context["tiles"][0]["number"] == "1"
    assert {scene.key for scene in own.context["scenes"]} == {"today", "ranking", "people"}
    assert [row.name for row in (one["row"] for one in own.context["scenes"][1].left[0].rows)] == [
        "工农社区",
        "立新社区",
    ]
    assert screen(world, "east_officer", "/wall/?area=370404100").status_code == 404
    assert screen(world, "east_officer", "/wall/?area=370404").status_code == 404
    drilled = screen(world, "director", f"/wall/?area={EAST[:9]}")
    assert drilled.context["tiles"][0]["number"] == "1"
    assert drilled.context["ground"].around == (("峄城区", "/wall/?area=370404"),)


def test_a_village_serves_its_own_items(world: World, morning: datetime) -> None:
    two_townships(world, morning)
    shown = screen(world, "east_villager")
    assert shown.context["ground"].place == EAST_VILLAGE
    assert [panel.template for scene in shown.context["scenes"] for panel in (*scene.left, *scene.right)] == [
        "cases",
        "standing",
        "staff",
        "cases",
    ]
    staff = shown.context["scenes"][1].left[0].rows[0]
    assert (staff["cells"], staff["manned"], staff["leaders"], staff["workers"]) == (1, 1, 1, 1)


@pytest.mark.parametrize("area", ["37040400", "abc", "370404999", "370404001006001", "３７０４０４"])
def test_what_is_no_area_is_not_there(world: World, area: str) -> None:
    assert screen(world, "director", f"/wall/?area={area}").status_code == 404


def test_every_number_opens_what_it_counted(world: World, morning: datetime) -> None:
    two_townships(world, morning)
    shown = screen(world, "director")
    client = Client()
    client.force_login(world.users["director"])
    standing = next(one for one in shown.context["scenes"][1].left[0].rows if one["row"].name == "坛山街道")
    for name in ("open", "overdue", "timed"):
        assert client.get(standing["behind"][name]).context["count"] == getattr(standing["row"], name) == 1
    bars = [*shown.context["scenes"][0].left[0].rows, *shown.context["scenes"][0].right[0].rows]
    assert [client.get(one.href).context["count"] for one in bars] == [one.number for one in bars]
    unit = shown.context["scenes"][1].right[0].rows[0]
    assert client.get(unit["behind"]["overdue"]).context["count"] == unit["row"].overdue == 1
    assert client.get("/dashboard/open/?place=37').").status_code == 400


def test_no_word_of_a_citizen_is_on_the_wall(world: World, morning: datetime) -> None:
    filed(world, at=morning, title="一句市民写的话", address="某某路十二号", urgency="critical")
    dispatched(world, at=morning, title="一句市民写的话", address="某某路十二号")
    for name in ("director", "east_officer", "east_villager"):
        for path in ("/wall/", "/wall/?mode=emergency", "/wall/items.json"):
            said = screen(world, name, path).content.decode()
            assert screen(world, name, path).status_code == 200
            for word in ("一句市民写的话", "某某路", "张三丰", "13812345678", "摊贩"):
                assert word not in said, (name, path, word)


def test_a_critical_case_takes_the_screen(world: World, morning: datetime) -> None:
    urgent = filed(world, at=morning)
    actor = world.actor("dispatcher", on=morning)
    accept(petition_id=urgent.pk, category_code="010101", urgency="urgent", actor=actor, at=morning)
    deliver_everything(at=morning)
    assert screen(world, "director").context["emergency"] is None
    asked = screen(world, "director", "/wall/?mode=emergency").context["emergency"]
    assert asked["petition"].pk == urgent.pk
    assert asked["units"][0].name == "综合执法局"
    critical = filed(world, at=morning, urgency="critical")
    cache.clear()
    shown = screen(world, "director", **{"hx-request": "true"})
    assert shown.context["emergency"]["petition"].pk == critical.pk
    assert f'data-case="{critical.pk}"' in shown.content.decode()
    assert shown.context["emergency"]["faces"], "its clock"
    assert screen(world, "director", "/wall/?mode=ordinary").context["emergency"] is None
    assert screen(world, "west_officer").context["emergency"] is None, "not the ground of the west"
    Petition.objects.filter(pk=critical.pk).update(state="closed", closed_at=clock.now())
    cache.clear()
    assert screen(world, "director").context["emergency"] is None, "what is over is no emergency"


def test_what_was_counted_for_one_is_not_shown_to_another_who_sees_less(world: World, morning: datetime) -> None:
    two_townships(world, morning)
    now = clock.now()
    for name, seen in (("director", {EAST[:9], WEST[:9]}), ("east_officer", {EAST[:9]}), ("west_officer", {WEST[:9]})):
        found = counts(actor=world.actor(name, on=now), at=now, place=DISTRICT, column="township_code")
        assert set(found.parts) == seen


def test_the_map_says_loads_and_numbers(world: World, morning: datetime) -> None:
    two_townships(world, morning)
    found = screen(world, "director", "/wall/items.json").json()
    assert len(found["points"]) == 2
    assert found["loads"][f"{EAST_VILLAGE}001"]["colour"] == "red"
    east = screen(world, "director", f"/wall/items.json?area={EAST[:9]}").json()
    assert set(east["loads"]) == {f"{EAST_VILLAGE}001"}
    drawn = screen(world, "director", f"/wall/cells.json?area={EAST[:9]}").json()["features"]
    assert len(drawn) == 2


def test_only_those_who_watch(world: World) -> None:
    assert screen(world, "citizen").status_code == 403
    assert screen(world, "administrator").status_code == 403
    assert Client().get("/wall/").status_code == 302


def test_a_rank_needs_enough_cases(morning: datetime) -> None:
    rows = [
        Standing(key="a", timed=4, on_time=4),
        Standing(key="b", timed=10, on_time=9),
        Standing(key="c", timed=20, on_time=18),
        Standing(key="d", timed=5, on_time=5),
    ]
    assert [(rank, one.key) for rank, one in ranking(rows)] == [(1, "d"), (2, "c"), (2, "b"), (None, "a")]


def test_a_screen_stays_signed_in_for_a_month_at_most(settings: Any) -> None:
    session: dict[str, float] = {}
    at, half = clock.now(), timedelta(seconds=settings.SESSION_COOKIE_AGE / 2)
    assert stay(session, at=at)  # type: ignore[arg-type]
    assert not stay(session, at=at + timedelta(minutes=5))  # type: ignore[arg-type]
    assert stay(session, at=at + half)  # type: ignore[arg-type]
    assert session[RENEWED] > session[BEGAN]
    assert not stay(session, at=at + timedelta(days=31))  # type: ignore[arg-type]


def test_past_a_usual_session_a_screen_opens_the_wall_and_nothing_else(world: World, settings: Any) -> None:
    client = Client()
    client.force_login(world.users["director"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/wall/").status_code == 200
    assert client.get("/petitions/").status_code == 200
    session = client.session
    session[BEGAN] -= settings.SESSION_COOKIE_AGE + 1
    session.save()
    assert client.get("/wall/").status_code == 200
    assert client.get("/petitions/").status_code == 302
    assert client.get("/wall/").status_code == 302, "it is signed out altogether"


def test_the_screen_stays_within_its_budget(
    world: World, morning: datetime, django_assert_max_num_queries: Any
) -> None:
    two_townships(world, morning)
    client = Client()
    for name, budget in (("director", "page: wall"), ("east_officer", "page: wall of a township")):
        client.force_login(world.users[name])
        client.get("/wall/")
        cache.clear()
        with django_assert_max_num_queries(BUDGETS[budget]):
            client.get("/wall/")


def test_the_number_of_urgent_cases_is_that_of_its_list(world: World, morning: datetime) -> None:
    for lng in (117.59, 117.59, 117.71):
        filed(world, at=morning, urgency="critical", lng=lng, lat=34.77)
    client = Client()
    for name, expected in (("director", 3), ("east_officer", 2)):
        client.force_login(world.users[name])
        shown = client.get("/wall/").context["emergency"]
        assert client.get(shown["alike_href"]).context["count"] == shown["alike"] == expected
