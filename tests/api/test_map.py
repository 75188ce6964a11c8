"""The map over the API: drawn once, over the version that was seen, handed in, looked at and applied."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest

from grids.models import Cell, MapImport, MapJob
from grids.queries import forget
from grids.tasks import do_jobs
from kernel import clock
from tests.api.mapped import LINE, PART, box
from tests.api.test_budgets import budget
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
    assert (made.status_code, made.json()["state"]) == (202, "waiting")
    assert made.headers["Location"].endswith(f"/api/v1/map-jobs/{made.json()['id']}/")
    assert keeper.upload("/map-imports/", file_of(box(117.58, 34.74)), key="f").json() == made.json()
    assert keeper.upload("/map-imports/", file_of(box(117.58, 34.74)), key="g").json()["id"] == made.json()["id"]
    assert (do_jobs(), MapImport.objects.count(), MapJob.objects.count()) == (1, 1, 1)
    job = keeper.get(f"/map-jobs/{made.json()['id']}/").json()
    assert (job["state"], job["fault"], job["why"]) == ("done", "", "")
    assert enter("director").get(f"/map-jobs/{job['id']}/").status_code == 404  # audits alone
    at = f"/map-imports/{job['map_import']}/"
    assert keeper.get(at).json()["lines"][0]["verdict"] == "new"
    assert keeper.deed(f"{at}apply/", {}, version=2).status_code == 412
    assert enter("director").deed(f"{at}apply/", {}, version=1).status_code == 403
    assert keeper.deed(f"{at}apply/", {}, version=1).json()["version"] == 2
    assert Cell.objects.filter(code=NEXT).exists()
    assert keeper.deed(f"{at}apply/", {}, version=2).status_code == 409
    for wrong in ({"system": "3857"}, {"of": "roads"}):
        assert keeper.upload("/map-imports/", file_of(box(117.58, 34.75)), **wrong).status_code == 400
    keeper.upload("/map-imports/", file_of(box(117.585, 34.765)))
    keeper.upload("/map-imports/", BytesIO(b"PK no archive"))
    do_jobs()
    with budget("list map jobs"):
        failed, over, _first = keeper.get("/map-jobs/").json()["results"]
    assert (failed["state"], failed["fault"], failed["map_import"]) == ("failed", "no_map", None)
    (line,) = keeper.get(f"/map-imports/{over['map_import']}/").json()["lines"]
    assert {one["code"] for one in line["marks"]} >= {"overlap"}
    with budget("list map imports"):
        assert len(keeper.get("/map-imports/").json()["results"]) == 2


def test_an_audit_is_asked_for_once_and_its_job_leads_to_the_run(enter):
    director = enter("director")
    first = director.create("/map-audits/", {}, key="a")
    assert (first.status_code, first.json()["what"]) == (202, "audit")
    assert enter("administrator").create("/map-audits/", {}, key="b").json()["id"] == first.json()["id"]
    do_jobs()
    job = director.get(f"/map-jobs/{first.json()['id']}/").json()
    with budget("list map audits"):
        (run,) = director.get("/map-audits/").json()["results"]
    assert (job["state"], job["audit"]) == ("done", run["id"])
    assert director.create("/map-audits/", {}, key="c").json()["id"] != job["id"]


def test_people_are_put_on_the_card_once_and_taken_off_once(keeper, enter):
    said = {"cell": CELL, "kind": "police", "name": "王警官", "phone": "0632-2", "valid_from": "2026-01-01"}
    made = keeper.create("/cell-staff/", said, key="s")
    assert (made.status_code, made.json()["valid_until"]) == (201, None)
    assert keeper.create("/cell-staff/", said, key="s").json() == made.json()
    assert keeper.create("/cell-staff/", said | {"cell": NEXT}).status_code == 404
    for wrong in ({"kind": "boss"}, {"name": " "}, {"valid_from": "soon"}, {"cell": "1"}, {"more": 1}):
        assert keeper.create("/cell-staff/", said | wrong).status_code == 400
    keeper.create("/cell-staff/", said | {"name": "后来", "valid_from": "2099-01-01"})
    with budget("list people on cards"):
        rows = keeper.get("/cell-staff/", cell=CELL).json()["results"]
    assert [one["name"] for one in rows] == ["后来", "王警官"]
    serving = {flag: [one["name"] for one in keeper.get("/cell-staff/", current=flag).json()["results"]]
               for flag in ("true", "false")}  # fmt: skip
    assert serving == {"true": ["王警官"], "false": ["后来"]}
    at = f"/cell-staff/{made.json()['id']}/"
    assert keeper.deed(f"{at}end/", {"on": "2026-01-01"}).status_code == 400
    assert keeper.deed(f"{at}end/", {"on": "2026-02-01"}).json()["valid_until"] == "2026-02-01"
    assert keeper.deed(f"{at}end/", {"on": "2026-03-01"}).status_code == 409
    assert (keeper.get(at).json()["name"], keeper.get("/cell-staff/999/").status_code) == ("王警官", 404)
    assert enter("director").get("/cell-staff/").status_code == 403


def test_a_split_from_a_day_to_come_is_planned_and_withdrawn(keeper):
    plan = keeper.deed(f"/cells/{CELL}/split-preview/", {"line": LINE}, version=1).json()
    said = {"line": LINE, "first": {**PART, "name": "西"}, "second": {**PART, "name": "东"}, "reason": "太大"}
    said |= {"staff": {one["key"]: "both" for one in plan["people"]}}
    day = (clock.today() + timedelta(days=40)).isoformat()
    for wrong in ("2020-01-01", "2999-01-01", "soon"):
        assert keeper.deed(f"/cells/{CELL}/split/", said | {"on": wrong}, version=1).status_code == 400
    made = keeper.deed(f"/cells/{CELL}/split/", said | {"on": day}, version=1)
    assert (made.status_code, made.json()["state"], made.json()["cells"]) == (202, "planned", [CELL])
    assert keeper.deed(f"/cells/{CELL}/split/", said | {"on": day}, version=1).status_code == 409
    with budget("list planned changes"):
        (row,) = keeper.get("/cell-plans/").json()["results"]
    at = f"/cell-plans/{row['id']}/"
    assert keeper.deed(f"{at}withdraw/", {}, version=2).status_code == 412
    assert keeper.deed(f"{at}withdraw/", {}, version=1).json()["state"] == "withdrawn"
    assert keeper.deed(f"{at}withdraw/", {}, version=2).status_code == 409
    today = keeper.deed(f"/cells/{CELL}/split/", said | {"on": clock.today().isoformat()}, version=1)
    assert (today.status_code, today.json()["ended"]) == (200, [CELL])
