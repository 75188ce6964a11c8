"""The endpoints of the map."""

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
    """A gridworker, in a village with one basic and one dedicated grid."""
    draw.cell(CODE, name="张庄网格", phone="0632-1")
    draw.cell(SCHOOL, 117.503, 34.703, side=0.002, kind=CellKind.DEDICATED, host_kind="school", name="小学专属网格")
    posting = make.posting(Role.GRIDWORKER, cell_code=CODE, user=make.user(display_name="李梅", work_phone="0632-2"))
    signed_in = Client()
    signed_in.force_login(posting.user)
    return signed_in


def get(client, path="", status=200, **query):
    answer = client.get(f"/api/v1/cells/{path}", query)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_nobody_reads_without_signing_in_and_nobody_writes(client):
    for path in ("", f"{CODE}/", "locate/", "geojson/"):
        assert Client().get(f"/api/v1/cells/{path}").status_code == 401
        assert client.post(f"/api/v1/cells/{path}").status_code == (405 if path else 403)


def test_grids_are_found_by_kind_and_place(client):
    assert [row["code"] for row in get(client)["results"]] == [CODE, SCHOOL]
    assert [row["code"] for row in get(client, kind="dedicated")["results"]] == [SCHOOL]
    assert get(client, inside="370481")["results"] == []
    assert "boundary" not in get(client)["results"][0]
    assert get(client, status=400, kind="round")["error"]["fields"]["kind"]


def test_a_grid_shows_its_boundary_and_whoever_works_there(client):
    shown = get(client, f"{CODE}/")
    assert shown["boundary"]["type"] == "Polygon"
    assert shown["workers"] == [{"role": "gridworker", "name": "李梅", "phone": "0632-2"}]
    get(client, f"{make.VILLAGE}009/", status=404)


def test_a_point_is_located(client):
    assert get(client, "locate/", lng=117.504, lat=34.704) == {
        "place": SCHOOL,
        "cell_code": SCHOOL,
        "cell_name": "小学专属网格",
        "kind": "dedicated",
        "distance_m": 0.0,
        "outside": False,
        "others": [CODE],
    }
    outside = get(client, "locate/", lng=117.505, lat=34.72)
    assert (outside["cell_code"], outside["outside"]) == (CODE, True)


def test_an_address_is_located_or_not_found(client):
    assert get(client, "locate/", q="张庄网格北")["cell_code"] == CODE
    get(client, "locate/", status=404, q="nowhere")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lng": 117},
        {"lng": 181, "lat": 0},
        {"lng": "nan", "lat": 0},
        {"lng": "x", "lat": 0},
        {"q": ""},
        {"lng": 1, "lat": 1, "q": "x"},
        {"q": "x" * 501},
    ],
)
def test_a_bad_question_is_refused(client, query):
    get(client, "locate/", status=400, **query)


def test_the_map_as_geojson_takes_the_same_filters(client):
    assert len(get(client, "geojson/")["features"]) == 2
    assert [one["id"] for one in get(client, "geojson/", kind="dedicated")["features"]] == [SCHOOL]
