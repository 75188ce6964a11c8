"""What the wall says is what its reader sees, and each tile says of how many and how old."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localtime

from kernel import clock
from petitions.models import Petition
from tests.journeys.steps import dispatched, filed
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(world: World) -> datetime:
    """A moment that is past already, and cases of three kinds: of the urban department, closed late, of nobody yet."""
    cache.clear()
    at = clock.now() - timedelta(minutes=1)
    dispatched(world, at=at)
    late = filed(world, at=at)
    Petition.objects.filter(pk=late.pk).update(state="closed", closed_at=at, on_time=False, satisfaction="satisfied")
    filed(world, at=at, lng=117.71, lat=34.77)
    return at


def wall(world: World, name: str, path: str = "/wall/") -> Any:
    client = Client()
    client.force_login(world.users[name])
    return client.get(path)


def test_a_unit_sees_its_own_cases_alone_on_every_part_of_the_wall(world: World, morning: datetime) -> None:
    own = Petition.objects.get(lead_unit=world.units["urban"])
    shown = wall(world, "urban_handler")
    said = {scene.key: [panel for panel in (*scene.left, *scene.right)] for scene in shown.context["scenes"]}
    assert [one["number"] for one in shown.context["tiles"][:3]] == ["1", "1", "0"]
    channels, days, categories, pressing = said["today"]
    assert sum(one.number for one in channels.rows) == sum(one.number for one in categories.rows) == 1
    assert [row["last"] for row in days.rows] == [1, 0]
    assert [row["number"] for row in pressing.rows] == [own.number]
    assert sum(one["row"].open for panel in said["ranking"] for one in panel.rows) == 2, "once by place, once by unit"
    assert [row["number"] for row in shown.context["orders"].rows] == [own.number]
    found = wall(world, "urban_handler", "/wall/items.json").json()
    assert [one[3] for one in found["points"]] == [own.number]
    assert [one["said"] for one in found["loads"].values()] == ["在办 1 件"]


def test_every_tile_says_of_how_many_and_how_old(world: World, morning: datetime) -> None:
    shown = wall(world, "director")
    assert all(one["of"] for one in shown.context["tiles"])
    page = shown.content.decode()
    tiles = page[page.index('id="wall-tiles"') : page.index('class="wall-board"')]
    moment = localtime(shown.context["at"]).strftime("%H:%M")
    assert len(re.findall(rf'class="tile-foot">[^<]*{moment}', tiles)) == len(shown.context["tiles"])
