"""The map over the API: drawn once, over the version that was seen, handed in, looked at and applied."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from grids.models import Cell, MapImport
from grids.queries import forget
from tests.api.mapped import LINE, PART, box
from tests.world import CELL, EAST_VILLAGE

pytestmark = pytest.mark.django_db
NEXT = f"{EAST_VILLAGE}009"
NEW = {"code": NEXT, "name": "南", "kind": "basic", "boundary": box(117.58, 34.74)}


@pytest.fixture
def keeper(enter):
    forget()
    yield enter("administrator")
    forget()


def test_a_grid_is_drawn_once_and_changed_over_its_version(keeper):
    made = keeper.create("/cells/", NEW, key="k")
    assert (made.status_code, made.json()["version"]) == (201, 1)
    assert keeper.create("/cells/", NEW, key="k").json() == made.json()
    assert keeper.create("/cells/", NEW | {"name": "北"}, key="k").status_code == 422
    over = keeper.deed(f"/cells/{NEXT}/draw/", {"boundary": box(117.58, 34.75)}, version=1)
    assert (over.status_code, over.json()["error"]["details"]["fault"]) == (409, "overlap")
    drawn = keeper.deed(
        f"/cells/{NEXT}/draw/", {"boundary": box(117.58, 34.7395, side=0.0205), "phone": "0632-1"}, version=1
    )
    assert (drawn.status_code, drawn.json()["version"], drawn.json()["name"]) == (200, 2, "南")
    stale = keeper.deed(f"/cells/{NEXT}/draw/", {"boundary": box(117.58, 34.74)}, version=1)
    assert (stale.status_code, stale.json()["error"]["details"]["last_event"]) == (412, "cell.drawn")
    for wrong in ({"boundary": []}, {"boundary": {"type": "Polygon", "x": "\x00"}}, {"boundary": {}, "more": 1}, {}):
        assert keeper.deed(f"/cells/{NEXT}/draw/", wrong, version=2).status_code == 400


def test_a_split_shows_what_it_comes_to_and_says_who_goes_where(keeper):
    plan = keeper.deed(f"/cells/{CELL}/split-preview/", {"line": LINE}, version=1).json()
    assert [one["code"] for one in plan["pieces"]] == [f"{EAST_VILLAGE}002", f"{EAST_VILLAGE}003"]
    assert (plan["faults"], len(plan["people"])) == ([], 2)
    said = {"line": LINE, "first": {**PART, "name": "西"}, "second": {**PART, "name": "东"}, "reason": "太大"}
    forgotten = keeper.deed(f"/cells/{CELL}/split/", said | {"staff": {}}, version=1)
    assert (forgotten.status_code, "staff" in forgotten.json()["error"]["fields"]) == (400, True)
    whole = said | {"staff": {one["key"]: "both" for one in plan["people"]}}
    assert keeper.deed(f"/cells/{CELL}/split/", whole, version=2).status_code == 412
    done = keeper.deed(f"/cells/{CELL}/split/", whole, version=1).json()
    assert (done["ended"], done["began"]) == ([CELL], [f"{EAST_VILLAGE}002", f"{EAST_VILLAGE}003"])
    assert keeper.deed(f"/cells/{CELL}/split/", whole, version=2).status_code == 404
    west = {"other": f"{EAST_VILLAGE}003", "other_version": 1, "name": "合", "reason": "太小"}
    preview = keeper.deed(f"/cells/{EAST_VILLAGE}002/merge-preview/", {"other": west["other"]}, version=1).json()
    assert [one["code"] for one in preview["pieces"]] == [f"{EAST_VILLAGE}004"]
    assert keeper.deed(f"/cells/{EAST_VILLAGE}002/merge/", west | {"other_version": 7}, version=1).status_code == 412
    assert keeper.deed(f"/cells/{EAST_VILLAGE}002/merge/", west, version=1).json()["began"] == [f"{EAST_VILLAGE}004"]


def file_of(shape):
    feature = {"type": "Feature", "properties": {"code": NEXT, "name": "南"}, "geometry": shape}
    made = BytesIO(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    made.name = "map.json"
    return made


def test_a_file_is_handed_in_once_looked_at_and_applied_over_its_version(keeper, enter):
    made = keeper.upload("/map-imports/", file_of(box(117.58, 34.74)), key="f")
    assert (made.status_code, made.json()["counts"]["new"]) == (201, 1)
    assert keeper.upload("/map-imports/", file_of(box(117.58, 34.74)), key="f").json() == made.json()
    assert MapImport.objects.count() == 1
    at = f"/map-imports/{made.json()['id']}/"
    assert keeper.get(at).json()["lines"][0]["verdict"] == "new"
    assert keeper.deed(f"{at}apply/", {}, version=2).status_code == 412
    assert enter("director").deed(f"{at}apply/", {}, version=1).status_code == 403
    assert keeper.deed(f"{at}apply/", {}, version=1).json()["version"] == 2
    assert Cell.objects.filter(code=NEXT).exists()
    assert keeper.deed(f"{at}apply/", {}, version=2).status_code == 409
    bad = keeper.upload("/map-imports/", file_of(box(117.58, 34.75)), system="3857")
    assert bad.status_code == 400
    over = keeper.upload("/map-imports/", file_of(box(117.585, 34.765))).json()
    (line,) = keeper.get(f"/map-imports/{over['id']}/").json()["lines"]
    assert {one["code"] for one in line["marks"]} >= {"overlap"}
    assert len(keeper.get("/map-imports/").json()["results"]) == 2
