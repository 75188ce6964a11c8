"""The pages of calls: without JavaScript, by real requests."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from calls.models import Call, Part
from kernel import clock
from organizations.models import ResponsibilityEntry
from petitions.models import Petition
from tests.calls import steps
from tests.journeys.steps import filed as petition_filed

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def soon(**delta) -> str:
    return f"{timezone.localtime(clock.now() + timedelta(**delta)):%Y-%m-%dT%H:%M}"


def test_a_call_is_filed_on_one_page_and_done_on_pages(page, world):
    assert "/calls/new/" in text(page("east_officer", "/"))  # one tap from the workbench
    form = text(page("east_officer", "/calls/new/"))
    assert form.count('name="kind"') == 4
    empty = page("east_officer", "/calls/new/", {"kind": "livelihood", "asked": " ", "when": "list"})
    assert empty.status_code == 422
    said = {"kind": "livelihood", "asked": "请派人到场。", "when": "three", "category_code": "010101"}
    key = {"idempotency_key": "5a2f6f0a-8f6f-4c5e-9a53-0a3f5b0f7c11", "place": "370404001000"}
    first = page("east_officer", "/calls/new/", {**said, **key})
    assert first.status_code == 302
    assert page("east_officer", "/calls/new/", {**said, **key})["Location"] == first["Location"]
    call = Call.objects.get()  # sent twice, filed once
    here = f"/calls/{call.pk}/"

    def does(name: str, move: str, /, **given) -> None:
        call.refresh_from_db()
        response = page(name, f"{here}{move}/", {"version": call.version, **given})
        assert response.status_code == 302, text(response)

    triage = text(page("dispatcher", f"{here}triage/"))
    assert "M-CG-L" in triage  # by the list, and why
    assert "综合执法局" in triage
    helper = world.units["water"].pk
    does(
        "dispatcher", "triage", unit_id=world.units["urban"].pk, until=soon(days=3), assists=[helper], task="查水管",
    )  # fmt: skip
    assert "请派人到场。" in text(page("urban_handler", "/"))
    assert "请派人到场。" in text(page("water_handler", "/"))
    assert "0/1" in text(page("east_officer", "/calls/?tab=answer"))
    person = world.users["urban_handler"].pk
    late = page("urban_handler", f"{here}answer/", {"version": 2, "person_id": person, "promised_at": soon(days=9)})
    assert late.status_code == 400
    does("urban_handler", "answer", person_id=person, promised_at=soon(minutes=9))
    does("urban_handler", "arrive", lng="117.59", lat="34.77", accuracy_m="8")
    does("urban_handler", "report", result="已清理。")
    assert "已清理。" in text(page("east_officer", here))
    does("east_officer", "solve", speed=5, quality=3)
    shown = text(page("east_officer", here))
    assert "5" in shown
    assert call.number in text(page("east_officer", "/calls/?tab=closed"))


def test_a_cooperating_unit_replies_on_its_own_page(page, world):
    call = steps.called(world, at=clock.now() - timedelta(hours=2), assists=("water",))
    part = Part.objects.get()
    here = f"/calls/{call.pk}/parts/{part.pk}/"
    assert f"{here}answer/" in text(page("water_handler", f"/calls/{call.pk}/"))
    assert page("urban_handler", f"{here}answer/").status_code == 403
    given = {"version": 1, "person_id": world.users["water_handler"].pk, "promised_at": soon(minutes=5)}
    assert page("water_handler", f"{here}answer/", given).status_code == 302
    assert page("water_handler", f"{here}arrive/", {"version": 2}).status_code == 302
    assert page("water_handler", f"{here}report/", {"version": 3, "result": "已停水"}).status_code == 302
    shown = text(page("east_officer", f"/calls/{call.pk}/"))
    assert "已停水" in shown
    assert "1/1" in shown


def test_a_refusal_names_its_row_and_is_ruled_on(page, world):
    call = steps.called(world, at=clock.now() - timedelta(hours=2))
    here = f"/calls/{call.pk}/"
    form = text(page("urban_handler", f"{here}refuse/"))
    assert "M-CG-L" in form
    assert "M-GS-L" not in form
    row = ResponsibilityEntry.objects.get(code="M-CG-L").pk
    assert page("urban_handler", f"{here}refuse/", {"version": 2, "entry_id": row, "note": "不属"}).status_code == 302
    assert page("dispatcher", f"{here}overrule/").status_code == 403
    assert page("director", f"{here}overrule/", {"version": 3, "note": "清单明确"}).status_code == 302
    assert page("urban_handler", f"{here}refuse/").status_code == 403


def test_a_call_on_a_petition_stands_on_its_file(page, world):
    petition = petition_filed(world, at=clock.now() - timedelta(hours=3))
    assert f"/calls/cases/{petition.pk}/new/" in text(page("east_officer", f"/cases/{petition.pk}/"))
    said = {"kind": "livelihood", "asked": "请到场", "when": "list"}
    assert page("east_officer", f"/calls/cases/{petition.pk}/new/", said).status_code == 302
    call = Call.objects.get()
    assert call.petition_id == call.case_id == petition.pk
    file = text(page("east_officer", f"/cases/{petition.pk}/"))
    assert f"/calls/{call.pk}/" in file
    assert petition.number in text(page("east_officer", f"/calls/{call.pk}/"))
    assert page("west_officer", f"/calls/cases/{petition.pk}/new/").status_code == 404
    assert page("neighbour", "/calls/new/").status_code == 403


def test_a_petition_is_filed_for_a_call_by_itself(page, world):
    call = steps.called(world, at=clock.now() - timedelta(hours=2))
    said = {"version": call.version, "nature": "complaint", "title": "纠纷", "description": "双方争执"}
    assert page("urban_handler", f"/calls/{call.pk}/turn/").status_code == 403
    assert page("east_officer", f"/calls/{call.pk}/turn/", said).status_code == 302
    assert Petition.objects.get().pk == call.pk


def test_the_lists_filter_and_export(page, world):
    call = steps.called(world, at=clock.now() - timedelta(hours=2), assists=("water",))
    for address in ("?tab=all", "?tab=answer", f"?q={call.number}", "?kind=livelihood&tab=all", "?q=占道摊点"):
        assert call.number in text(page("dispatcher", f"/calls/{address}")), address
    for address in ("?tab=closed", "?kind=emergency", "?q=nothing", "?late=on", "?state=solved"):
        assert call.number not in text(page("dispatcher", f"/calls/{address}")), address
    assert page("dispatcher", "/calls/?cursor=broken").status_code == 400
    assert page("citizen", "/calls/").status_code == 403
    part = page("dispatcher", "/calls/?tab=all", None, **{"HX-Request": "true"})
    assert "<html" not in text(part)
    book = page("dispatcher", "/calls/export/?tab=all")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0).to_python()
    )
    assert any(call.number in map(str, row) for row in rows)


def test_who_was_faster_wins_and_the_form_keeps_what_was_typed(page, world):
    call = steps.called(world, at=clock.now() - timedelta(hours=2))
    given = {"version": 2, "person_id": world.users["urban_handler"].pk, "promised_at": soon(minutes=9)}
    assert page("urban_handler", f"/calls/{call.pk}/answer/", given).status_code == 302
    again = page("urban_head", f"/calls/{call.pk}/answer/", given)
    assert again.status_code == 412


@pytest.mark.parametrize("name", ["west_officer", "mediator", "administrator", "neighbour", "west_gridworker"])
def test_strangers_see_nothing(page, world, name):
    call = steps.called(world, at=clock.now() - timedelta(hours=2))
    assert page(name, f"/calls/{call.pk}/").status_code == 404
    for move in ("answer", "triage", "solve", "turn", "withdraw"):
        assert page(name, f"/calls/{call.pk}/{move}/").status_code == 404, move


@pytest.mark.parametrize("name", ["urban_head", "leader", "director", "supervisor", "east_head", "dispatcher"])
def test_heads_leaders_and_overseers_see_it(page, world, name):
    call = steps.called(world, at=clock.now() - timedelta(hours=2))
    assert page(name, f"/calls/{call.pk}/").status_code == 200
