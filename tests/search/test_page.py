"""One box for everything: results by kind, each in its own scope; the palette; the search by telephone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel.models import Event
from organizations.models import Posting
from petitions.services.tracing import search_stream
from tests.journeys.steps import filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))
PHONE = "13812345678"
HOSTILE = ["%", "_", "\\", "'", '"', "😀", "a" * 10_000, ".*(", "<script>alert(1)</script>", "\u202e", "& | !"]


@pytest.fixture
def case(world):
    return filed(world, at=MONDAY, title="路灯<b>不亮", address="承水路 12 号")


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_each_kind_is_found_marked_and_leads_to_its_page(enter, world, case):
    client = enter("dispatcher")
    page = text(client.get("/search/", {"q": "路灯"}))
    assert "<mark>路灯</mark>&lt;b&gt;不亮" in page
    assert f'href="/cases/{case.pk}/"' in page
    assert "张" not in page, "no reporter among the results"
    for words, shown in [
        ("urban_handler", "综合执法局"),
        ("综合执法", "/organizations/units/?q=D-CG"),
        ("工农社区", f"/petitions/?village={case.village_code}"),
        ("第1网格", f"/grids/{case.cell_code}/"),
        ("Work orders", "/dispatch/"),
    ]:
        assert shown in text(client.get("/search/", {"q": words})), words


def test_a_tab_shows_one_kind_and_keeps_the_words(enter, case):
    page = text(
        enter("dispatcher").get("/search/", {"q": "路灯", "kind": "cases", "state": "open", "area": "370404001"})
    )
    assert f"/cases/{case.pk}/" in page
    assert "?q=%E8%B7%AF%E7%81%AF&amp;kind=units&amp;state=open" in page
    page = text(enter("dispatcher").get("/search/", {"q": "路灯", "kind": "cases", "state": "closed"}))
    assert f"/cases/{case.pk}/" not in page


def test_the_page_says_where_it_looks_among_the_newest_alone(enter, case):
    client = enter("dispatcher")
    for address in ("/search/", "/petitions/"):
        for words in ("灯", case.number[-5:]):
            assert "texts of the newest 20,000 cases alone" in text(client.get(address, {"q": words})), (address, words)
        for words in ("路灯", case.number):
            assert "cases alone" not in text(client.get(address, {"q": words})), (address, words)


@pytest.mark.parametrize("words", [PHONE, f"{PHONE} 路灯", "路灯 138 1234 5678", f"+86-{PHONE}"])
def test_a_telephone_number_is_refused_wherever_words_stand_in_an_address(enter, case, words):
    client = enter("dispatcher")
    for address in ("/search/", "/petitions/", "/map/", "/desk/"):
        page = text(client.get(address, {"q": words}))
        assert "must not stand in an address" in page, address
        assert str(case.pk) not in page
    answer = client.get("/api/v1/petitions/", {"q": words})
    assert answer.status_code == 400
    assert "q" in answer.json()["error"]["fields"]
    assert str(case.pk) not in text(client.post("/search/palette/", {"words": words}))


def test_what_is_not_ones_own_is_not_there(enter, world, case):
    for name in ("west_officer", "urban_handler", "citizen", "administrator", "company"):
        for words in ("路灯", case.number, case.number[-6:], case.tracking_code):
            page = text(enter(name).get("/search/", {"q": words, "kind": "cases"}))
            assert "Nothing found" in page, (name, words)
            options = text(enter(name).post("/search/palette/", {"words": words}))
            assert str(case.pk) not in options


def test_colleagues_are_for_colleagues_and_companies_are_none(enter, world):
    assert (
        "urban_handler"
        not in text(enter("citizen").get("/search/", {"q": "urban_", "kind": "people"}))
        .split("<main")[1]
        .split('id="found"')[1]
    )
    assert "Nothing found" in text(enter("company").get("/search/", {"q": "handler", "kind": "people"}))
    assert "Nothing found" in text(enter("dispatcher").get("/search/", {"q": "company", "kind": "people"}))
    Posting.objects.filter(user=world.users["mediator"]).update(valid_until=MONDAY)
    assert "Nothing found" in text(enter("dispatcher").get("/search/", {"q": "mediator", "kind": "people"}))


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_it(enter, case, words):
    client = enter("dispatcher")
    page = text(client.get("/search/", {"q": words}))
    assert "<script>alert" not in page
    text(client.get("/petitions/", {"q": words}))
    text(client.post("/search/palette/", {"words": words}))


def test_nul_is_refused_and_bad_cursors_too(enter, case):
    client = enter("dispatcher")
    assert client.get("/search/?q=a%00b").status_code == 400
    text(client.post("/search/palette/", {"words": "路\x00灯"}))
    assert client.get("/search/", {"q": "路灯", "kind": "cases", "cursor": "x"}).status_code == 400


def test_a_telephone_number_is_posted_with_a_purpose_and_on_record(enter, world, case):
    client, actor = enter("dispatcher"), world.actor("dispatcher")
    page = client.get("/search/", {"q": "138 1234 5678"})
    assert str(case.pk) not in text(page)
    assert "must not stand in an address" in text(page)
    assert str(case.pk) not in text(client.post("/search/palette/", {"words": PHONE}))
    assert not Event.objects.filter(case_id=search_stream(actor=actor)).exists()
    assert client.post("/search/phone/", {"phone": PHONE}).status_code == 422
    answer = client.post("/search/phone/", {"phone": PHONE, "purpose": "same_person"})
    assert f"/cases/{case.pk}/" in text(answer)
    assert PHONE not in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert Event.objects.get(case_id=search_stream(actor=actor)).payload["cases"] == [str(case.pk)]
    assert client.get("/search/phone/").status_code == 405
    refused = enter("urban_handler")
    assert "/search/phone/" not in text(refused.get("/search/"))
    assert refused.post("/search/phone/", {"phone": PHONE, "purpose": "law"}).status_code == 403


def test_the_palette_offers_what_this_person_may_do_and_open(enter, world, case):
    offered = text(enter("dispatcher").post("/search/palette/", {"words": ""}))
    assert 'href="/petitions/file/"' in offered
    assert 'href="/dispatch/lights/"' not in text(enter("gridworker").post("/search/palette/", {"words": ""}))
    assert 'href="/calls/new/"' in text(enter("east_officer").post("/search/palette/", {"words": "call"}))
    by_number = text(enter("dispatcher").post("/search/palette/", {"words": case.number}))
    assert by_number.index(f"/cases/{case.pk}/") < by_number.index("/search/?q=")
    assert by_number.count('role="option"') == 2
    assert enter("dispatcher").get("/search/palette/").status_code == 405


def test_nobody_searches_without_signing_in(client):
    assert client.get("/search/?q=a").status_code == 302
    assert client.post("/search/palette/", {"words": "a"}).status_code == 302


def test_it_costs_what_it_may(enter, world):
    for minute in range(8):
        filed(world, at=MONDAY, title=f"路灯不亮 {minute}")
    client = enter("dispatcher")
    client.get("/search/")
    cost = {}
    for name, ask in {
        "page: search": lambda: client.get("/search/", {"q": "路灯"}),
        "page: search, cases": lambda: client.get("/search/", {"q": "路灯 坛山街道", "kind": "cases"}),
        "the palette": lambda: client.post("/search/palette/", {"words": "路灯"}),
        "page: list petitions by words": lambda: client.get("/petitions/", {"q": "路灯"}),
    }.items():
        with CaptureQueriesContext(connection) as seen:
            assert ask().status_code == 200
        cost[name] = len(seen)
    assert {name: n for name, n in cost.items() if n > BUDGETS[name]} == {}, cost
