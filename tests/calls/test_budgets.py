"""How many statements calls may cost, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.models import Call
from kernel import clock
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget, ok
from tests.calls import steps

pytestmark = pytest.mark.django_db
CALL = {"kind": "livelihood", "asked": "请派人到场", "category": "010101"}


@pytest.fixture
def many(world):
    """Thirty calls on the way to two departments, every one with a cooperating unit."""
    at = clock.now() - timedelta(hours=3)
    for number in range(30):
        when = at - timedelta(minutes=number)
        steps.called(world, at=when, unit=("urban", "water")[number % 2], assists=("west_town",))
    return Call.objects.order_by("-filed_at").first()


def test_lists_and_pages_cost_the_same_with_many_rows(many, enter, page, world):  # noqa: F811
    callers = {name: enter(name) for name in ("dispatcher", "urban_handler", "east_officer")}
    ok(callers["dispatcher"].get("/calls/"))
    for name, caller in callers.items():
        with budget("list calls"):
            assert ok(caller.get("/calls/"))["results"]
        with budget("show a call"):
            ok(caller.get(f"/calls/{Call.objects.filter(lead=world.units['urban']).first().pk}/"))
        page(name, "/calls/")
        with budget("page: desk of calls"):
            assert page(name, "/calls/?tab=all").status_code == 200
        call = Call.objects.filter(lead=world.units["urban"]).first()
        with budget("page: a call"):
            assert page(name, f"/calls/{call.pk}/").status_code == 200


def test_deeds(many, enter, world):  # noqa: F811
    officer, handler = enter("east_officer"), enter("urban_handler")
    ok(officer.create("/calls/", CALL), 201)
    with budget("file a call"):
        ok(officer.create("/calls/", CALL), 201)
    with budget("file a quick call: file, route and call in one"):
        quick = ok(officer.create("/calls/", {**CALL, "kind": "emergency"}), 201)
    given = {
        "person": world.users["urban_handler"].pk,
        "promised_at": (clock.now() + timedelta(minutes=20)).isoformat(),
    }
    with budget("answer a call"):
        ok(handler.deed(f"/calls/{quick['id']}/answer/", given, version=quick["version"]))
