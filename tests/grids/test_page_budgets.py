"""Every page of the map and every list of its API, with some rows, within its number of questions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grids.importing.reading import Read
from grids.models import Cell, CellPlan, CellStaff, Finding, MapImport, MapJob, Territory
from grids.queries import forget
from grids.services.auditing import run_audit
from grids.services.importing import prepare_import
from grids.services.jobs import ask_audit
from grids.services.planning import plan_merger
from kernel import clock
from kernel.actors import SYSTEM
from tests.api.test_budgets import budget
from tests.factories.grids import cell, square
from tests.grids.test_audit import enter
from tests.world import CELL, EAST, EAST_OTHER, EAST_VILLAGE, WEST_VILLAGE

pytestmark = pytest.mark.django_db
SOUTH = f"{EAST_VILLAGE}010"

PAGES = {
    "page: list of grids": "/grids/",
    "page: card of a grid": f"/grids/{CELL}/",
    "page: border of a grid": f"/grids/{CELL}/boundary.json",
    "page: drawing a grid": f"/grids/{CELL}/draw/",
    "page: splitting a grid": f"/grids/{CELL}/split/",
    "page: merging grids": f"/grids/{CELL}/merge/",
    "page: staff of a grid": f"/grids/{CELL}/staff/",
    "page: outlines": "/grids/outlines/",
    "page: an outline": f"/grids/outlines/{EAST_OTHER}/",
    "page: shapes of outlines": "/grids/outlines.json",
    "page: shapes of grids": "/grids/cells.json",
    "page: shapes of findings": "/grids/findings.json",
    "page: import grids": "/grids/import/",
    "page: export of grids": "/grids/export.geojson",
}
ROWS = {
    "page: import preview": (MapImport, "/grids/import/{pk}/"),
    "page: shapes of an import": (MapImport, "/grids/import/{pk}/shapes.json"),
    "page: a job on the map": (MapJob, "/grids/jobs/{pk}/"),
    "page: a planned change of grids": (CellPlan, "/grids/plans/{pk}/"),
    "page: withdrawing a planned change": (CellPlan, "/grids/plans/{pk}/withdraw/"),
    "page: a finding": (Finding, "/grids/findings/{pk}/"),
    "page: assigning a finding": (Finding, "/grids/findings/{pk}/assign/"),
    "page: accepting a finding": (Finding, "/grids/findings/{pk}/accept/"),
    "page: shape of a finding": (Finding, "/grids/findings/{pk}/shape.json"),
    "page: end of staff": (CellStaff, f"/grids/{CELL}/staff/{{pk}}/end/"),
}
LISTS = {
    "list grids": "/api/v1/cells/",
    "show a grid": f"/api/v1/cells/{CELL}/",
    "list outlines": "/api/v1/outlines/",
    "list findings": "/api/v1/map-findings/",
    "list map audits": "/api/v1/map-audits/",
    "list map imports": "/api/v1/map-imports/",
    "list map jobs": "/api/v1/map-jobs/",
    "list people on cards": "/api/v1/cell-staff/",
    "list planned changes": "/api/v1/cell-plans/",
}


@pytest.fixture
def full(world):
    """Three rows and more of everything that is listed; the moment they were made at."""
    at, keeper = clock.now(), world.actor("administrator")
    forget()
    cell(SOUTH, 117.58, 34.74, side=0.02)
    old = Cell.objects.get(code=CELL)
    for number, area in enumerate((EAST_OTHER, EAST, WEST_VILLAGE)):
        cell(f"{EAST_VILLAGE}02{number}", 117.2 + number / 10, 34.6)
        Territory.objects.create(area_id=area, area_m2=1, boundary=square(118.0 + number, 34.7))
        CellStaff.objects.create(cell=old, kind="police", name=f"n{number}", valid_from=timezone.localdate())
        said = {"said": {"code": f"{EAST_VILLAGE}07{number}", "name": "新"}, "boundary": square(117.3, 34.5)}
        prepare_import(read=Read("wgs84", [said] * 3), actor=SYSTEM, at=at)
        run_audit(actor=SYSTEM, at=at)
    soon = timezone.localdate() + timedelta(days=9)
    plan_merger(code=CELL, other=SOUTH, name="合", reason="太小", on=soon, actor=keeper, at=at)
    ask_audit(language="en", actor=keeper, at=at)


def test_every_page_and_list_keeps_its_budget(world, full):
    admin = enter(world, "administrator")
    admin.get("/grids/")
    asked = PAGES | LISTS | {name: at.format(pk=model.objects.first().pk) for name, (model, at) in ROWS.items()}
    for name, address in asked.items():
        with budget(name):
            assert admin.get(address).status_code == 200, address
