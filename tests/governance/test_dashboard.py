"""The dashboard counts what the person may see, and every figure opens exactly what it counted."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from governance.web.behind import FAMILIES
from governance.web.figures import asked, count
from governance.web.kept import kept_for
from kernel import clock
from petitions.models import Petition
from tests.journeys.steps import dispatched, filed
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning() -> datetime:
    """A moment of today that is past already, with nothing kept from other tests."""
    cache.clear()
    return clock.now() - timedelta(minutes=1)


def signed_in(world: World, name: str) -> Client:
    """A browser of somebody."""
    client = Client()
    client.force_login(world.users[name])
    return client


def test_figures_stop_at_the_border_of_the_area(world: World, morning: datetime) -> None:
    filed(world, at=morning)
    filed(world, at=morning, lng=117.71, lat=34.77)
    now = clock.now()
    assert count(actor=world.actor("director", on=now), at=now).totals["filed"] == 2
    assert count(actor=world.actor("east_dispatcher", on=now), at=now).totals["filed"] == 1
    assert count(actor=world.actor("water_handler", on=now), at=now).totals["filed"] == 0


@pytest.mark.parametrize("figure", [name for family in FAMILIES for name, _label in family])
def test_the_list_behind_a_figure_has_what_it_counted(world: World, morning: datetime, figure: str) -> None:
    filed(world, at=morning - timedelta(days=9))
    dispatched(world, at=morning)
    Petition.objects.filter(pk=filed(world, at=morning).pk).update(
        state="closed", closed_at=morning, on_time=False, satisfaction="dissatisfied"
    )
    now = clock.now()
    counted = count(actor=world.actor("director", on=now), at=now).totals[figure]
    page = signed_in(world, "director").get(f"/dashboard/{figure}/").content.decode()
    assert len(re.findall(r'<a class="title"', page)) == counted
    assert Petition.objects.filter(asked(at=now)[figure]).count() == counted


def test_the_page_and_its_parts_answer(world: World, morning: datetime) -> None:
    dispatched(world, at=morning, title="路面积水")
    client = signed_in(world, "director")
    page = client.get("/dashboard/").content.decode()
    assert "路面积水" in page
    assert 'data-chart="chart-days"' in page
    fragment = client.get("/dashboard/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'hx-swap-oob="true"' in fragment
    features = client.get("/dashboard/items.json").json()["features"]
    assert [one["properties"]["label"] for one in features] == ["路面积水"]
    cells = client.get("/dashboard/cells.json").json()["features"]
    loaded = [one["properties"]["label"] for one in cells if one["properties"]["colour"]]
    assert loaded == ["第1网格 · 在办 1 件"]


def test_nothing_personal_is_on_the_page(world: World, morning: datetime) -> None:
    filed(world, at=morning)
    client = signed_in(world, "director")
    for path in ("/dashboard/", "/dashboard/items.json", "/dashboard/filed/", "/"):
        page = client.get(path).content.decode()
        assert "张三丰" not in page
        assert "13812345678" not in page


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/items.json", "/dashboard/cells.json", "/dashboard/open/"])
def test_a_citizen_is_told_that_it_is_not_for_them(world: World, path: str) -> None:
    assert signed_in(world, "citizen").get(path).status_code == 403


def test_an_unknown_figure_is_not_there(world: World) -> None:
    assert signed_in(world, "director").get("/dashboard/nonsense/").status_code == 404


def test_the_page_stays_within_its_budget(world: World, morning: datetime, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        dispatched(world, at=morning)
    client = signed_in(world, "director")
    client.get("/dashboard/")
    cache.clear()
    with django_assert_max_num_queries(17):
        client.get("/dashboard/")


@pytest.mark.parametrize("name", ["director", "east_officer"])
def test_counters_that_are_kept_show_what_counting_finds(
    world: World, morning: datetime, name: str, monkeypatch: Any
) -> None:
    for days in (0, 1, 13, 29, 31):
        dispatched(world, at=morning - timedelta(days=days))
        filed(world, at=morning - timedelta(days=days), lng=117.71, lat=34.77)
    Petition.objects.filter(state="filed").update(state="closed", closed_at=morning, on_time=True)
    now = clock.now()
    actor = world.actor(name, on=now)
    for place in ("", "370404001", "370404001006"):
        assert kept_for(actor=actor, place=place, since=(now - timedelta(days=30)).date()) is not None
        kept = count(actor=actor, at=now, place=place)
        with monkeypatch.context() as patch:
            patch.setattr("governance.web.figures.kept_for", lambda **_given: None)
            assert count(actor=actor, at=now, place=place) == kept
    assert kept.totals["open"] == 5
