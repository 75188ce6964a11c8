"""The generated district: whole, without overlap, in order, and the same every time."""

import csv
from pathlib import Path

import pytest
import shapely

import governance
from grids.choices import HostKind
from grids.generation import Place, draw_district

DATA = Path(governance.__file__).parent / "data"


def places(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Place(row["code"], row["name"], (float(row["lng"]), float(row["lat"])) if "lng" in row else None)
        for row in rows
    ]


@pytest.fixture(scope="module")
def district():
    return draw_district(
        townships=places("yicheng_townships.csv"),
        villages=places("yicheng_villages.csv"),
        basic=438,
        dedicated=118,
        seed=7,
    )


def shapes(district, kind):
    return {cell.code: shapely.geometry.shape(cell.boundary) for cell in district if cell.kind == kind}


def test_it_has_the_counts_asked_for_and_every_village_has_a_grid(district):
    basic = [cell for cell in district if cell.kind == "basic"]
    assert (len(basic), len(district) - len(basic)) == (438, 118)
    assert {cell.village_id for cell in basic} == {place.code for place in places("yicheng_villages.csv")}
    assert len({cell.code for cell in district}) == len(district)
    assert all(cell.code.startswith(cell.village_id) and len(cell.code) == 15 for cell in district)


def test_basic_grids_tile_the_district_without_gap_or_overlap(district):
    drawn = list(shapes(district, "basic").values())
    assert all(shape.is_valid for shape in drawn)
    whole = shapely.union_all(drawn)
    assert (whole.geom_type, len(whole.interiors)) == ("Polygon", 0)
    assert sum(shape.area for shape in drawn) == pytest.approx(whole.area, rel=1e-9)


def test_every_dedicated_grid_lies_inside_a_basic_one_of_its_village(district):
    basic = shapes(district, "basic")
    for code, shape in shapes(district, "dedicated").items():
        assert any(other.covers(shape) for below, other in basic.items() if below[:12] == code[:12])
    hosts = {cell.host_kind for cell in district if cell.kind == "dedicated"}
    assert hosts == set(HostKind.values)


def test_grids_are_numbered_from_north_to_south_and_west_to_east(district):
    several = [cell for cell in district if cell.code.startswith("370404001006") and cell.kind == "basic"]
    assert [int(cell.code[12:]) for cell in several] == list(range(1, len(several) + 1))
    assert several[0].lat == max(cell.lat for cell in several)


def test_it_lies_where_it_should_and_is_as_large_as_a_district(district):
    assert all(117.3 < cell.lng < 117.9 and 34.5 < cell.lat < 35.0 for cell in district)
    assert 500e6 < sum(cell.area_m2 for cell in district if cell.kind == "basic") < 800e6


def test_the_same_seed_gives_the_same_district_and_another_seed_another():
    arguments = {"townships": places("yicheng_townships.csv")[:2], "villages": places("yicheng_villages.csv")[:30]}
    first, again, other = (draw_district(**arguments, basic=40, dedicated=5, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_too_few_grids_are_refused():
    villages = places("yicheng_villages.csv")[:3]
    for basic, dedicated in ((2, 0), (3, 4)):
        with pytest.raises(ValueError, match="a basic grid"):
            draw_district(townships=[], villages=villages, basic=basic, dedicated=dedicated, seed=1)
