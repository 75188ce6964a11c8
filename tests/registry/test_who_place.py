"""Who was responsible, asked by the name of a place."""

from __future__ import annotations

import pytest

from tests.registry.steps import found, stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(world, client):
    found(("T-CG", stall()))
    client.force_login(world.users["dispatcher"])
    client.cookies["django_language"] = "en"

    def ask(place, **headers):
        asked = {"x": "T-CG", "place": place, "on": "2026-03-02"}
        return client.get("/registry/who/", asked, headers=headers).content.decode()

    return ask


@pytest.mark.parametrize("place", ["370404001", "坛山街道", "坛山", " 坛山街道 "])
def test_a_name_is_as_good_as_a_code(ask, place):
    assert '<b class="answer">综合执法局</b>' in ask(place)


def test_a_name_that_several_places_bear_is_answered_with_those(ask):
    page = ask("古邵")
    assert "Several places are called so" in page
    assert "古邵镇 370404100" in page
    assert "古邵村 370404100201" in page
    assert "answer" not in page.split("<main")[1].split("</form>")[1]
    assert "No place is called so." in ask("月球")
    assert "A code has 2 to 15 digits." in ask("1")
    assert "Several places are called so" in ask("古邵", **{"hx-request": "true"})


def test_the_places_are_listed_under_the_field(ask):
    assert '<option value="370404001">坛山街道</option>' in ask("370404001")
