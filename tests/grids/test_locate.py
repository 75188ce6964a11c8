"""Point → grid, address → grid."""

import random

import pytest
import shapely
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.choices import CellKind
from grids.generation import Place, draw_district
from grids.models import Cell
from grids.queries import cells_as_geojson, cells_as_picture, forget, locate, locate_address
from grids.queries.index import CellIndex
from kernel.errors import Invalid
from tests.factories import grids as draw
from tests.factories import organizations as make

WEST, EAST = f"{make.VILLAGE}001", f"{make.VILLAGE}002"
SCHOOL = f"{make.VILLAGE}501"


@pytest.fixture(autouse=True)
def _fresh_index():
    forget()
    yield
    forget()


@pytest.fixture
def village(db):
    """Two basic grids side by side and a school in the western one."""
    draw.cell(WEST, 117.50, 34.70, name="张庄第1网格")
    draw.cell(EAST, 117.51, 34.70, name="张庄第2网格")
    draw.cell(SCHOOL, 117.503, 34.703, side=0.002, kind=CellKind.DEDICATED, host_kind="school", name="张庄小学专属网格")


@pytest.mark.django_db
def test_an_empty_map_locates_nothing():
    assert locate(lng=117.5, lat=34.7) is None


def test_a_point_inside_one_grid_is_there(village):
    found = locate(lng=117.515, lat=34.705)
    assert (found.place, found.cell_code, found.cell_name, found.kind) == (EAST, EAST, "张庄第2网格", "basic")
    assert (found.distance_m, found.outside, found.others) == (0.0, False, ())


def test_a_dedicated_grid_comes_before_the_basic_one_below_it(village):
    found = locate(lng=117.504, lat=34.704)
    assert (found.cell_code, found.kind, found.others) == (SCHOOL, "dedicated", (WEST,))


def test_of_two_dedicated_grids_the_smaller_is_meant(village):
    draw.cell(f"{make.VILLAGE}502", 117.5035, 34.7035, side=0.001, kind=CellKind.DEDICATED, host_kind="hospital")
    found = locate(lng=117.504, lat=34.704)
    assert (found.cell_code, found.others) == (f"{make.VILLAGE}502", (SCHOOL, WEST))


def test_a_point_on_a_shared_border_has_one_answer(village):
    found = locate(lng=117.51, lat=34.705)
    assert found.cell_code == WEST
    assert not found.outside


@pytest.mark.parametrize(
    ("lng", "lat", "metres"),
    [
        # A degree of latitude is 111.3 km; of longitude, at 34.7° N, 91.5 km.
        (117.505, 34.711, 111.3),
        (117.499, 34.705, 91.5),
    ],
)
def test_outside_of_all_the_nearest_grid_is_named_with_its_distance(village, lng, lat, metres):
    found = locate(lng=lng, lat=lat)
    assert (found.cell_code, found.outside) == (WEST, True)
    assert found.distance_m == pytest.approx(metres, abs=0.2)


@pytest.mark.parametrize(("lng", "lat"), [(181, 0), (0, -91), (float("nan"), 0), (0, float("inf"))])
def test_a_point_that_is_not_on_the_earth_is_refused(lng, lat):
    with pytest.raises(Invalid):
        locate(lng=lng, lat=lat)


def test_a_retired_grid_locates_nothing_more(village, settings):
    settings.MAP_RECHECK_SECONDS = 0
    locate(lng=117.504, lat=34.704)
    Cell.objects.filter(code=SCHOOL).update(active=False)
    assert locate(lng=117.504, lat=34.704).cell_code == WEST


def test_the_database_is_asked_once_in_a_while_and_not_for_every_point(village, django_assert_num_queries):
    with django_assert_num_queries(2):
        locate(lng=117.504, lat=34.704)
    with django_assert_num_queries(0):
        locate(lng=117.515, lat=34.705)
    forget()
    with django_assert_num_queries(1):
        locate(lng=117.515, lat=34.705)


@pytest.fixture(scope="module")
def district():
    """Forty grids in two villages, as an index and as shapes."""
    villages = [Place("370404101243", "张庄村委会"), Place("370404101244", "东楼村委会")]
    drawn = draw_district(townships=[Place("370404101000", "阴平镇")], villages=villages, basic=40, dedicated=0, seed=3)
    index = CellIndex([(cell.code, cell.name, cell.kind, cell.boundary) for cell in drawn], stamp=1)
    return index, {cell.code: shapely.geometry.shape(cell.boundary) for cell in drawn}


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_point_inside_a_grid_is_found_there(district, seed):
    index, shapes = district
    chance = random.Random(seed)
    code, shape = chance.choice(sorted(shapes.items()))
    west, south, east, north = shape.bounds
    point = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
    found = index.find(lng=point.x, lat=point.y)
    if shape.contains(point):
        assert found.cell_code == code
    elif found.outside:
        assert not any(other.contains(point) for other in shapes.values())
        assert found.distance_m > 0
    else:
        assert shapes[found.cell_code].intersects(point)


class TestAddress:
    @pytest.fixture(autouse=True)
    def _names(self, village):
        make.area("370404102000", "底阁镇")
        for code, name in (
            (make.COUNTY, "峄城区"),
            (make.TOWNSHIP, "阴平镇"),
            (make.VILLAGE, "张庄村委会"),
            ("370404101244", "东楼村委会"),
            ("370404102212", "张庄村委会"),
        ):
            area = make.area(code)
            area.name = name
            area.save()
        draw.cell("370404101244001", 117.52, 34.70, name="东楼网格")

    @pytest.mark.parametrize(
        ("text", "place", "cell_code"),
        [
            ("阴平镇东楼村村口", "370404101244001", "370404101244001"),
            ("峄城区阴平镇张庄小学专属网格门前", SCHOOL, SCHOOL),
            ("张庄第2网格", EAST, EAST),
            ("阴平镇张庄村卫生室", make.VILLAGE, ""),
            ("底阁镇张庄", "370404102212", ""),
            ("峄城区阴平镇政府", "370404101", ""),
            ("阴平", "370404101", ""),
        ],
    )
    def test_names_are_read_from_the_text(self, text, place, cell_code):
        found = locate_address(text)
        assert (found.place, found.cell_code) == (place, cell_code)

    @pytest.mark.parametrize("text", ["", "张庄村", "somewhere else", "镇", "\x00"])
    def test_what_names_no_one_place_is_not_located(self, text):
        assert locate_address(text) is None

    def test_a_long_text_is_read_to_its_limit(self):
        assert locate_address("空" * 490 + "东楼村").cell_code == "370404101244001"
        assert locate_address("空" * 5000 + "东楼村") is None

    def test_a_new_name_is_known_at_once(self, settings):
        settings.MAP_RECHECK_SECONDS = 0
        locate_address("东楼")
        Cell.objects.filter(code="370404101244001").update(name="望湖苑")
        assert locate_address("望湖苑3号楼").cell_code == "370404101244001"


def test_the_map_is_one_collection_in_one_query(village, django_assert_num_queries):
    with django_assert_num_queries(1):
        layer = cells_as_geojson(place=make.TOWNSHIP[:9])
    assert [feature["id"] for feature in layer["features"]] == [WEST, EAST, SCHOOL]
    assert layer["features"][2]["properties"]["host_kind"] == "school"
    assert "boundary" not in layer["features"][0]["properties"]
    assert [one["id"] for one in cells_as_geojson(kind="dedicated")["features"]] == [SCHOOL]
    assert cells_as_geojson(place="370481")["features"] == []


def test_a_picture_of_the_map_has_the_same_grids_a_little_coarser(village):
    cells = Cell.objects.filter(code__in=[WEST, SCHOOL])
    for place in (make.TOWNSHIP[:9], "370404"):
        drawn = cells_as_picture(cells=cells, place=place)["features"]
        true = {one["id"]: one["geometry"] for one in cells_as_geojson(place=place)["features"]}
        assert [one["id"] for one in drawn] == [WEST, SCHOOL]
        assert drawn[1]["properties"]["kind"] == "dedicated"
        for one in drawn:
            beside = shapely.geometry.shape(true[one["id"]])
            apart = shapely.geometry.shape(one["geometry"]).symmetric_difference(beside).area
            assert apart < 0.05 * beside.area
    assert cells_as_picture(cells=cells, place="370481")["features"] == []


def test_a_prefix_is_looked_up_by_index(village):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT code FROM grids_cell WHERE code LIKE '370404101%'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: (" in plan
    assert "~>=~ '370404101'" in plan
