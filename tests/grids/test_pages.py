"""The map and the published card of each grid."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from grids.choices import CellKind
from organizations.choices import Role
from tests.factories import grids as draw
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
CODE, SCHOOL = f"{make.VILLAGE}001", f"{make.VILLAGE}501"


@pytest.fixture
def client():
    """A handler, where there is one basic and one dedicated grid."""
    draw.cell(CODE, name="Zhang basic", households=300, residents=900, phone="0632-110")
    draw.cell(SCHOOL, 117.503, 34.703, side=0.002, kind=CellKind.DEDICATED, host_kind="school", name="Zhang school")
    signed_in = Client(headers={"accept-language": "en"})
    signed_in.force_login(make.posting(Role.HANDLER).user)
    return signed_in


def test_the_map_is_for_those_who_signed_in(client):
    for path in ("/grids/", "/grids/cells.json"):
        assert Client().get(path).status_code == 302
        assert client.get(path).status_code == 200


def test_the_map_shows_its_grids_in_words_too_and_names_where_they_are_drawn_from(client):
    page = client.get("/grids/", {"kind": "dedicated"}).content.decode()
    assert "Zhang school" in page
    assert "Zhang basic" not in page
    assert 'data-cells="/grids/cells.json?kind=dedicated"' in page
    assert "No grid is found" in client.get("/grids/", {"q": "moon"}).content.decode()
    assert "Zhang basic" in client.get("/grids/", {"q": CODE, "inside": "370404101"}).content.decode()


def test_the_drawn_grids_are_those_asked_for(client):
    every = client.get("/grids/cells.json").json()["features"]
    assert [one["id"] for one in every] == [CODE, SCHOOL]
    assert every[0]["properties"]["href"] == f"/grids/{CODE}/"
    assert every[0]["properties"]["lines"] == [CODE, "basic grid", "300 households, 900 residents"]
    assert len(client.get("/grids/cells.json", {"kind": "basic"}).json()["features"]) == 1


def test_the_card_is_open_to_everybody_and_names_who_works_there(client):
    make.posting(Role.GRIDWORKER, cell_code=CODE, user=make.user(display_name="Li Mei", work_phone="0632-2"))
    make.posting(
        Role.GRID_LEADER,
        cell_code=CODE,
        user=make.user(display_name="Gone"),
        valid_until=datetime(2021, 1, 1, tzinfo=UTC),
    )
    page = Client(headers={"accept-language": "en"}).get(f"/grids/{CODE}/")
    assert page.status_code == 200
    text = page.content.decode()
    for words in ("Zhang basic", CODE, "Li Mei", "0632-2", "0632-110", "gridworker"):
        assert words in text
    assert "Gone" not in text
    assert Client().get(f"/grids/{CODE}/boundary.json").json()["features"][0]["id"] == CODE


def test_a_card_of_no_grid_is_missing(client):
    for code in (f"{make.VILLAGE}009", "1", "x" * 15):
        assert client.get(f"/grids/{code}/").status_code == 404
    draw.cell(f"{make.VILLAGE}003", active=False)
    assert client.get(f"/grids/{make.VILLAGE}003/boundary.json").status_code == 404
