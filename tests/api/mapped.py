"""Grids, outlines and files of them for the table of access: drawn, split, merged, handed in, applied."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from grids.importing.reading import Read
from grids.models import Cell, CellPlan, CellStaff, MapImport, MapJob, Territory
from grids.queries import forget
from grids.queries.reshaping import serving
from grids.services.importing import prepare_import
from grids.services.jobs import ask_audit
from grids.services.planning import plan_merger
from grids.services.staffing import staff_cell
from kernel import clock
from kernel.actors import SYSTEM
from tests.world import CELL, EAST_OTHER, EAST_VILLAGE, World

LINE = {"type": "LineString", "coordinates": [[117.585, 34.75], [117.585, 34.79]]}
PART = {"households": 0, "residents": 0}
NEXT = f"{EAST_VILLAGE}077"


def box(west: float, south: float, side: float = 0.02) -> dict[str, Any]:
    """A square as GeoJSON."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class Named:
    """A row that is asked for by its code."""

    def __init__(self, row: Any, code: str) -> None:
        self.row, self.pk, self.version = row, code, row.version

    def refresh_from_db(self) -> None:
        """As the row is now."""
        self.row.refresh_from_db()
        self.version = self.row.version


KINDS = (Named, MapImport, MapJob, CellStaff, CellPlan)
CREATING = ("/cells/", "/cell-staff/")


def splitting(_world: World, _thing: Any) -> dict[str, Any]:
    staff = {one.key: "both" for one in serving([CELL], at=clock.now())}
    parts = {"first": {**PART, "name": "西"}, "second": {**PART, "name": "东"}}
    return {"line": LINE, **parts, "staff": staff, "reason": "太大"}


def handing_in(_world: World, _thing: Any) -> dict[str, Any]:
    feature = {"type": "Feature", "properties": {"code": NEXT, "name": "新"}, "geometry": box(117.5, 34.5)}
    made = BytesIO(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    made.name = "map.json"
    return {"file": made}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "POST /cells/": ("cell", {"code": NEXT, "name": "新", "kind": "basic", "boundary": box(117.5, 34.5)}),
    "POST /cells/{code}/draw/": ("cell", {"boundary": box(117.58, 34.76)}),
    "POST /cells/{code}/split-preview/": ("cell", {"line": LINE}),
    "POST /cells/{code}/split/": ("cell", splitting),
    "POST /cells/{code}/merge-preview/": ("cell", {"other": f"{EAST_VILLAGE}009"}),
    "POST /cells/{code}/merge/": (
        "cell", {"other": f"{EAST_VILLAGE}009", "other_version": 1, "name": "合", "reason": "太小"}
    ),
    "GET /outlines/": ("outline", None),
    "GET /outlines/{code}/": ("outline", None),
    "POST /outlines/{code}/draw/": ("outline", {"boundary": box(117.60, 34.76)}),
    "GET /map-imports/": ("map_import", None),
    "POST /map-imports/": ("map_import", handing_in),
    "GET /map-imports/{pk}/": ("map_import", None),
    "POST /map-imports/{pk}/apply/": ("map_import", {}),
    "GET /cell-staff/": ("staffed", None),
    "GET /cell-staff/{pk}/": ("staffed", None),
    "POST /cell-staff/": ("staffed", {"cell": CELL, "kind": "police", "name": "王", "valid_from": "2026-01-01"}),
    "POST /cell-staff/{pk}/end/": ("staffed", {"on": "2027-01-01"}),
    "GET /cell-plans/": ("cell_plan", None),
    "GET /cell-plans/{pk}/": ("cell_plan", None),
    "POST /cell-plans/{pk}/withdraw/": ("cell_plan", {}),
    "GET /map-jobs/": ("audit_job", None),
    "GET /map-jobs/{pk}/": ("audit_job", None),
}  # fmt: skip

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads, nobody
    "POST /cells/":                                    "-- ----- ---- - --- --x- ----- !",
    "POST /cells/{code}/draw/":                        "-- ----- ---- - --- --x- ----- !",
    "POST /cells/{code}/split-preview/":               "-- ----- ---- - --- --x- ----- !",
    "POST /cells/{code}/split/":                       "-- ----- ---- - --- --x- ----- !",
    "POST /cells/{code}/merge-preview/":               "-- ----- ---- - --- --x- ----- !",
    "POST /cells/{code}/merge/":                       "-- ----- ---- - --- --x- ----- !",
    "GET /outlines/":                                  "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /outlines/{code}/":                           "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /outlines/{code}/draw/":                     "-- ----- ---- - --- --x- ----- !",
    "GET /map-imports/":                               "-- ----- ---- - --- --x- ----- !",
    "POST /map-imports/":                              "-- ----- ---- - --- --x- ----- !",
    "GET /map-imports/{pk}/":                          "-- ----- ---- - --- --x- ----- !",
    "POST /map-imports/{pk}/apply/":                   "-- ----- ---- - --- --x- ----- !",
    "GET /cell-staff/":                                "-- ----- ---- - --- --x- ----- !",
    "GET /cell-staff/{pk}/":                           "-- ----- ---- - --- --x- ----- !",
    "POST /cell-staff/":                               "-- ----- ---- - --- --x- ----- !",
    "POST /cell-staff/{pk}/end/":                      "-- ----- ---- - --- --x- ----- !",
    "GET /cell-plans/":                                "-- ----- ---- - --- --x- ----- !",
    "GET /cell-plans/{pk}/":                           "-- ----- ---- - --- --x- ----- !",
    "POST /cell-plans/{pk}/withdraw/":                 "-- ----- ---- - --- --x- ----- !",
    "GET /map-jobs/":                                  "-- ----- --x- - --- --x- ----- !",
    "GET /map-jobs/{pk}/":                             "-- ----- --x- - --- --x- ----- !",
}
# fmt: on


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """The grid of the village with a neighbour to the south, the outline of the other village, a file, and a job."""
    Cell.objects.create(
        code=f"{EAST_VILLAGE}009", name="南", kind="basic", village_id=EAST_VILLAGE, boundary=box(117.58, 34.74),
        lng=117.59, lat=34.75, area_m2=4_000_000,
    )  # fmt: skip
    forget()
    outline = Territory.objects.create(area_id=EAST_OTHER, boundary=box(117.60, 34.76), area_m2=4_000_000)
    said = {"said": {"code": f"{EAST_VILLAGE}078", "name": "新"}, "boundary": box(117.5, 34.5)}
    held = prepare_import(read=Read("wgs84", [said]), actor=SYSTEM, at=at)
    plan = plan_merger(
        code=CELL, other=f"{EAST_VILLAGE}009", name="合", reason="太小", on=at.date() + timedelta(days=30),
        actor=SYSTEM, at=at,
    )  # fmt: skip
    police = staff_cell(code=CELL, kind="police", name="李", valid_from=date(2026, 1, 1), actor=SYSTEM, at=at)
    job = ask_audit(language="en", actor=world.actor("director"), at=at)
    named = {"cell": Named(Cell.objects.get(code=CELL), CELL), "outline": Named(outline, EAST_OTHER)}
    return named | {"map_import": held, "audit_job": job, "staffed": police, "cell_plan": plan}
