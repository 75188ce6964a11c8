"""How many statements liaison officials may cost, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import clock
from liaisons.models import Assignment
from tests.api import assigned as sent
from tests.api.conftest import enter as sign_in
from tests.api.test_budgets import budget, ok
from tests.liaisons import steps
from tests.world import CELL, EAST_OTHER, EAST_VILLAGE

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
PEOPLE = ("urban_handler", "water_handler", "verifier", "supervisor", "keeper")


@pytest.fixture
def many(world):
    """Five officials for three places each, and thirty visits, every third passed on."""
    at = clock.now()
    held = [
        steps.assigned(world, who=who, place=place, by="director", at=at)
        for who in PEOPLE
        for place in (EAST_VILLAGE, EAST_OTHER, CELL)
    ]
    for number in range(30):
        one = held[number % len(held)]
        passed = steps.PASSED if number % 3 == 0 else None
        when = at - timedelta(minutes=number)
        steps.visited(world, one, who=one.user.username, at=when, passed_on=passed)


def test_lists_and_pages_cost_the_same_with_many_rows(world, many, sign_in, enter):
    for name in ("director", "east_head", "urban_handler", "urban_head"):
        caller, client = sign_in(name), enter(name)
        ok(caller.get("/liaison-visits/"))
        with budget("list visits of officials"):
            assert ok(caller.get("/liaison-visits/"))["results"]
        with budget("list assignments of officials"):
            ok(caller.get("/liaison-assignments/"))
        with budget("list communities"):
            ok(caller.get("/liaison-communities/"))
        for tab in ("communities", "grids", "officials", "visits"):
            with budget("page: board of liaison officials"):
                assert client.get(f"/liaisons/?tab={tab}").status_code == 200
        with budget("page: a community"):
            assert client.get(f"/liaisons/places/{EAST_VILLAGE}/").status_code == 200
        with budget("page: an official"):
            assert client.get(f"/liaisons/officials/{world.users['urban_handler'].pk}/").status_code == 200


def test_a_visit(world, many, sign_in):
    official, held = sign_in("urban_handler"), Assignment.objects.filter(user=world.users["urban_handler"]).first()
    body = sent.visiting(world, held)
    ok(official.create("/liaison-visits/", body), 201)
    plain = {name: value for name, value in body.items() if name != "pass_on"}
    with budget("write down a visit"):
        ok(official.create("/liaison-visits/", plain), 201)
    with budget("write down a visit and pass it on"):
        ok(official.create("/liaison-visits/", body), 201)
