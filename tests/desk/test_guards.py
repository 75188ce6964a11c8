"""What a desk must never do: show what is not one's own, put the later clock first, join or count beyond it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest

from desk.listing import Desk
from desk.narrowing import DeskFilter
from desk.queries.filters import chips_of
from desk.services import filters
from kernel import clock
from kernel.errors import Missing
from kernel.models import Event
from organizations.choices import Role
from organizations.models import Posting
from petitions.models import Petition
from petitions.services import joining, reception
from tests.api.cases import ORDER_STEPS, STEPS, WAITING_STEPS, case_in
from tests.desk.steps import HTMX, ago, deed, links, text
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY, START, World

pytestmark = pytest.mark.django_db
EVERYTHING = (Role.DISPATCHER, Role.VERIFIER, Role.CENTER_DIRECTOR)


def waiting(world: World, name: str) -> dict[str, int]:
    """How many wait in each queue of somebody's desk, empty ones left out."""
    at = clock.now()
    desk = Desk(actor=world.actor(name, on=at), filters=DeskFilter({}), only="", at=at)
    return {queue.key: count for queue, count in desk.counts() if count}


def test_no_queue_reaches_beyond_ones_own_ground(world: World) -> None:
    for name, unit in (("keeper", "county"), ("west_officer", "west")):
        for role in EVERYTHING:
            seat = {"user": world.users[name], "unit": world.units[unit]}
            Posting.objects.create(**seat, role=role, valid_from=START)
    states = (STEPS["filed"], STEPS["accepted"], STEPS["verified"], WAITING_STEPS["asking"])
    for steps in (*states, *(ORDER_STEPS[name] for name in ("assigned", "returning", "disputed", "completed"))):
        case_in(world, steps)
    Petition.objects.filter(state="filed").update(center=world.units["county"])
    seen = set(waiting(world, "keeper"))
    assert {"accept", "adjudicate", "time", "verify", "callback"} <= seen
    assert waiting(world, "west_officer") == {}
    assert set(waiting(world, "urban_handler")) == {"sign", "handle"}
    assert waiting(world, "water_handler") == {}


def test_the_clock_that_waits_for_the_unit_decides_the_order_of_its_list(world: World, enter: Any) -> None:
    first = dispatched(world, at=MONDAY, category="010104")
    second = dispatched(world, at=MONDAY + timedelta(minutes=10), category="010103")
    assert first.sign_due_at < second.sign_due_at
    assert first.handle_due_at > second.handle_due_at  # ten days for the one, two for the other
    page = text(enter("east_villager").get("/desk/?queue=sign"))
    assert links(page) == [str(first.petition_id), str(second.petition_id)]


def test_undoing_ends_half_a_minute_later_and_not_before(world: World, enter: Any, monkeypatch: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    client = enter("dispatcher")
    page = text(client.post(deed(first, "join"), {"version": 1, "main": second.number}, **HTMX))
    note = re.search(r'name="note" value="([^"]+)"', page)
    assert note
    now = time.time()
    for later, status in ((40, 409), (25, 302)):
        monkeypatch.setattr("django.core.signing.time.time", lambda later=later: now + later)
        assert client.post("/desk/undo/", {"note": note[1]}).status_code == status
    first.refresh_from_db()
    assert first.state == "filed"


def test_nothing_is_joined_to_what_one_does_not_see(world: World, enter: Any) -> None:
    east = filed(world, at=ago(minutes=20))
    west = filed(world, at=ago(minutes=10), lng=117.45, lat=34.65)
    Petition.objects.filter(pk=west.pk).update(township_code="370404100", village_code="", cell_code="", involved=[])
    Petition.objects.filter(pk=east.pk).update(center=world.units["east"])
    client, before = enter("east_dispatcher"), Event.objects.count()
    assert not Petition.objects.visible_to(world.actor("east_dispatcher")).filter(pk=west.pk).exists()
    assert client.post(deed(east, "join"), {"version": 1, "main": west.number}, **HTMX).status_code == 422
    bulk = {"do": "join", "case": [str(east.pk)], "main": west.number}
    assert client.get("/desk/bulk/", bulk).status_code == 422
    sent = client.post("/desk/bulk/", {"do": "join", "item": [f"{east.pk}:1:{west.number}"]}).content.decode()
    assert "There is no such petition, or not for you." in sent
    with pytest.raises(Missing):
        joining.join(petition_id=east.pk, main_id=west.pk, actor=world.actor("east_dispatcher"), at=clock.now())
    east.refresh_from_db()
    assert (east.state, east.joined_to, Event.objects.count()) == ("filed", None, before)


def test_of_several_the_refused_one_is_left_whole_and_the_others_are_done(world: World, enter: Any) -> None:
    cases = [filed(world, at=ago(minutes=30 - number), category_code="010101") for number in range(3)]
    client = enter("dispatcher")
    page = client.get("/desk/bulk/", {"do": "accept", "case": [str(one.pk) for one in cases]}).content.decode()
    items = re.findall(r'name="item" value="([^"]+)"[^>]*checked', page)
    assert len(items) == len(cases)
    reception.classify(petition_id=cases[1].pk, urgency="urgent", actor=world.actor("dispatcher2"), at=ago(minutes=1))
    before = Event.objects.filter(case_id=cases[1].pk).count()
    client.post("/desk/bulk/", {"do": "accept", "item": items})
    states = dict(Petition.objects.values_list("pk", "state"))
    assert [states[one.pk] for one in cases] == ["accepted", "filed", "accepted"]
    assert Event.objects.filter(case_id=cases[1].pk).count() == before


def test_a_shared_list_of_each_kind_is_counted_for_its_reader(world: World) -> None:
    filed(world, at=ago(minutes=20), urgency="urgent")
    dispatched(world, at=ago(minutes=30))
    at, county = clock.now(), world.units["county"].pk
    lists = {"petitions": {"state": "open"}, "orders": {"tab": "sign"}, "desk": {"urgency": "urgent"}}
    numbers: dict[str, list[str]] = {}
    for key, query in lists.items():
        actor = world.actor("dispatcher", on=at)
        filters.save_filter(list_key=key, name="共用", query=query, unit_id=county, actor=actor, at=at)
        for name in ("dispatcher", "keeper"):  # of the same unit; the keeper of the lists reads no case
            chips = chips_of(list_key=key, actor=world.actor(name, on=at), query="", counted_at=at)
            numbers.setdefault(name, []).append(chips[0].number)
    assert numbers == {"dispatcher": ["2", "1", "1"], "keeper": ["0", "0", "0"]}
