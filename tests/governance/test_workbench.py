"""The workbench: each role finds what waits for it, soonest breach first, and nothing that is not its own."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dispatch.services import verifying, working
from governance.web.inbox import inbox_of
from governance.web.told import told
from petitions.services import closing
from petitions.services.reception import ask_for_information
from tests.journeys.steps import dispatched, filed, let_time_pass
from tests.mediation.steps import opened
from tests.world import MONDAY, World
from tests.world import at as moment

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


def test_a_mediation_waits_for_its_committee_until_a_mediator_has_it(world: World) -> None:
    case = opened(world, at=MONDAY)
    assert waiting(world, "mediator") == ["mediate"]
    item = inbox_of(actor=world.actor("mediator"), at=MONDAY).items[0]
    assert (item.number, item.href) == (case.number, f"/mediation/{case.pk}/")
    assert (item.unit, item.due_at) == (case.committee, case.stage_due_at)
    assert "mediate" not in waiting(world, "dispatcher")
    client = Client()
    client.force_login(world.users["mediator"])
    assert case.number in client.get("/?queue=mediate").content.decode()


def test_what_nobody_answered_below_is_brought_to_the_next_centre_while_it_has_it(world: World) -> None:
    petition = filed(world, by="gridworker", at=MONDAY, channel="gridworker")
    late = moment("2026-11-16 15:00")
    let_time_pass(until=late)
    petition.refresh_from_db()
    assert petition.rung == 1
    brought = told(actor=world.actor("east_dispatcher"), at=late)
    assert [(one["title"], one["rung"]) for one in brought] == [("门前占道经营", 1)]
    village = world.units["east_village"]
    assert brought[0]["unit"] == (village.short_name or village.name)
    assert told(actor=world.actor("dispatcher"), at=late) == []
    much_later = moment("2026-11-17 10:30")
    let_time_pass(until=much_later)
    assert told(actor=world.actor("east_dispatcher"), at=much_later) == []
    assert [one["rung"] for one in told(actor=world.actor("dispatcher"), at=much_later)] == [2]


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
    with django_assert_max_num_queries(26):  # one of them for each table in which work waits, or from which it is told
        assert client.get("/").status_code == 200


def test_only_the_list_is_sent_to_who_asks_for_it(world: World) -> None:
    filed(world, at=MONDAY)
    client = Client()
    client.force_login(world.users["dispatcher"])
    fragment = client.get("/?queue=accept", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert re.search(r'href="\?queue=accept" aria-current="true"', fragment)


def test_what_waits_is_counted_no_further_than_the_desk_counts(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("governance.web.inbox.COUNTED", 2)
    client = Client()
    client.force_login(world.users["dispatcher"])
    for number, shown in ((2, 'num">2<'), (3, ">2+<")):
        while inbox_of(actor=world.actor("dispatcher"), at=MONDAY).total < number:
            filed(world, at=MONDAY)
        assert client.get("/").content.decode().count(shown) == 2  # of the queue, and of everything
