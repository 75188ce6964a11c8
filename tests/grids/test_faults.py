"""What the audit looks for: each fault is found and nothing else, and a clean map has none."""

import pytest
import shapely

from grids.auditing import ground, people
from grids.auditing.seen import Grid
from grids.geometry import Plane

PLANE = Plane(34.77)
VILLAGE = "370404001006"
RURAL = "370404100201"
FULL = {"head": 1, "police": 1, "full_time": 1, "part_time": 2}


def grid(number=1, west=0.0, east=100.0, *, village=VILLAGE, north=100.0, households=400, residents=1000, **said):
    code = f"{village}{number:03d}"
    given = {"name": code, "basic": True, "phone": "0632-1", "lng": 117.5, "lat": 34.7} | said
    shape = shapely.box(west, 0, east, north)
    return Grid(code=code, households=households, residents=residents, shape=shape, **given)


def everything(*grids, outlines=None, staff=None, posted=None, villages=None):
    outlines = outlines or {}
    return [
        *ground.gaps(grids, outlines=outlines, names={}, plane=PLANE),
        *ground.overlaps(grids, plane=PLANE),
        *ground.outside(grids, outlines=outlines, plane=PLANE),
        *people.uncovered(grids, villages=villages or {}),
        *people.sizes(grids),
        *people.staffing(grids, staff={one.code: FULL for one in grids} if staff is None else staff),
        *people.codes(grids, home="370404", posted=posted or {}),
        *people.telephones(grids),
    ]


def test_a_clean_map_has_no_finding():
    outlines = {VILLAGE: shapely.box(0, 0, 200, 100)}
    assert everything(grid(1), grid(2, 100, 200), outlines=outlines, villages={VILLAGE: "x"}) == []


@pytest.mark.parametrize(
    ("grids", "more", "found"),
    [
        ([grid(1), grid(2, 90, 200)], {}, ("overlap", 1000)),
        ([grid(1), grid(2, 108, 200)], {}, ("gap", 800)),  # a strip of eight metres
        ([grid(1)], {"outlines": {VILLAGE: shapely.box(0, 0, 100, 110)}}, ("gap", 1000)),
        ([grid(1)], {"outlines": {VILLAGE: shapely.box(0, 0, 90, 100)}}, ("outside", 1000)),
        ([grid(1)], {"villages": {VILLAGE: "x", RURAL: "y"}}, ("uncovered", None)),
        ([grid(1, households=501, residents=1300)], {}, ("too_large", 501)),
        ([grid(1, households=299, residents=700)], {}, ("too_small", 299)),
        ([grid(1, village=RURAL, households=301, residents=901)], {}, ("too_large", 301)),
        ([grid(1)], {"staff": {}}, ("no_worker", 0)),
        ([grid(1)], {"staff": {f"{VILLAGE}001": FULL | {"police": 0, "part_time": 1}}}, ("staffing", 2)),
        ([grid(1)], {"posted": {f"{VILLAGE}009": 2}}, ("dead_code", 2)),
        ([grid(1, village="370481001001")], {}, ("foreign_code", None)),
        ([grid(1, phone=" ")], {}, ("no_phone", None)),
    ],
)
def test_each_fault_is_found_and_nothing_else(grids, more, found):
    (seen,) = everything(*grids, **more)
    assert (seen.kind, seen.value) == found


def test_what_fits_by_either_measure_and_what_is_small_is_no_finding():
    assert everything(grid(1, households=501, residents=1200)) == []
    assert everything(grid(1, households=299, residents=800)) == []
    assert everything(grid(1, village=RURAL, households=60, residents=200)) == []
    assert everything(grid(1), grid(2, 99, 200)) == []  # a hundred square metres in common
    assert everything(grid(1), grid(2, 102, 200)) == []
    assert everything(grid(1), grid(2, 20, 40, basic=False)) == []  # a dedicated grid lies over the basic one


def test_a_hole_is_a_gap_of_the_village_around_it():
    ring = shapely.box(0, 0, 300, 300).difference(shapely.box(100, 100, 200, 200))
    one = Grid(**{**{name: getattr(grid(1), name) for name in Grid.__slots__}, "shape": ring})
    (seen,) = everything(one)
    assert (seen.kind, seen.place, seen.value) == ("gap", VILLAGE, 10_000)
    assert shapely.geometry.shape(seen.shape).contains(shapely.Point(seen.lng, seen.lat))
