"""Who else is on a case: colleagues in scope, while they are there, and nobody for those who may not see the case."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from governance.cache import ForgivingRedisCache
from kernel import clock
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))


@pytest.fixture
def enter(world):
    """Browsers of people of the small county, by name."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(world.users[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_colleagues_see_each_other_until_they_leave(world, enter, django_assert_max_num_queries):
    cache.clear()
    address = f"/cases/{filed(world, at=MONDAY).pk}/presence/"
    officer, dispatcher = enter("east_officer"), enter("dispatcher")
    assert officer.post(address).content == b""
    assert "east_officer" in dispatcher.post(address).content.decode()
    with django_assert_max_num_queries(BUDGETS["who is on a case"]):
        said = officer.post(address).content.decode()
    assert "dispatcher" in said
    assert "east_officer" not in said
    assert dispatcher.post(address, {"leave": "1"}).status_code == 204
    assert officer.post(address).content == b""


def test_only_who_works_on_the_case_is_asked_or_told(world, enter):
    address = f"/cases/{filed(world, at=MONDAY).pk}/presence/"
    assert enter("west_officer").post(address).status_code == 404
    assert enter("dispatcher").post(f"/cases/{uuid4()}/presence/").status_code == 404
    assert enter("citizen").post(address).status_code == 403
    assert enter("administrator").post(address).status_code == 403
    assert enter("dispatcher").get(address).status_code == 405


def test_who_wrote_a_confidential_case_down_is_not_shown_to_those_it_is_kept_from(world, enter):
    cache.clear()
    case = dispatched(world, at=MONDAY, by="gridworker", confidential=True).petition
    address = f"/cases/{case.pk}/presence/"
    assert case.registrar_id == world.users["gridworker"].pk
    enter("gridworker").post(address)
    assert "gridworker" in enter("dispatcher").post(address).content.decode()
    told = enter("urban_handler").post(address).content.decode()
    assert "dispatcher" in told
    assert "gridworker" not in told


def test_who_was_not_heard_of_for_a_while_is_gone():
    cache.clear()
    now = clock.now().timestamp()
    cache.together("presence:x", "1", at=now - 60, seconds=45)
    assert cache.together("presence:x", "2", at=now, seconds=45) == ["2"]


def test_without_the_cache_nobody_is_shown_and_nothing_fails():
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    assert away.together("presence:x", "1", at=1.0, seconds=45) == []
    away.apart("presence:x", "1")


def test_the_page_of_a_case_has_a_place_for_colleagues_and_says_whether_it_is_live(world, enter, settings):
    one = filed(world, at=MONDAY, by="citizen", channel="app", reporter=None)
    settings.LIVE_ADDRESS = "/live/"
    page = enter("dispatcher").get(f"/cases/{one.pk}/").content.decode()
    assert f'data-presence="{one.pk}"' in page
    assert 'data-address="/live/"' in page
    own = enter("citizen").get(f"/cases/{one.pk}/").content.decode()
    assert "data-presence" not in own
    assert 'id="live"' not in own
