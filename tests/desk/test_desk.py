"""The dispatch desk: the soonest breach first, a case beside the list, the next one after each deed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from desk.lists import LISTS
from kernel import clock
from kernel.keyset import written
from petitions.models import Category, Petition
from petitions.services import joining, reception
from tests.api.test_budgets import budget
from tests.desk.steps import HTMX, PANE, ago, deed, links, text
from tests.journeys.steps import dispatched, filed
from tests.world import World

pytestmark = pytest.mark.django_db


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
    keyless = written(value=clock.now(), pk=None)
    for cursor in ("none", keyless):
        assert client.get(f"/desk/?cursor={cursor}").status_code == 400


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


def test_after_accepting_by_a_suggestion_the_next_case_of_the_same_list_opens(world: World, enter: Any) -> None:
    Category.objects.filter(code="010101").update(keywords="占道|摊贩")
    first, second = (filed(world, at=ago(minutes=minutes)) for minutes in (20, 10))
    client = enter("dispatcher")
    pane = text(client.get(f"/desk/?queue=accept&case={first.pk}&place=", **PANE))
    found = re.search(rf'href="([^"]+/{first.pk}/do/accept/\?suggest=010101[^"]+)"', pane)
    assert found
    address = found[1].replace("&amp;", "&")
    form = text(client.get(address, **HTMX, HTTP_HX_TARGET="slot"))
    assert re.search(r'<option value="010101" selected', form)
    answer = client.post(address, {"version": 1, "category": "010101"}, **HTMX, HTTP_HX_TARGET="slot")
    assert f'data-case="{second.pk}"' in text(answer)
    assert links(text(client.get(answer.headers["HX-Push-Url"]))) == [str(second.pk)]


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
    listed = LISTS["desk"]
    (count,) = listed.counts(listed.read([query]), actor=world.actor("dispatcher"), at=clock.now())
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
