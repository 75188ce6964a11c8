"""The dispatch desk: the soonest breach first, a case beside the list, the next one after each deed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from desk.lists import LISTS
from kernel import clock
from kernel.models import Event
from petitions.models import Petition
from petitions.services import joining, reception
from tests.api.test_budgets import budget
from tests.journeys.steps import dispatched, filed
from tests.world import World

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PANE = {**HTMX, "HTTP_HX_TARGET": "desk-pane"}


@pytest.fixture
def enter(world: World) -> Any:
    """Somebody signed in."""

    def enter(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[name])
        client.cookies["django_language"] = "en"
        return client

    return enter


def ago(**time: int) -> Any:
    return clock.now() - timedelta(**time)


def links(page: str) -> list[str]:
    """The case of each row, in the order of the list."""
    return re.findall(r'<li class="desk-row[^"]*" data-case="([^"]+)"', page)


def deed(petition: Petition, name: str, query: str = "") -> str:
    return f"/desk/cases/{petition.pk}/do/{name}/?{query}"


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def test_the_soonest_breach_stands_first_over_petitions_and_orders_alike(world: World, enter: Any) -> None:
    ordinary = filed(world, at=ago(minutes=20))
    critical = filed(world, at=ago(minutes=10), urgency="critical")
    accepted = filed(world, at=ago(minutes=15))
    reception.accept(
        petition_id=accepted.pk, category_code="010199", actor=world.actor("dispatcher"), at=ago(minutes=9)
    )
    client = enter("director")
    page = text(client.get("/desk/"))
    rows = links(page)
    dues = dict(Petition.objects.values_list("pk", "stage_due_at"))
    assert rows == [str(pk) for pk in sorted(dues, key=lambda pk: dues[pk])]
    assert rows[0] == str(critical.pk)
    assert {str(ordinary.pk), str(accepted.pk)} <= set(rows)
    assert links(text(client.get("/desk/?queue=dispatch"))) == [str(accepted.pk)]
    assert links(text(client.get("/desk/?urgency=critical"))) == [str(critical.pk)]
    assert links(text(client.get(f"/desk/?q={ordinary.number.lower()}"))) == [str(ordinary.pk)]
    assert links(text(client.get("/desk/?area=370404100"))) == []
    assert links(text(client.get("/desk/?late=on"))) == []
    assert set(links(text(client.get("/desk/?category=01")))) == {str(accepted.pk)}


def test_pages_by_key_go_through_everything_once_and_back(world: World, enter: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("desk.listing.Desk.page.__kwdefaults__", {"cursor": "", "size": 2, "waiting": None})
    for number in range(3):
        filed(world, at=ago(minutes=30 - number))
        one = filed(world, at=ago(minutes=30 - number))
        reception.accept(petition_id=one.pk, category_code="010199", actor=world.actor("dispatcher"), at=ago(minutes=5))
    client = enter("dispatcher")
    seen: list[str] = []
    address, last = "/desk/", ""
    while address:
        page = text(client.get(address))
        seen += links(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        last, address = address, f"/desk/{found[1].replace('&amp;', '&')}" if found else ""
    assert len(seen) == len(set(seen)) == 6
    back = re.search(r'rel="prev" href="([^"]+)"', text(client.get(last)))
    assert back
    assert links(text(client.get(f"/desk/{back[1].replace('&amp;', '&')}"))) == seen[2:4]
    assert client.get("/desk/?cursor=none").status_code == 400


@pytest.mark.parametrize(
    ("name", "status"),
    [("dispatcher", 200), ("director", 200), ("verifier", 200), ("urban_handler", 200), ("east_villager", 200),
     ("citizen", 403), ("supervisor", 403), ("administrator", 403), ("company", 403)],
)  # fmt: skip
def test_who_has_a_desk(world: World, enter: Any, name: str, status: int) -> None:
    petition = filed(world, at=ago(minutes=20))
    client = enter(name)
    assert client.get("/desk/").status_code == status
    assert client.get("/desk/bulk/?do=accept").status_code == status
    if status == 403:
        assert client.get(deed(petition, "accept")).status_code == 403
        assert client.get(f"/desk/cases/{petition.pk}/changed/?seen=0").status_code == 403


def test_a_case_that_one_does_not_see_is_not_there(world: World, enter: Any) -> None:
    petition = filed(world, at=ago(minutes=20))
    for client in (enter("west_dispatcher"), enter("water_handler")):
        assert links(text(client.get("/desk/"))) == []
        for address in (f"/desk/?case={petition.pk}", deed(petition, "accept"), f"/desk/cases/{petition.pk}/changed/"):
            assert client.get(address).status_code == 404
    assert enter("dispatcher").get("/desk/?case=nothing").status_code == 404
    assert enter("verifier").get(deed(petition, "accept")).status_code == 403
    assert enter("dispatcher").get(deed(petition, "nonsense")).status_code == 404


def test_after_a_deed_the_next_case_opens(world: World, enter: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    client = enter("dispatcher")
    page = text(client.get("/desk/?queue=accept"))
    open_first = re.search(rf'href="(\?queue=accept&amp;case={first.pk}&amp;place=[^"]+)"', page)
    assert open_first
    pane = text(client.get("/desk/" + open_first[1].replace("&amp;", "&"), **PANE))
    assert "<html" not in pane
    form = re.search(rf'href="([^"]+/{first.pk}/do/accept/[^"]+)"[^>]*data-key="a"', pane)
    assert form
    address = form[1].replace("&amp;", "&")
    shown = text(client.get(address, **HTMX, HTTP_HX_TARGET="slot"))
    assert 'name="version"' in shown
    assert "<html" not in shown
    refused = text(client.post(address, {"version": 1}, **HTMX, HTTP_HX_TARGET="slot"), 422)
    assert 'hx-target="#slot"' in refused
    answer = client.post(address, {"version": 1, "category": "010101"}, **HTMX, HTTP_HX_TARGET="slot")
    then = text(answer)
    assert f'data-case="{second.pk}"' in then
    assert first.number in then  # what was done is said
    pushed = parse_qs(urlsplit(answer.headers["HX-Push-Url"]).query)
    assert pushed["case"] == [str(second.pk)]
    assert pushed["queue"] == ["accept"]
    assert answer.headers["HX-Retarget"] == "#desk-pane"
    assert "case-changed" in answer.headers["HX-Trigger-After-Swap"]
    first.refresh_from_db()
    assert first.state == "accepted"
    # The last of the list is followed by none.
    place = pushed["place"][0]
    client.post(deed(second, "accept", f"queue=accept&place={place}"), {"version": 1, "category": "010101"}, **HTMX)
    assert links(text(client.get("/desk/?queue=accept"))) == []


def test_everything_works_without_script(world: World, enter: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10))
    client = enter("dispatcher")
    page = text(client.get(f"/desk/?case={first.pk}"))
    assert "<html" in page
    assert 'class="desk opened"' in page
    whole = text(client.get(deed(first, "join")))
    assert "<html" in whole
    answer = client.post(deed(first, "join"), {"version": 1, "main": second.number})
    assert answer.status_code == 302
    then = text(client.get(answer.headers["Location"]))
    assert f'data-case="{second.pk}"' in then
    note = re.search(r'name="note" value="([^"]+)"', then)
    assert note
    answer = client.post("/desk/undo/", {"note": note[1]})
    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.state, first.joined_to_id) == ("filed", None)


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
    assert "Category or place put right" in page
    petition.refresh_from_db()
    assert petition.state == "filed"
    assert f'name="version" value="{petition.version}"' in page
    # The case that lies open says so too, and only then.
    assert "dispatcher2" in text(client.get(f"/desk/cases/{petition.pk}/changed/?seen={seen}"))
    assert client.get(f"/desk/cases/{petition.pk}/changed/?seen={seen + 1}").status_code == 204


def test_what_may_be_the_same_matter_stands_beside_it_once(world: World, enter: Any) -> None:
    petition = filed(world, at=ago(minutes=20), category_code="010101")
    near = filed(world, at=ago(minutes=15), reporter=None)
    alike = filed(
        world, at=ago(minutes=10), lng=117.5995, lat=34.7795, category_code="010101", title="早市噪音大", reporter=None
    )
    other = filed(world, at=ago(minutes=5), lng=117.5995, lat=34.7795, title="路灯不亮", reporter=None)
    client = enter("dispatcher")
    page = text(client.get(f"/desk/?case={petition.pk}", **PANE))
    place, subject = page.index("Same place"), page.index("Same subject")
    assert place < page.index(near.number) < subject < page.index(alike.number)
    assert page.count(f">{near.number}<") == 1
    assert "same category" in page
    assert other.number not in page
    # One click joins, and the main one offers to separate again.
    joining.join(petition_id=alike.pk, main_id=petition.pk, actor=world.actor("dispatcher"), at=ago(minutes=1))
    page = text(client.get(f"/desk/?case={petition.pk}", **PANE))
    assert f"/desk/cases/{alike.pk}/do/separate/" in page
    assert f"/desk/cases/{petition.pk}/do/join/" in page


def test_the_suggestion_says_unit_limit_and_why(world: World, enter: Any) -> None:
    petition = filed(world, at=ago(minutes=20), category_code="010101")
    page = text(enter("dispatcher").get(f"/desk/?case={petition.pk}", **PANE))
    assert "综合执法局" in page
    assert "5 working days" in page
    assert "M-CG-L" in page


def test_the_keys_stand_on_the_buttons_and_on_the_sheet_of_the_desk_alone(world: World, enter: Any) -> None:
    petition = filed(world, at=ago(minutes=20))
    client = enter("dispatcher")
    page = text(client.get(f"/desk/?case={petition.pk}"))
    for key in "oarmcix":
        assert f'data-key="{key}"' in page, key
    assert "Undo the last deed" in page
    assert "Undo the last deed" not in text(client.get("/"))


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


def test_unread_is_a_filter_and_a_kept_filter_counts_what_the_desk_shows(world: World, enter: Any) -> None:
    first, second = filed(world, at=ago(minutes=20)), filed(world, at=ago(minutes=10), urgency="urgent")
    client = enter("dispatcher")
    client.get(f"/desk/?case={first.pk}", **PANE)
    assert links(text(client.get("/desk/?mark=new"))) == [str(second.pk)]
    assert links(text(client.get("/desk/?mark=changed"))) == []
    reception.classify(
        petition_id=first.pk, category_code="010102", actor=world.actor("dispatcher2"), at=ago(minutes=1)
    )
    assert links(text(client.get("/desk/?mark=changed"))) == [str(first.pk)]
    query = {"queue": "accept", "urgency": "urgent"}
    count = LISTS["desk"].count(query, actor=world.actor("dispatcher"), at=clock.now())
    assert count == (len(links(text(client.get("/desk/", query)))), False) == (1, False)
    assert LISTS["desk"].unknown({"queue": "nonsense"}) == ["queue"]
    assert links(text(client.get("/desk/?queue=nonsense"))) == []


def test_pages_cost_the_same_with_many_rows(world: World, enter: Any) -> None:
    for number in range(12):
        filed(world, at=ago(minutes=30 - number))
        dispatched(world, at=ago(minutes=30 - number))
    client = enter("director")
    petition = Petition.objects.filter(state="filed").order_by("stage_due_at").first()
    assert petition
    client.get(f"/desk/?case={petition.pk}")
    with budget("page: dispatch desk"):
        text(client.get("/desk/"))
    with budget("page: desk case pane"):
        text(client.get(f"/desk/?case={petition.pk}", **PANE))
