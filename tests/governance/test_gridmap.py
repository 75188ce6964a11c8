"""The map of the grids: drill, loads within scope, points, heat, and answers that say "as before"."""

import gzip

import orjson
import pytest
from django.test import Client

from governance.web.gridmap import figures, page
from grids.models import Cell
from grids.queries import forget
from petitions.models import Petition
from tests.api.test_budgets import budget
from tests.journeys.steps import dispatched, filed
from tests.world import CELL, COUNTY, EAST, MONDAY, WEST_VILLAGE

pytestmark = pytest.mark.django_db
EAST_TOWN, COUNTY_PLACE = EAST[:9], COUNTY[:6]


@pytest.fixture(autouse=True)
def _fresh_map(settings):
    settings.MAP_RECHECK_SECONDS = 0
    forget()
    yield
    forget()


@pytest.fixture
def enter(world):
    """Signs somebody of the little county in."""

    def enter(name):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[name])
        return client

    return enter


@pytest.fixture
def cases(world):
    """One case with a unit in the east, long overdue; one just filed in the west."""
    dispatched(world, at=MONDAY)
    return filed(world, at=MONDAY, lng=117.71, lat=34.77, title="西边停水", channel="mailbox")


def shapes(client, **query):
    return orjson.loads(gzip.decompress(client.get("/map/shapes.json", query).content))["shapes"]


def shape_codes(client, **query):
    return [shape[0] for shape in shapes(client, **query)]


def test_each_level_draws_the_next_one(enter):
    client = enter("director")
    assert shape_codes(client, place="3704") == [COUNTY_PLACE]
    assert shape_codes(client, place=COUNTY_PLACE) == [EAST_TOWN, WEST_VILLAGE[:9]]
    assert shape_codes(client, place=EAST_TOWN) == [CELL[:12], "370404001007"]
    assert shape_codes(client, place=CELL[:12]) == [CELL]
    assert len(shape_codes(client, place=COUNTY_PLACE, grids="on")) == 3


def test_a_ring_is_the_border_that_was_drawn(enter):
    (_code, name, kind, parts), *_others = shapes(enter("director"), place=CELL[:12])
    assert (name, kind) == ("第1网格", "basic")
    flat, points, x, y = parts[0][0], set(), 0, 0
    for at in range(0, len(flat), 2):
        x, y = x + flat[at], y + flat[at + 1]
        points.add((x, y))
    assert points == {(11758000, 3476000), (11760000, 3476000), (11760000, 3478000), (11758000, 3478000)}


def test_outlines_are_sent_once_until_the_map_changes(enter):
    client = enter("director")
    first = client.get("/map/shapes.json", {"place": COUNTY_PLACE})
    again = client.get("/map/shapes.json", {"place": COUNTY_PLACE}, headers={"if-none-match": first.headers["ETag"]})
    assert (first.headers["Content-Encoding"], again.status_code, again.content) == ("gzip", 304, b"")
    Cell.objects.filter(code=CELL).update(name="新网格", active=False)
    changed = client.get("/map/shapes.json", {"place": COUNTY_PLACE}, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_loads_are_those_of_what_one_may_see_and_asked_for(enter, cases):
    west = WEST_VILLAGE[:9]
    director, east = enter("director"), enter("east_officer")
    found = director.get("/map/loads.json", {"place": COUNTY_PLACE}).json()["loads"]
    assert {code: load[:3] for code, load in found.items()} == {EAST_TOWN: [1, 1, 0], west: [1, 1, 1]}
    assert found[west][4] == "red"
    mailbox = director.get("/map/loads.json", {"place": COUNTY_PLACE, "channel": "mailbox"}).json()["loads"]
    assert list(mailbox) == [west]
    seen = east.get("/map/loads.json", {"place": COUNTY_PLACE}).json()["loads"]
    assert list(seen) == [EAST_TOWN]


def test_what_is_over_is_counted_no_further_than_people_compare(enter, cases, world, monkeypatch):
    for _ in range(3):
        filed(world, at=MONDAY, lng=117.71, lat=34.77)
    Petition.objects.filter(village_code=WEST_VILLAGE).update(state="archived", closed_at=MONDAY)
    director, west, over = enter("director"), WEST_VILLAGE[:9], {"place": COUNTY_PLACE, "state": "archived"}
    there = Petition.objects.filter(state="archived").count()
    assert there >= 3
    assert director.get("/map/loads.json", over).json()["loads"] == {west: [there, 0, 0, 0, "grey"]}
    monkeypatch.setattr(figures, "COUNTED", 1)
    monkeypatch.setattr(page, "COUNTED", 1)
    monkeypatch.setattr(figures, "HEATED", 2)
    assert director.get("/map/loads.json", over).json()["loads"] == {west: [2, 0, 0, 0, "grey"]}
    assert director.get("/map/loads.json", {**over, "grids": "on"}).json()["loads"] == {
        f"{WEST_VILLAGE}001": [2, 0, 0, 0, "grey"]
    }
    assert "of 1+ asked for" in director.get("/map/", over).content.decode()
    heat = director.get("/map/heat.json", {**over, "side": 0.01}).json()
    assert (sum(one[2] for one in heat["squares"]), heat["more"]) == (2, True)
    assert enter("east_officer").get("/map/loads.json", over).json()["loads"] == {}


def test_points_and_squares_lie_inside_what_is_looked_at(enter, cases):
    director = enter("director")
    everything = director.get("/map/items.json", {"place": COUNTY_PLACE}).json()
    assert (len(everything["features"]), everything["more"]) == (2, False)
    box = {"place": COUNTY_PLACE, "w": 117.65, "s": 34.7, "e": 117.8, "n": 34.8}
    (west,) = director.get("/map/items.json", box).json()["features"]
    assert west["properties"]["label"] == "西边停水"
    heat = director.get("/map/heat.json", {**box, "side": 0.01}).json()
    (square,) = heat["squares"]
    assert square == [pytest.approx(117.71), pytest.approx(34.77), 1]


@pytest.mark.parametrize("query", [{"w": "nan"}, {"side": 0}, {"place": "x' OR 1"}, {"place": "9" * 12}, {"z": "moon"}])
def test_nonsense_is_no_fault(enter, cases, query):
    client = enter("director")
    for name in ("shapes", "loads", "items", "heat"):
        assert client.get(f"/map/{name}.json", query).status_code == 200
    assert client.get("/map/", query).status_code == 200


def test_the_page_says_in_words_what_is_drawn(enter, cases):
    page = enter("director").get("/map/", {"place": COUNTY_PLACE}).content.decode()
    assert f"/petitions/?state=open&amp;area={EAST_TOWN}" in page
    assert "坛山街道" in page
    assert page.count("data-code=") == 2
    words = enter("director").get("/map/", {"place": EAST_TOWN}, headers={"hx-request": "true"})
    assert words.headers["HX-Push-Url"] == f"/map/?place={EAST_TOWN}"
    assert "<html" not in words.content.decode()


def test_whoever_has_a_place_begins_there(enter, world):
    page = enter("east_officer").get("/map/").content.decode()
    assert f'data-place="{EAST_TOWN}"' in page


def test_the_map_takes_few_questions(enter, cases):
    client = enter("director")
    client.get("/map/")
    for name, path in {
        "page: map": "/map/",
        "map: shapes": "/map/shapes.json",
        "map: loads": "/map/loads.json",
        "map: items": "/map/items.json",
        "map: heat": "/map/heat.json",
    }.items():
        with budget(name):
            assert client.get(path, {"place": COUNTY_PLACE}).status_code == 200


def test_strangers_see_no_map(client):
    for path in ("/map/", "/map/shapes.json", "/map/loads.json", "/map/items.json", "/map/heat.json"):
        assert client.get(path).status_code == 302
