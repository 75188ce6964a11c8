"""Several cases at once: the preview changes nothing, each item is a deed of its own, refused ones stay selected."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dispatch.models import WorkOrder
from dispatch.services import working
from kernel import clock
from kernel.models import Event
from petitions.models import Category, Petition
from petitions.services import reception
from tests.desk.steps import ago
from tests.journeys.steps import filed
from tests.world import World

pytestmark = pytest.mark.django_db
CODES = ("010101", "010102", "010104")


@pytest.fixture
def client(world: World) -> Client:
    client = Client()
    client.force_login(world.users["dispatcher"])
    client.cookies["django_language"] = "en"
    return client


def preview(client: Client, do: str, *petitions: Petition, **said: str) -> str:
    answer = client.get("/desk/bulk/", {"do": do, "case": [str(one.pk) for one in petitions], **said})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return str(answer.content.decode())


def items(page: str) -> list[str]:
    """What the form would send: the boxes that are ticked."""
    return re.findall(r'name="item" value="([^"]+)"[^>]*checked', page)


def test_accepting_several_says_first_what_happens_and_then_does_it_one_by_one(world: World, client: Client) -> None:
    sure = filed(world, at=ago(minutes=30), category_code="010101")
    bare = filed(world, at=ago(minutes=29), title="说不清楚", description="情况不明。")
    stale = filed(world, at=ago(minutes=28), category_code="010102")
    done = filed(world, at=ago(minutes=27), category_code="010101")
    dispatcher2 = world.actor("dispatcher2")
    reception.accept(petition_id=done.pk, actor=dispatcher2, at=ago(minutes=20))
    before = Event.objects.count()
    page = preview(client, "accept", sure, bare, stale, done)
    assert "综合执法局, within 5 working days" in page
    assert "It has no category yet" in page
    assert "This cannot be done in the present state." in page
    ready = items(page)
    assert [one.partition(":")[0] for one in ready] == [str(sure.pk), str(stale.pk)]
    assert Event.objects.count() == before
    # With a category for those that have none it can be done to that one too.
    assert str(bare.pk) in items(preview(client, "accept", bare, category="010199"))[0]

    reception.classify(petition_id=stale.pk, urgency="urgent", actor=dispatcher2, at=ago(minutes=1))
    answer = client.post("/desk/bulk/", {"do": "accept", "item": ready, "back": "queue=accept"}).content.decode()
    states = dict(Petition.objects.values_list("pk", "state"))
    assert (states[sure.pk], states[stale.pk], states[bare.pk]) == ("accepted", "filed", "filed")
    assert "This was changed in the meantime." in answer
    assert f"/desk/?queue=accept&amp;picked={stale.pk}" in answer
    back = client.get(f"/desk/?queue=accept&picked={stale.pk}").content.decode()
    assert re.findall(r'name="case" value="([^"]+)"[^>]*checked', back) == [str(stale.pk)]


def test_dispatching_goes_by_the_list_and_to_the_unit_that_was_shown(world: World, client: Client) -> None:
    listed = filed(world, at=ago(minutes=30), category_code="010102")
    nobody = filed(world, at=ago(minutes=30), category_code="010199")
    for one in (listed, nobody):
        reception.accept(petition_id=one.pk, actor=world.actor("dispatcher"), at=ago(minutes=20))
    page = preview(client, "dispatch", listed, nobody)
    assert "自来水公司" in page
    assert "the list names nobody" in page
    (item,) = items(page)
    other = item.rpartition(":")[0] + f":{world.units['urban'].pk}"
    refused = client.post("/desk/bulk/", {"do": "dispatch", "item": [other]}).content.decode()
    assert "The list names another unit by now." in refused
    assert not WorkOrder.objects.exists()
    client.post("/desk/bulk/", {"do": "dispatch", "item": [item]})
    order = WorkOrder.objects.get()
    assert (order.unit, order.petition_id, order.bound) == (world.units["water"], listed.pk, False)
    assert Event.objects.filter(name="order.assigned", actor_key=f"user:{world.users['dispatcher'].pk}").exists()


def notes(page: str) -> list[str]:
    """What the form of the result would send to take all of it back."""
    return re.findall(r'name="note" value="([^"]+)"', page)


def dispatched_at_once(world: World, client: Client, *codes: str) -> tuple[list[Petition], str]:
    """Cases dispatched together, and the page that says so."""
    cases = [filed(world, at=ago(minutes=30 - n), category_code=code) for n, code in enumerate(codes)]
    for one in cases:
        reception.accept(petition_id=one.pk, actor=world.actor("dispatcher"), at=ago(minutes=20))
    ready = items(preview(client, "dispatch", *cases))
    sent = client.post("/desk/bulk/", {"do": "dispatch", "item": ready, "back": "queue=dispatch"})
    return cases, str(sent.content.decode())


def test_several_dispatches_are_taken_back_one_by_one_and_what_was_signed_stays(world: World, client: Client) -> None:
    (signed, first, second), page = dispatched_at_once(world, client, "010102", "010101", "010101")
    assert page.count("Take the dispatch back") == len(notes(page)) == 3
    order = WorkOrder.objects.get(petition=signed)
    working.sign(order_id=order.pk, actor=world.actor("water_handler"), at=clock.now())
    # One alone: the others stay, and can still be taken back.
    said = {"do": "dispatch", "back": "queue=dispatch", "note": notes(page), "one": notes(page)[1]}
    page = client.post("/desk/bulk/undo/", said).content.decode()
    states = dict(Petition.objects.values_list("pk", "state"))
    assert (states[signed.pk], states[first.pk], states[second.pk]) == ("dispatched", "accepted", "dispatched")
    assert len(notes(page)) == 2
    # Then all that is left: the unit that was first keeps its order, and it is said.
    page = client.post("/desk/bulk/undo/", {**said, "note": notes(page), "one": []}).content.decode()
    assert "The unit signed for it at" in page
    assert notes(page) == []
    states = dict(WorkOrder.objects.values_list("petition", "state"))
    assert (states[signed.pk], states[first.pk], states[second.pk]) == ("signed", "recalled", "recalled")
    told = Event.objects.filter(name="order.recalled", actor_key=f"user:{world.users['dispatcher'].pk}")
    assert {one.case_id for one in told} == {first.pk, second.pk}


def test_only_who_did_it_takes_it_back_and_only_for_half_a_minute(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cases, page = dispatched_at_once(world, client, "010102")
    other, said = Client(), {"do": "dispatch", "note": [*notes(page), "x", "", "a:b:c"]}
    other.force_login(world.users["dispatcher2"])
    assert other.post("/desk/bulk/undo/", said).status_code == 200
    assert client.get("/desk/bulk/undo/").status_code == 405
    assert client.post("/desk/bulk/undo/", {"do": "burn"}).status_code == 422
    monkeypatch.setattr("desk.undoing.TAKEN_S", -1)
    late = client.post("/desk/bulk/undo/", {**said, "until": "9" * 30}).content.decode()
    assert "It is too late to undo this." in late
    assert WorkOrder.objects.get().state == "assigned"


def test_of_an_acceptance_it_is_said_why_it_stands(world: World, client: Client) -> None:
    case = filed(world, at=ago(minutes=30), category_code="010101")
    done = client.post("/desk/bulk/", {"do": "accept", "item": items(preview(client, "accept", case))})
    page = done.content.decode()
    assert "Accepting is not undone" in page
    assert notes(page) == []


def test_categories_and_joining(world: World, client: Client) -> None:
    main, *rest = [filed(world, at=ago(minutes=30 - n), category_code="010101") for n in range(3)]
    page = preview(client, "classify", *rest, category="010104")
    assert "邻里纠纷" in page
    client.post("/desk/bulk/", {"do": "classify", "item": items(page)})
    assert set(Petition.objects.exclude(pk=main.pk).values_list("category", flat=True)) == {"010104"}
    page = preview(client, "join", main, *rest, main=main.number)
    assert "The main petition itself." in page
    page = client.post("/desk/bulk/", {"do": "join", "item": items(page)}).content.decode()
    assert Petition.objects.filter(joined_to=main, state="joined").count() == 2
    client.post("/desk/bulk/undo/", {"do": "join", "note": notes(page)})
    assert not Petition.objects.exclude(joined_to=None).exists()
    unknown = {"do": "join", "case": [str(main.pk)], "main": "GD404"}
    assert client.get("/desk/bulk/", unknown).status_code == 422


@pytest.mark.parametrize("learnt", [True, False])
def test_a_preview_asks_as_much_about_ten_as_about_two(world: World, client: Client, learnt: bool) -> None:
    Category.objects.filter(code="010101").update(keywords="占道|摊贩|摆摊")
    if learnt:
        call_command("train_triage", stdout=io.StringIO())
    named = [filed(world, at=ago(minutes=50 - n), category_code=code) for n, code in enumerate(CODES)]
    bare = [filed(world, at=ago(minutes=40 - n)) for n in range(10 - len(named))]
    compared(client, "accept", [bare[0], named[0]], [*bare, *named])
    for one in named:
        reception.accept(petition_id=one.pk, actor=world.actor("dispatcher"), at=ago(minutes=5))
    compared(client, "dispatch", named[:2], named)


def compared(client: Client, do: str, few: list[Petition], many: list[Petition]) -> None:
    """A preview of more cases asks the database nothing more."""
    preview(client, do, *many)  # what a process reads once is not counted
    asked = []
    for chosen in (few, many):
        with CaptureQueriesContext(connection) as seen:
            preview(client, do, *chosen)
        asked.append([one["sql"] for one in seen.captured_queries])
    assert len(asked[1]) == len(asked[0]), "\n".join(one[:200] for one in asked[1])


def test_what_is_not_ones_own_or_makes_no_sense_is_refused_and_nothing_breaks(world: World, client: Client) -> None:
    petition = filed(world, at=ago(minutes=30), category_code="010101")
    assert "Nothing is selected" in preview(client, "accept")
    assert client.get("/desk/bulk/?do=burn").status_code == 422
    west = Client()
    west.force_login(world.users["west_dispatcher"])
    item = f"{petition.pk}:1:010101"
    assert str(petition.number) not in west.get("/desk/bulk/", {"do": "accept", "case": [petition.pk]}).content.decode()
    hostile = [item, "x", f"{petition.pk}:x:", f"{petition.pk}::", "%00:1:"]
    hostile += [
        f"{petition.pk}x:1:010101",
        f"{petition.pk}\x00",
        f"{petition.pk}:1:\x00",
        f"{petition.pk}:1:0101\x0001",
    ]
    assert west.post("/desk/bulk/", {"do": "accept", "item": hostile}).status_code == 200
    petition.refresh_from_db()
    assert petition.state == "filed"
    for do in ("accept", "join", "dispatch", "classify"):
        sent = client.post("/desk/bulk/", {"do": do, "item": [f"{petition.pk}:1:nonsense", *hostile[1:]]})
        assert sent.status_code == 200, do
    petition.refresh_from_db()
    assert (petition.state, petition.version) == ("filed", 1)
