"""F17: the called units see the call, and nothing of the petition it rests on: on no page, list, export or error."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from calls.models import Call, Part
from calls.services import answering
from kernel import clock
from kernel.models import Event
from petitions.models import Petition
from tests.api.conftest import enter  # noqa: F401
from tests.api.endpoints import endpoints
from tests.calls import steps
from tests.calls.steps import HOUR
from tests.journeys.steps import filed as petition_filed

pytestmark = pytest.mark.django_db
CALLED = ("urban_handler", "urban_head", "leader", "water_handler")
TITLE, SAID = "甲乙丙丁之门前", "戊己庚辛壬癸"


@pytest.fixture
def scene(world):
    """A petition with a withheld reporter, the township's call on it, urban in the lead and water beside it."""
    at = clock.now() - timedelta(hours=5)
    petition = petition_filed(world, at=at, title=TITLE, description=SAID, confidential=True)
    call = steps.called(world, at=at + HOUR, petition_id=petition.pk, assists=("water",))
    when = at + 3 * HOUR
    answering.answer(
        call_id=call.pk,
        person_id=world.users["urban_handler"].pk,
        promised_at=when + timedelta(minutes=5),
        actor=world.actor("urban_handler", on=when),
        at=when,
    )
    return petition, Call.objects.get()


def secrets(petition: Petition) -> list[str]:
    known = [TITLE, SAID, "张三丰", "张**", "13812345678", "138****5678", petition.number, petition.tracking_code]
    return [*known, str(petition.pk)]


def assert_silent(body: str, petition: Petition, where: str, *, asked_by_id: bool = False) -> None:
    hidden = secrets(petition)[:-1] if asked_by_id else secrets(petition)
    told = [one for one in hidden if one in body]
    assert not told, f"{where} tells {told}"


class Ids(dict[str, object]):
    """The ids of an address: whatever it names besides is asked for by the same id."""

    def __missing__(self, _name: str) -> object:
        return self["pk"]


@pytest.mark.parametrize("name", CALLED)
def test_no_address_of_the_api_tells(scene, world, enter, name):  # noqa: F811
    petition, call = scene
    caller, part = enter(name), Part.objects.get()
    asked = 0
    for address in sorted(endpoints()):
        method, path = address.split(" ")
        if method != "GET" or "{code}" in path:
            continue
        for pk in (petition.pk, call.pk):
            here = path.format_map(Ids(pk=pk, part_id=part.pk))
            answer = caller.get(here)
            assert answer.status_code < 500, here
            body = b"".join(answer.streaming_content).decode("utf-8", "ignore") if answer.streaming else text(answer)
            assert_silent(body, petition, here, asked_by_id=pk == petition.pk)
            asked += 1
    assert asked > 60
    assert caller.get(f"/petitions/{petition.pk}/").status_code == 404
    assert caller.get("/calls/", petition=str(petition.pk)).json()["results"] == []
    assert caller.get(f"/calls/{call.pk}/").json()["petition"] is None


def text(response) -> str:
    return response.content.decode("utf-8", "ignore")


def test_those_who_have_the_case_are_told(scene, enter):  # noqa: F811
    petition, call = scene
    assert enter("east_officer").get(f"/calls/{call.pk}/").json()["petition"] == str(petition.pk)
    found = enter("dispatcher").get("/calls/", petition=str(petition.pk)).json()["results"]
    assert [one["id"] for one in found] == [str(call.pk)]


@pytest.mark.parametrize("name", CALLED)
def test_an_error_does_not_tell_either(scene, world, enter, name):  # noqa: F811
    petition, call = scene
    body = {"note": "不属", "entry": 1}
    for move, said in (("refuse", body), ("report", {"result": "早"}), ("arrive", {"lng": 1.0})):
        answer = enter(name).deed(f"/calls/{call.pk}/{move}/", said, version=1)
        assert answer.status_code in (400, 403, 409, 412, 422), move
        assert_silent(text(answer), petition, move)
        assert "petition." not in text(answer)  # nor what happened last on its chain


@pytest.mark.parametrize("name", CALLED)
def test_no_page_list_search_or_export_tells(scene, page, name):
    petition, call = scene
    pages = ["/", "/calls/", f"/calls/{call.pk}/", "/calls/?tab=all", "/notices/", f"/calls/?tab=all&q={call.number}"]
    for path in pages:
        response = page(name, path)
        assert response.status_code == 200, path
        assert_silent(text(response), petition, path)
    assert call.asked in text(page(name, f"/calls/{call.pk}/"))
    for words in (petition.number, TITLE, SAID, "张三丰"):
        assert call.number not in text(page(name, f"/calls/?tab=all&q={words}")), words
    assert page(name, f"/cases/{petition.pk}/").status_code == 404
    assert page(name, f"/calls/cases/{petition.pk}/new/").status_code in (403, 404)
    book = page(name, "/calls/export/?tab=all")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0)
    written = str(sheet.to_python())
    assert call.number in written
    assert_silent(written, petition, "export")


def test_the_log_of_a_call_holds_no_prose(scene):
    petition, _call = scene
    for one in Event.objects.filter(case_id=petition.pk, name__startswith="call."):
        assert "请派" not in str(one.payload)
        assert TITLE not in one.canonical
