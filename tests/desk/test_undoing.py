"""Undoing on the desk, and what becomes of a deed over an older version."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from dispatch.models import WorkOrder
from dispatch.services import working
from kernel import clock
from kernel.models import Event
from kernel.relay import deliver_everything
from petitions.models import Petition
from petitions.services import reception
from tests.desk.steps import HTMX, PANE, ago, deed, links, text
from tests.journeys.steps import filed
from tests.world import World

pytestmark = pytest.mark.django_db


def test_what_can_be_undone_is_a_deed_of_its_own_and_only_for_who_did_it(world: World, enter: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    client = enter("dispatcher")
    joined = text(client.post(deed(first, "join"), {"version": 1, "main": second.number}, **HTMX))
    note = re.search(r'name="note" value="([^"]+)"', joined)
    assert note
    assert enter("dispatcher2").post("/desk/undo/", {"note": note[1]}).status_code == 400
    assert client.post("/desk/undo/", {"note": note[1] + "x"}).status_code == 400
    shown = text(client.post("/desk/undo/", {"note": note[1]}, **HTMX))
    assert f'data-case="{first.pk}"' in shown
    names = list(Event.objects.filter(case_id=first.pk).order_by("seq").values_list("name", flat=True))
    assert names[-2:] == ["petition.joined", "petition.separated"]
    due, first = first.stage_due_at, Petition.objects.get(pk=first.pk)
    assert (first.state, first.stage_due_at) == ("filed", due), "undoing gives no time"
    assert client.post("/desk/undo/", {"note": note[1]}).status_code == 412  # once
    # Accepting leads nowhere back: nothing is offered.
    accepted = text(client.post(deed(second, "accept"), {"version": 1, "category": "010101"}, **HTMX))
    assert 'name="note"' not in accepted


def test_a_category_put_right_is_put_back_with_all_that_it_decided(world: World, enter: Any) -> None:
    petition = filed(world, at=ago(minutes=20), category_code="010101")
    client = enter("dispatcher")
    said = {"version": 1, "category": "010102", "urgency": "urgent"}
    changed = text(client.post(deed(petition, "classify"), said, **HTMX))
    petition.refresh_from_db()
    assert (petition.category_id, petition.urgency) == ("010102", "urgent")
    note = re.search(r'name="note" value="([^"]+)"', changed)
    assert note
    text(client.post("/desk/undo/", {"note": note[1]}, **HTMX))
    petition.refresh_from_db()
    assert (petition.category_id, petition.urgency) == ("010101", "ordinary")


def test_undoing_is_offered_for_half_a_minute(world: World, enter: Any, monkeypatch: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    client = enter("dispatcher")
    answer = client.post(deed(first, "join"), {"version": 1, "main": second.number})
    note = parse_qs(urlsplit(answer.headers["Location"]).query)["undo"][0]
    monkeypatch.setattr("desk.undoing.TAKEN_S", -1)
    assert client.post("/desk/undo/", {"note": note}).status_code == 409
    assert 'name="note"' not in text(client.get(answer.headers["Location"]))
    first.refresh_from_db()
    assert first.state == "joined"


def test_a_stale_deed_keeps_the_text_and_says_who_did_what(world: World, enter: Any) -> None:
    petition = filed(world, at=ago(minutes=20))
    client = enter("dispatcher")
    seen = Event.objects.filter(case_id=petition.pk).count()
    reception.classify(
        petition_id=petition.pk, category_code="010102", actor=world.actor("dispatcher2"), at=ago(minutes=1)
    )
    said = {"version": 1, "seen": seen, "question": "在哪个门口?"}
    page = text(client.post(deed(petition, "ask"), said, **HTMX), 412)
    assert "在哪个门口?" in page
    assert "dispatcher2" in page
    assert page.count("Category or place put right") == 1
    petition.refresh_from_db()
    assert petition.state == "filed"
    assert f'name="version" value="{petition.version}"' in page
    # The case that lies open says so too, and only then.
    assert "dispatcher2" in text(client.get(f"/desk/cases/{petition.pk}/changed/?seen={seen}"))
    assert client.get(f"/desk/cases/{petition.pk}/changed/?seen={seen + 1}").status_code == 204
    own = enter("dispatcher2").get(f"/desk/cases/{petition.pk}/changed/?seen={seen}")
    assert own.status_code == 204, "one's own deed is not somebody else's"


def test_a_place_that_is_none_of_ours_does_not_refuse_what_is_done(world: World, enter: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    said = {"version": 1, "category": "010101"}
    answer = text(enter("dispatcher").post(deed(first, "accept", "place=nonsense"), said, **HTMX))
    assert f'data-case="{second.pk}"' in answer


def test_what_is_put_aside_leaves_the_list_and_comes_back_by_undoing(world: World, enter: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    client = enter("dispatcher")
    assert 'data-key="s"' in text(client.get(f"/desk/?case={first.pk}", **PANE))
    assert 'hx-target="#slot"' in text(client.get(deed(first, "snooze"), **HTMX))
    aside = text(client.post(deed(first, "snooze"), {"version": 1, "reason": "other"}, **HTMX))
    assert f'data-case="{second.pk}"' in aside
    assert links(text(client.get("/desk/"))) == [str(second.pk)]
    assert len(links(text(enter("dispatcher2").get("/desk/")))) == 2  # from one's own desk alone
    again = client.post(deed(first, "snooze"), {"version": 1, "reason": "other"}, **HTMX)
    assert again.status_code == 409
    note = re.search(r'name="note" value="([^"]+)"', aside)
    assert note
    text(client.post("/desk/undo/", {"note": note[1]}, **HTMX))
    assert len(links(text(client.get("/desk/")))) == 2


def named(world: World, client: Any) -> tuple[Petition, str]:
    """A case that the list has no unit for, dispatched on the desk, and the note by which that is undone."""
    petition = filed(world, at=ago(minutes=20))
    said = {"petition_id": petition.pk, "category_code": "010199"}
    reception.accept(actor=world.actor("dispatcher"), at=ago(minutes=10), **said)
    deliver_everything(at=ago(minutes=9))
    petition.refresh_from_db()
    given = {"version": petition.version, "unit": world.units["urban"].pk, "instruction": ""}
    page = text(client.post(deed(petition, "assign"), given, **HTMX))
    note = re.search(r'name="note" value="([^"]+)"', page)
    assert note
    return petition, note[1]


def test_a_dispatch_is_undone_as_long_as_nobody_signed_for_it(world: World, enter: Any) -> None:
    client = enter("dispatcher")
    petition, note = named(world, client)
    shown = text(client.post("/desk/undo/", {"note": note}, **HTMX))
    assert f'data-case="{petition.pk}"' in shown
    order = WorkOrder.objects.get(petition=petition)
    assert (order.state, order.recall_reason) == ("recalled", "undone")
    petition.refresh_from_db()
    assert (petition.state, petition.lead_unit) == ("accepted", None)
    assert client.post("/desk/undo/", {"note": note}, **HTMX).status_code == 409  # once


def test_whoever_undoes_a_dispatch_too_late_reads_that_the_unit_signed(world: World, enter: Any) -> None:
    client = enter("dispatcher")
    petition, note = named(world, client)
    order = WorkOrder.objects.get(petition=petition)
    working.sign(order_id=order.pk, actor=world.actor("urban_handler"), at=clock.now())
    refused = text(client.post("/desk/undo/", {"note": note}, **HTMX), 409)
    assert f'data-case="{petition.pk}"' in refused
    assert "The unit signed for it at" in refused
    assert client.post("/desk/undo/", {"note": note}).status_code == 409
    order.refresh_from_db()
    assert order.state == "signed"
