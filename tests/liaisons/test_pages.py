"""The pages of liaison officials: without JavaScript, by real requests."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from kernel import clock
from kernel.models import Event
from liaisons.models import Assignment, Visit
from petitions.models import Petition
from tests.liaisons.steps import PASSED, assigned, visited
from tests.world import CELL, EAST_OTHER, EAST_VILLAGE, WEST_VILLAGE

pytestmark = pytest.mark.django_db
BOARD, PLACE = "/liaisons/", f"/liaisons/places/{EAST_VILLAGE}/"
KEY = "5a2f6f0a-8f6f-4c5e-9a53-0a3f5b0f7c11"


@pytest.fixture
def held(world):
    return assigned(world, at=clock.now())


def text(response, status=200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def sheet(response) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    return str(book.get_sheet_by_index(0).to_python())


def minutes_ago(number: int) -> str:
    return f"{timezone.localtime(clock.now() - timedelta(minutes=number)):%Y-%m-%dT%H:%M}"


def test_an_official_is_assigned_visits_passes_on_and_is_relieved(enter, world):
    head, official = enter("east_head"), enter("urban_handler")
    assert "nobody" in text(head.get(f"{BOARD}?missing=on"))
    assert "/liaisons/places/370404001006/assign/" in text(head.get(PLACE))
    form = text(head.get(f"{PLACE}assign/"))
    assert "urban_handler" in form
    assert "gridworker" not in form
    said = {"person": world.users["urban_handler"].pk, "valid_from": "2026-01-01", "reason": "包联社区"}
    for _ in range(2):  # sent twice, assigned once
        assert head.post(f"{PLACE}assign/", {**said, "idempotency_key": KEY})["Location"] == PLACE
    held = Assignment.objects.get()
    assert "包联社区" in text(head.get(PLACE))
    own = f"/liaisons/officials/{held.user_id}/"
    assert official.get("/liaisons/mine/")["Location"] == own
    assert f"/liaisons/assignments/{held.pk}/record/" in text(official.get(own))
    here = f"/liaisons/assignments/{held.pk}/record/"
    assert CELL in text(official.get(here))
    visit = {"visited_at": minutes_ago(5), "place": CELL, "found": "路灯不亮", "solved": ""}
    lost = official.post(here, {**visit, "title": "路灯不亮"})
    assert "nobody would get it" in text(lost, 422)
    assert "needs one line" in text(official.post(here, {**visit, "pass_on": "on"}), 422)
    sent = {**visit, "pass_on": "on", "title": "路灯不亮", "nature": "help", "name": "张三丰", "phone": "13812345678"}
    assert official.post(here, sent)["Location"] == own
    petition = Petition.objects.get()
    assert petition.number in text(official.get(own))
    one = text(official.get(f"/liaisons/visits/{Visit.objects.get().pk}/"))
    assert f"/cases/{petition.pk}/" in one
    assert "张三丰" not in one
    ended = {"version": 1, "on": timezone.localdate() + timedelta(days=1), "reason": "轮岗"}
    assert head.post(f"/liaisons/assignments/{held.pk}/end/", {**ended, "version": 9}).status_code == 412
    assert head.post(f"/liaisons/assignments/{held.pk}/end/", ended)["Location"] == PLACE
    assert "no longer from" in text(head.get(PLACE))


def test_the_board_counts_what_its_lists_show(enter, world, held):
    now = clock.now()
    visited(world, held, at=now)
    visited(world, held, at=now, passed_on=PASSED, place=CELL)
    head = enter("east_head")
    page = text(head.get(BOARD))
    assert "Tally" not in page
    month = f"{timezone.localtime(now):%Y-%m}"
    for address, rows in [
        ("?tab=communities&missing=on", 1),
        ("?tab=grids&missing=on", 1),
        (f"?tab=visits&month={month}", 2),
        (f"?tab=visits&month={month}&outcome=solved", 1),
        (f"?tab=visits&month={month}&outcome=passed", 1),
        (f"?tab=visits&month={month}&outcome=open", 1),
    ]:
        assert f'href="{address}"'.replace("&", "&amp;") in page or f'href="{address}"' in page, address
        assert text(head.get(BOARD + address)).count('<td><a class="title"') == rows, address
    assert text(head.get(f"{BOARD}?tab=visits&month=2020-01")).count("<td><a") == 0
    assert "立新社区" in text(head.get(f"{BOARD}?q=立新"))
    assert "工农社区" not in text(head.get(f"{BOARD}?q=立新"))
    assert "urban_handler" in text(head.get(f"{BOARD}?tab=officials"))
    assert "urban_handler" in text(head.get(f"{BOARD}?tab=grids&place={CELL}"))  # with the community


@pytest.mark.parametrize(
    ("name", "east", "west"),
    [
        ("east_head", 200, 404),
        ("director", 200, 200),
        ("urban_handler", 200, 404),
        ("urban_head", 200, 404),
        ("gridworker", 200, 404),
        ("west_officer", 404, 200),
        ("water_handler", 404, 404),
        ("administrator", 403, 403),
        ("citizen", 403, 403),
        ("company", 403, 403),
    ],
)
def test_who_opens_which_place(enter, held, name, east, west):
    client = enter(name)
    assert client.get(PLACE).status_code == east
    assert client.get(f"/liaisons/places/{WEST_VILLAGE}/").status_code == west
    board = client.get(BOARD)
    assert board.status_code == (403 if east == 403 else 200)
    assert ("工农社区" in board.content.decode()) == (east == 200)
    official = client.get(f"/liaisons/officials/{held.user_id}/")
    assert official.status_code == east


def test_buttons_are_there_for_whom_they_work(enter, held):
    end, record = f"/liaisons/assignments/{held.pk}/end/", f"/liaisons/assignments/{held.pk}/record/"
    for name, ends, records in [
        ("east_head", 200, 403),
        ("urban_handler", 403, 200),
        ("urban_head", 403, 403),
        ("west_officer", 404, 404),
        ("administrator", 403, 403),
    ]:
        client = enter(name)
        assert (client.get(end).status_code, client.get(record).status_code) == (ends, records), name
    assert record not in text(enter("east_head").get(f"/liaisons/officials/{held.user_id}/"))
    assert end not in text(enter("urban_handler").get(PLACE))


def test_the_department_sees_what_was_solved_and_nothing_of_what_was_passed_on(enter, world, held):
    visited(world, held, at=clock.now(), found="看得见")
    visit = visited(world, held, at=clock.now(), found="看不见", passed_on=PASSED)
    head, petition = enter("urban_head"), Petition.objects.get()
    own = f"/liaisons/officials/{held.user_id}/"
    for page in (BOARD, f"{BOARD}?tab=visits", PLACE, own, f"{BOARD}?tab=visits&q=看不见"):
        shown = text(head.get(page))
        assert petition.number not in shown
        assert "看不见</a>" not in shown
    assert "看得见" in text(head.get(f"{BOARD}?tab=visits"))
    assert head.get(f"/liaisons/visits/{visit.pk}/").status_code == 404
    cells = sheet(head.get("/liaisons/export/?tab=visits"))
    assert "看得见" in cells
    assert "看不见" not in cells


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        ("communities", "urban_handler (综合执法局)"),
        ("grids", CELL),
        ("officials", "工农社区"),
        ("visits", "楼道灯坏了"),
    ],
)
def test_every_list_can_be_taken_away_and_that_is_noted(enter, world, held, tab, expected):
    visited(world, held, at=clock.now())
    assert expected in sheet(enter("east_head").get(f"/liaisons/export/?tab={tab}"))
    noted = Event.objects.get(name="liaisons.exported")
    assert noted.payload["listed"] == tab
    assert noted.payload["rows"] == {"communities": 2, "grids": 2, "officials": 1, "visits": 1}[tab]


def test_the_card_of_the_grid_names_the_official_even_to_passers_by(world, held):
    assigned(world, who="water_handler", place=CELL, at=clock.now())
    card = text(Client(headers={"accept-language": "en"}).get(f"/grids/{CELL}/"))
    for said in ("Official of the grid", "water_handler · 自来水公司", "Official of the community", "urban_handler"):
        assert said in card
    assert "Official of" not in text(Client().get(f"/grids/{EAST_OTHER}001/"))


@pytest.mark.parametrize(
    "query",
    [
        "?tab=none",
        "?month=2026-13",
        "?month=x",
        "?township=9",
        "?official=0",
        "?place=12",
        "?cursor=x",
        "?q=" + "长" * 90,
    ],
)
def test_a_senseless_address_is_no_fault(enter, held, query):
    assert enter("east_head").get(BOARD + query).status_code in (200, 400)
    assert enter("east_head").get(f"/liaisons/export/{query}").status_code in (200, 400)


@pytest.mark.parametrize("code", ["370404001000", "370404000000", EAST_VILLAGE + "999", "999999999999"])
def test_there_is_no_such_place(enter, code):
    assert enter("director").get(f"/liaisons/places/{code}/").status_code == 404
    assert enter("director").post(f"/liaisons/places/{code}/assign/", {}).status_code == 404


def test_former_officials_are_shown_when_asked_for(enter, world, held):
    head = enter("east_head")
    over = {"version": 1, "on": "2026-01-01", "reason": "没有上任"}
    assert head.post(f"/liaisons/assignments/{held.pk}/end/", over).status_code == 302
    assert "没有上任" not in text(head.get(PLACE))
    assert "没有上任" in text(head.get(f"{PLACE}?former=1"))
