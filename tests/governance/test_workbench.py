"""The workbench: each role finds what waits for it, soonest breach first, and nothing that is not its own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dispatch.services import verifying, working
from governance.web.inbox import inbox_of
from petitions.services import closing
from petitions.services.reception import ask_for_information
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY, World

pytestmark = pytest.mark.django_db


def waiting(world: World, name: str, *, on: Any = MONDAY, only: str = "") -> list[str]:
    """Keys of the queues of what is in somebody's inbox, in its order."""
    return [item.queue.key for item in inbox_of(actor=world.actor(name, on=on), at=on, only=only).items]


def test_work_moves_from_inbox_to_inbox(world: World) -> None:
    later = MONDAY + timedelta(hours=1)
    filed(world, at=MONDAY)
    assert waiting(world, "dispatcher") == ["accept"]
    order = dispatched(world, at=MONDAY)
    assert waiting(world, "dispatcher") == ["accept"]
    assert waiting(world, "urban_handler") == ["sign"]
    working.sign(order_id=order.pk, actor=world.actor("urban_handler"), at=later)
    assert waiting(world, "urban_handler", on=later) == ["handle"]
    working.complete(order_id=order.pk, result="已清理", actor=world.actor("urban_handler"), at=later)
    assert waiting(world, "urban_handler", on=later) == []
    assert waiting(world, "verifier", on=later) == ["verify"]
    verifying.verify(order_id=order.pk, passed=False, note="仍有摊位", actor=world.actor("verifier"), at=later)
    assert waiting(world, "urban_handler", on=later) == ["rework"]
    working.complete(order_id=order.pk, result="已再次清理", actor=world.actor("urban_handler"), at=later)
    verifying.verify(order_id=order.pk, passed=True, actor=world.actor("verifier"), at=later)
    assert waiting(world, "verifier", on=later) == ["callback"]
    closing.record_callback(
        petition_id=order.petition_id,
        reached=True,
        resolved=True,
        satisfaction="satisfied",
        actor=world.actor("verifier"),
        at=later,
    )
    assert waiting(world, "verifier", on=later) == []


def test_the_soonest_breach_stands_first(world: World) -> None:
    ordinary = filed(world, at=MONDAY)
    critical = filed(world, at=MONDAY + timedelta(minutes=5), urgency="critical")
    shown = inbox_of(actor=world.actor("dispatcher"), at=MONDAY + timedelta(minutes=10)).items
    assert [item.case.petition.pk for item in shown] == [critical.pk, ordinary.pk]


def test_another_unit_sees_nothing_of_it(world: World) -> None:
    dispatched(world, at=MONDAY)
    for name in ("water_handler", "west_gridworker", "west_officer", "mediator"):
        assert waiting(world, name) == []


def test_a_citizen_finds_own_petitions(world: World) -> None:
    client = Client()
    client.force_login(world.users["citizen"])
    assert "您没有在办的诉求" in client.get("/").content.decode()
    mine = filed(world, by="citizen", at=MONDAY, reporter_user_id=world.users["citizen"].pk, channel="app")
    page = client.get("/").content.decode()
    assert "门前占道经营" in page
    assert "待我处理" not in page
    ask_for_information(petition_id=mine.pk, question="在哪个门?", actor=world.actor("dispatcher"), at=MONDAY)
    page = client.get("/").content.decode()
    assert "待我处理" in page
    assert "待我补充" in page


@pytest.mark.parametrize(
    "name", ["dispatcher", "urban_handler", "gridworker", "supervisor", "administrator", "director"]
)
def test_the_page_answers_each_role_within_its_budget(
    world: World, name: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        dispatched(world, at=MONDAY)
    client = Client()
    client.force_login(world.users[name])
    client.get("/")
    with django_assert_max_num_queries(16):
        assert client.get("/").status_code == 200


def test_only_the_list_is_sent_to_who_asks_for_it(world: World) -> None:
    filed(world, at=MONDAY)
    client = Client()
    client.force_login(world.users["dispatcher"])
    fragment = client.get("/?queue=accept", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert re.search(r'href="\?queue=accept" aria-current="true"', fragment)
