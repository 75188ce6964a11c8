"""The pages of petitions: what is shown to whom, and what a refusal leaves standing."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from kernel import clock
from kernel.exporting import export_stream
from kernel.models import Event
from kernel.relay import deliver_everything
from petitions.models import Category, Petition
from tests.journeys.steps import dispatched, filed

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))
SAID = {
    "nature": "complaint",
    "title": "门前占道经营",
    "description": "摊贩占用人行道。",
    "address": "",
    "lng": "117.59",
}
SAID |= {"lat": "34.77", "channel": "hotline", "name": "张三丰", "phone": "13812345678"}


def earlier(**back):
    return clock.now() - timedelta(**back)


def file(client, **said):
    return client.post("/petitions/file/", {"idempotency_key": str(uuid4()), **SAID, **said})


def test_nobody_sees_anything_without_signing_in(client):
    for address in ("/petitions/", "/petitions/file/", f"/cases/{uuid4()}/", "/dispatch/"):
        assert client.get(address).status_code == 302, address


def test_filing_shows_number_and_tracking_code(enter, world):
    answer = file(enter("dispatcher"))
    petition = Petition.objects.get()
    assert answer.url == f"/petitions/{petition.pk}/filed/"
    page = enter("dispatcher").get(answer.url)
    assert petition.number in page.content.decode()
    assert petition.tracking_code in page.content.decode()
    assert (petition.cell_code, petition.reporter_masked) == ("370404001006001", "张**")


def test_a_double_click_files_once(enter):
    client, key = enter("dispatcher"), str(uuid4())
    first, second = file(client, idempotency_key=key), file(client, idempotency_key=key)
    assert first.url == second.url
    assert Petition.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(enter):
    client, key = enter("dispatcher"), str(uuid4())
    file(client, idempotency_key=key)
    assert file(client, idempotency_key=key, title="另一件事").status_code == 422
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "\u202eabc"}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"nature": "nonsense"}, "nature"),
        ({"lat": ""}, "lng"),
        ({"lng": "999", "lat": "99"}, "lng"),
        ({"lng": "", "lat": ""}, "address"),
        ({"area_code": "000000"}, "area_code"),
        ({"channel": "app"}, None),
        ({"category": "999999"}, "category"),
        ({"phone": "not a number"}, "phone"),
    ],
)
def test_what_cannot_be_filed_is_said_beside_its_field(enter, wrong, field):
    answer = file(enter("gridworker" if field is None else "dispatcher"), **wrong)
    assert answer.status_code in (400, 422)
    assert not Petition.objects.exists()
    if field:
        assert field in answer.context["form"].errors


def test_a_number_of_the_source_is_taken_in_once(enter):
    client = enter("dispatcher")
    assert file(client, source_no="12345-1").status_code == 302
    answer = file(client, source_no="12345-1")
    assert answer.status_code == 409
    assert "source_no" in answer.context["form"].errors
    assert Petition.objects.count() == 1


def test_a_citizen_files_for_oneself(enter, world):
    file(enter("citizen"), channel="app")
    petition = Petition.objects.get()
    assert (petition.reporter_user, petition.channel) == (world.users["citizen"], "app")
    assert enter("citizen").get(f"/cases/{petition.pk}/").status_code == 200
    assert enter("neighbour").get(f"/cases/{petition.pk}/").status_code == 404


def test_hints_name_the_grid_and_what_staff_has_about_the_place(enter, world):
    known = filed(world, at=earlier(days=2))
    asked = {"lng": "117.59", "lat": "34.77", "phone": "13812345678"}
    staff = enter("dispatcher").post("/petitions/file/hints/", asked).content.decode()
    assert "工农社区" in staff
    assert staff.count(known.number) == 2
    assert known.number not in enter("citizen").post("/petitions/file/hints/", asked).content.decode()


def test_the_list_is_scoped_and_filtered_by_its_address(enter, world):
    east = filed(world, at=earlier(hours=3))
    west = filed(world, at=earlier(hours=2), lng=117.71, lat=34.77, title="路灯不亮")
    listed = enter("dispatcher").get("/petitions/").content.decode()
    assert east.number in listed
    assert west.number in listed
    assert west.number not in enter("east_dispatcher").get("/petitions/").content.decode()
    for query, found in [
        ("q=路灯", west),
        (f"q={east.number}", east),
        ("area=370404001", east),
        ("kind=enforcement", None),
    ]:
        page = enter("dispatcher").get(f"/petitions/?{query}").content.decode()
        assert [one for one in (east, west) if one.number in page] == ([found] if found else []), query


@pytest.mark.parametrize("query", ["state=nonsense", "since=yesterday", "unit=x", "until=9999-12-31", "cell=1"])
def test_a_filter_that_means_nothing_shows_nothing(enter, world, query):
    number = filed(world, at=earlier(hours=3)).number
    answer = enter("dispatcher").get(f"/petitions/?{query}")
    assert answer.status_code == 200
    assert number not in answer.content.decode()


def test_a_forged_page_address_is_a_clear_error(enter):
    assert enter("dispatcher").get("/petitions/?cursor=%%%").status_code == 400


def test_pages_go_on_by_key(enter, world):
    for minute in range(52):
        filed(world, at=earlier(days=1, minutes=minute), title=f"诉求 {minute:02}")
    client = enter("dispatcher")
    first = client.get("/petitions/")
    assert "52 petitions in all" in first.content.decode()
    second = client.get("/petitions/" + first.context["next_url"]).content.decode()
    assert "诉求 51" in second
    assert "诉求 49" not in second


def test_a_withheld_reporter_is_hidden_from_the_unit_that_handles_it(enter, world):
    order = dispatched(world, at=earlier(hours=3), nature="report", confidential=True)
    path = f"/cases/{order.petition_id}/"
    assert "张**" not in enter("urban_handler").get(path).content.decode()
    assert "张**" in enter("dispatcher").get(path).content.decode()


def test_what_is_not_seen_is_not_there(enter, world):
    west = filed(world, at=earlier(hours=2), lng=117.71, lat=34.77)
    client = enter("east_dispatcher")
    for path in (f"/cases/{west.pk}/", f"/petitions/{west.pk}/accept/", f"/petitions/{west.pk}/reveal/"):
        assert client.get(path).status_code == 404, path


def test_a_deed_without_the_right_says_why(enter, world):
    order = dispatched(world, at=earlier(hours=3))
    answer = enter("urban_handler").get(f"/petitions/{order.petition_id}/decline/")
    assert answer.status_code == 403
    assert "Your role does not include this." in answer.content.decode()


def test_accepting_sends_it_to_the_unit_of_the_list(enter, world):
    petition = filed(world, at=earlier(hours=1))
    answer = enter("dispatcher").post(f"/petitions/{petition.pk}/accept/", {"version": 1, "category": "010101"})
    assert answer.url == f"/cases/{petition.pk}/"
    deliver_everything(at=clock.now())
    page = enter("dispatcher").get(answer.url).content.decode()
    assert "综合执法局" in page
    assert "M-CG-L" in page
    assert "Chain proved" in page


def test_a_stale_form_says_what_changed_and_keeps_the_text(enter, world):
    petition = filed(world, at=earlier(hours=1))
    first, second = enter("dispatcher"), enter("dispatcher2")
    first.post(f"/petitions/{petition.pk}/classify/", {"version": 1, "category": "010101"})
    answer = second.post(f"/petitions/{petition.pk}/ask/", {"version": 1, "question": "哪一栋楼？"})
    said = answer.content.decode()
    assert answer.status_code == 412
    assert "哪一栋楼？" in said
    assert 'name="version" value="2"' in said
    again = second.post(f"/petitions/{petition.pk}/ask/", {"version": 2, "question": "哪一栋楼？"})
    assert again.status_code == 302


def test_a_move_that_the_state_lacks_keeps_the_text_too(enter, world):
    petition = filed(world, at=earlier(hours=1))
    client = enter("dispatcher")
    client.post(f"/petitions/{petition.pk}/ask/", {"version": 1, "question": "哪里？"})
    answer = client.post(f"/petitions/{petition.pk}/accept/", {"version": 2, "category": "010101"})
    assert answer.status_code == 409
    assert "Awaiting information" in answer.content.decode()


def test_declining_needs_a_reason_and_tells_the_right_channel(enter, world):
    petition = filed(world, at=earlier(hours=1))
    client = enter("dispatcher")
    assert client.post(f"/petitions/{petition.pk}/decline/", {"version": 1}).status_code == 422
    client.post(f"/petitions/{petition.pk}/decline/", {"version": 1, "reason": "litigation"})
    assert "人民法院" in client.get(f"/petitions/track/?code={petition.tracking_code}").content.decode()


def test_looking_at_the_reporter_is_shown_once_and_goes_on_record(enter, world):
    petition = filed(world, at=earlier(hours=1))
    client = enter("dispatcher")
    page = client.post(f"/petitions/{petition.pk}/reveal/", {"field": "phone", "purpose": "contact"})
    assert "13812345678" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert Event.objects.filter(case_id=petition.pk, name="petition.identity_revealed").count() == 1
    assert "13812345678" not in client.get(f"/cases/{petition.pk}/").content.decode()


def test_tracking_shows_the_state_and_nobody(client, world):
    petition = filed(world, at=earlier(hours=1))
    page = client.get(f"/track/?code={petition.tracking_code.lower()}", follow=True).content.decode()
    assert petition.number in page
    assert petition.title not in page
    assert "张" not in page
    assert client.get("/petitions/track/?code=NOSUCHCODE").status_code == 404


def test_the_export_is_the_list_as_text_and_on_record(enter, world):
    petition = filed(world, at=earlier(hours=1), title="=HYPERLINK(1)")
    answer = enter("director").get("/petitions/export.xlsx?q=HYPERLINK")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][0] == petition.number
    assert rows[1][2] == "=HYPERLINK(1)"
    stream = export_stream(of="petitions", actor=world.actor("director"))
    assert Event.objects.get(case_id=stream).payload == {"rows": 1, "capped": False}
    assert enter("urban_handler").get("/petitions/export.xlsx").status_code == 403


def test_pages_cost_what_they_may(enter, world):
    order = dispatched(world, at=earlier(hours=3))
    for minute in range(12):
        filed(world, at=earlier(days=1, minutes=minute))
    client = enter("dispatcher")
    client.get("/petitions/")
    pages = {
        "page: list petitions": "/petitions/",
        "page: file a petition": "/petitions/file/",
        "page: a case": f"/cases/{order.petition_id}/",
        "page: list orders": "/dispatch/",
        "page: a deed": f"/petitions/{order.petition_id}/reply/",
    }
    cost = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        cost[name] = len(seen)
    assert {name: n for name, n in cost.items() if n > BUDGETS[name]} == {}, cost


def test_accepting_begins_with_the_category_that_the_words_suggest_and_says_which_words(world, client):
    Category.objects.filter(code="010101").update(keywords="占道|摊贩")
    petition = filed(world, at=clock.now())
    client.force_login(world.users["dispatcher"])
    answer = client.get(f"/petitions/{petition.pk}/accept/")
    assert answer.context["form"]["category"].value() == "010101"
    assert "占道 · 摊贩" in answer.content.decode()
