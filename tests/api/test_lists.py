"""Lists: what each filter finds, pages that neither repeat nor lose a row, and scope that no filter widens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import clock
from petitions.api.rows import PetitionRow
from petitions.models import Petition
from tests.api.cases import ORDER_STEPS, STEPS, case_in
from tests.api.conftest import callers
from tests.journeys.steps import filed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(county):
    now = clock.now()
    made = {state: case_in(county, STEPS[state]).petition for state in ("filed", "accepted", "dispatched", "closed")}
    made["returning"] = case_in(county, ORDER_STEPS["returning"]).petition
    made["west"] = filed(county, at=now - timedelta(minutes=3), lng=117.71, title="古邵停水")
    made["old"] = filed(county, at=now - timedelta(days=40), title="去年的路灯")
    names = ["citizen", "neighbour", "dispatcher", "urban_handler", "east_officer", "west_officer", "water_handler"]
    return county, callers(county, names), made


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return {row["number"] for row in answer.json()["results"]}


def test_rows_are_as_described(scene):
    _county, people, _made = scene
    for row in people["dispatcher"].get("/petitions/").json()["results"]:
        assert set(row) == set(PetitionRow().fields)
    for row in people["dispatcher"].get("/orders/").json()["results"]:
        assert {"id", "petition", "number", "light", "unit", "unit_name", "handle_due_at"} <= set(row)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "filed"}, {"filed", "west", "old"}),
        ({"state": ["accepted", "closed"]}, {"accepted", "closed"}),
        ({"category": "0101"}, {"accepted", "dispatched", "closed", "returning"}),
        ({"category": "010199"}, {"accepted"}),
        ({"township": "370404100"}, {"west"}),
        ({"village": "370404100201"}, {"west"}),
        ({"cell": "370404100201001"}, {"west"}),
        ({"channel": "hotline"}, {"west", "old"}),
        ({"unroutable": "true"}, {"accepted"}),
        ({"overdue": "true"}, {"old"}),
        ({"q": "古邵停水"}, {"west"}),
        ({"q": "路灯"}, {"old"}),
        ({"mine": "true"}, {"west", "old"}),
        ({"kind": "development"}, set()),
        ({"state": "filed", "township": "370404100", "channel": "hotline", "urgency": "ordinary"}, {"west"}),
    ],
)
def test_filters(scene, query, found):
    _county, people, made = scene
    assert numbers(people["dispatcher"].get("/petitions/", **query)) == {made[key].number for key in found}


def test_filters_with_values_of_the_moment(scene):
    county, people, made = scene
    ask = people["dispatcher"].get
    today = f"{clock.now() + timedelta(hours=8):%Y-%m-%d}"
    recent = {one.number for key, one in made.items() if key != "old"}
    assert numbers(ask("/petitions/", filed_from=f"{clock.now() - timedelta(days=9):%Y-%m-%d}")) == recent
    assert numbers(ask("/petitions/", filed_to=today)) == recent | {made["old"].number}
    assert numbers(ask("/petitions/", filed_to="9999-12-31")) == recent | {made["old"].number}
    assert numbers(ask("/petitions/", q=made["west"].number.lower())) == {made["west"].number}
    assert numbers(ask("/petitions/", unit=county.units["urban"].pk)) >= {made["dispatched"].number}
    assert numbers(ask("/petitions/", due_before="2020-01-01T00:00:00+08:00")) == set()


@pytest.mark.parametrize("ordering", ["-filed_at", "filed_at", "stage_due_at"])
def test_pages_neither_repeat_nor_lose_a_row(scene, ordering):
    _county, people, _made = scene
    ask = people["dispatcher"].get
    whole = [row["id"] for row in ask("/petitions/", ordering=ordering).json()["results"]]
    found, address, back = [], f"/petitions/?ordering={ordering}&page_size=3", []
    while address:
        page = ask(address).json()
        found += [row["id"] for row in page["results"]]
        back.append(page["previous"])
        address = page["next"] and page["next"].split("/api/v1")[1]
    assert found == whole
    assert back[0] is None
    assert [row["id"] for row in ask(back[-1].split("/api/v1")[1]).json()["results"]] == whole[-6:-3] or len(whole) % 3


def test_no_filter_widens_what_one_may_see(scene):
    county, people, made = scene
    west = made["west"]
    for name in ("neighbour", "urban_handler", "east_officer", "water_handler"):
        for query in ({"q": west.number}, {"township": "370404100"}, {"cell": west.cell_code}, {"state": "filed"}):
            assert west.number not in numbers(people[name].get("/petitions/", **query))
    assert west.number in numbers(people["west_officer"].get("/petitions/"))
    assert numbers(people["neighbour"].get("/petitions/")) == set()
    own = set(Petition.objects.filter(reporter_user=county.users["citizen"]).values_list("number", flat=True))
    assert numbers(people["citizen"].get("/petitions/")) == own


def test_orders(scene):
    _county, people, made = scene
    ask = people["urban_handler"].get
    open_ones = {made["dispatched"].number, made["returning"].number}
    assert numbers(ask("/orders/", open="true")) == open_ones
    assert numbers(ask("/orders/", state="returning")) == {made["returning"].number}
    assert numbers(ask("/orders/", light="green", mine="true")) == open_ones
    for light in ("blue", "yellow", "red"):
        assert numbers(ask("/orders/", light=light)) == set()
    assert numbers(ask("/orders/", overdue="true")) == set()
    assert numbers(people["water_handler"].get("/orders/")) == set()
    assert numbers(people["east_officer"].get("/orders/", open="true")) == open_ones
