"""How many statements whistles may cost, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget, ok
from tests.whistles import steps
from whistles.models import Whistle
from whistles.services import gathering

pytestmark = pytest.mark.django_db
MANY = 20
LONG = timedelta(minutes=45)


@pytest.fixture
def many(world):
    """Twenty whistles that two departments have come to, each with two tasks."""
    at = clock.now() - timedelta(hours=3)
    for number in range(MANY):
        when = at - timedelta(minutes=number)
        whistle = steps.issued(world, on=when, kind="emergency", meets_at=when + LONG)
        for unit in ("urban", "water"):
            steps.here(world, whistle, by=f"{unit}_handler", on=when + LONG)
        gathering.gather(whistle_ids=[whistle.pk], at=when + 2 * LONG)
        tasks = (steps.task(world, "urban", helpers=("water",)), steps.task(world, "water"))
        steps.minuted(world, whistle, *tasks, on=when + 2 * LONG)
    return Whistle.objects.order_by("-opened_at").first()


def test_lists_and_pages_cost_the_same_with_many_rows(many, enter, world):  # noqa: F811
    for name in ("dispatcher", "urban_handler", "east_head"):
        caller, client = enter(name), Client()
        client.force_login(world.users[name])
        ok(caller.get("/whistles/"))
        client.get("/whistles/")
        for label, path in (("list whistles", "/whistles/"), ("list tasks of whistles", "/whistle-tasks/")):
            with budget(label):
                assert ok(caller.get(path))["results"]
        with budget("show a whistle"):
            ok(caller.get(f"/whistles/{many.pk}/"))
        pages = {
            "page: desk of whistles": "/whistles/?tab=all",
            "page: a whistle": f"/whistles/{many.pk}/",
            "page: tasks of whistles": "/whistles/tasks/?tab=open",
            "page: month of whistles": "/whistles/month/",
        }
        for label, path in pages.items():
            with budget(label):
                assert client.get(path).status_code == 200


def test_deeds(many, enter, world):  # noqa: F811
    head, handler = enter("east_head"), enter("urban_handler")
    said = {
        "kind": "emergency",
        "matter": "燃气泄漏处置",
        "where": "北门",
        "area_code": "370404001000",
        "meets_at": (clock.now() + timedelta(minutes=30)).isoformat(),
        "units": [world.units[key].pk for key in ("urban", "water", "west_town")],
    }
    ok(head.create("/whistles/blow/", said), 201)
    with budget("blow a whistle"):
        made = ok(head.create("/whistles/blow/", said), 201)
    with budget("check in"):
        ok(handler.create(f"/whistles/{made['id']}/check-ins/", {"lng": 117.59, "lat": 34.77}), 201)
