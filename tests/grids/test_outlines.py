"""Outlines of areas and people on the card of a grid: drawn, imported, ended, on their pages."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from grids.importing.reading import Read
from grids.models import Cell, CellStaff, MapImport, Territory
from grids.services.importing import apply_import, prepare_import
from grids.services.outlines import draw_outline
from grids.tasks import do_jobs
from kernel import clock
from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.models import Event
from tests.factories.grids import square
from tests.world import CELL, EAST, EAST_OTHER, EAST_VILLAGE, MONDAY, WEST_VILLAGE

pytestmark = pytest.mark.django_db
WHOLE = square(117.58, 34.76, side=0.02)


def draw(code=EAST_VILLAGE, boundary=WHOLE, **said):
    return draw_outline(area_code=code, boundary=boundary, **({"actor": SYSTEM, "at": MONDAY} | said))


def test_an_outline_lies_over_no_sibling_and_asks_before_it_leaves_a_grid_out(world):
    drawn = draw(version=0)
    assert (drawn.version, drawn.area_m2) == (1, pytest.approx(4_077_000, rel=0.02))
    assert Event.objects.get().payload == {"area_code": EAST_VILLAGE, "area_m2": drawn.area_m2}
    with pytest.raises(Conflict) as refused, transaction.atomic():
        draw(EAST_OTHER, square(117.595, 34.76, side=0.025), confirmed=True)
    assert (refused.value.code, refused.value.details["other"]) == ("does_not_fit", EAST_VILLAGE)
    with pytest.raises(Conflict) as refused, transaction.atomic():
        draw(EAST_OTHER, square(117.60, 34.76, side=0.01))
    assert refused.value.details["fault"] == "left_out"
    draw(EAST_OTHER, square(117.60, 34.76, side=0.01), confirmed=True)
    draw(EAST, square(117.58, 34.76, side=0.04))  # a township lies over its villages
    for wrong, error in (
        ({"version": 0}, Stale), ({"code": "370404999999"}, Missing), ({"code": "370404000000"}, Missing),
        ({"boundary": {"type": "Point"}}, Invalid), ({"actor": world.actor("director")}, NotAllowed),
    ):  # fmt: skip
        with pytest.raises(error), transaction.atomic():
            draw(**wrong)


def test_a_file_of_outlines_is_looked_at_and_applied_like_one_of_grids(world):
    draw(EAST_OTHER, square(117.60, 34.76, side=0.02))
    said = [
        (EAST_VILLAGE, WHOLE), (EAST[:9], square(117.58, 34.76, side=0.04)), (WEST_VILLAGE, square(117.61, 34.77)),
        ("123", WHOLE), (EAST_OTHER, square(117.60, 34.76, side=0.02)),
    ]  # fmt: skip
    read = Read("wgs84", [{"said": {"区划代码": code}, "boundary": shape} for code, shape in said])
    held = prepare_import(read=read, of="outlines", actor=SYSTEM, at=MONDAY)
    assert [line["verdict"] for line in held.lines] == ["new", "new", "faulty", "faulty", "same"]
    assert held.lines[2]["marks"][0]["code"] == "overlap"
    with pytest.raises(Stale), transaction.atomic():
        apply_import(import_id=held.pk, version=7, actor=SYSTEM, at=MONDAY)
    apply_import(import_id=held.pk, version=1, actor=SYSTEM, at=MONDAY)
    assert set(Territory.objects.values_list("pk", flat=True)) == {EAST_VILLAGE, EAST_OTHER, EAST}
    assert Event.objects.filter(name="outline.drawn").count() == 3


def test_the_pages_of_outlines(world):
    page = Client(headers={"accept-language": "en"})
    page.force_login(world.users["administrator"])
    at = f"/grids/outlines/{EAST_VILLAGE}/"
    taken = page.post(at, {"grids": "1"})
    assert taken.context["form"].initial["boundary"]
    said = {"version": 0, "boundary": json.dumps(WHOLE)}
    assert page.post(at, said | {"check": "1"}).context["checked"]
    assert not Territory.objects.exists()
    assert page.post(at, said).status_code == 302
    assert page.post(at, said).status_code == 412
    for boundary in ("{", "[]", '{"type": "Feature"}', '{"type": "Polygon", "coordinates": [[["a"]]]}'):
        assert page.post(at, said | {"version": 1, "boundary": boundary}).status_code in (400, 422)
    shown = page.get("/grids/outlines/", {"area": EAST[:9]}).content.decode()
    assert "工农社区" in shown
    assert "工农社区" not in page.get("/grids/outlines/", {"area": EAST[:9], "missing": "on"}).content.decode()
    (one,) = page.get("/grids/outlines.json").json()["features"]
    assert (one["id"], one["properties"]["label"]) == (EAST_VILLAGE, "工农社区")
    feature = {"type": "Feature", "properties": {"code": EAST_OTHER}, "geometry": square(117.60, 34.76, side=0.02)}
    body = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    page.post("/grids/import/", {"file": SimpleUploadedFile("o.json", body), "system": "auto", "of": "outlines"})
    do_jobs()
    held = MapImport.objects.get()
    assert page.get(f"/grids/import/{held.pk}/").status_code == 200
    done = page.post(f"/grids/import/{held.pk}/apply/", {"version": 1})
    assert done.headers["Location"] == "/grids/outlines/"
    page.force_login(world.users["director"])
    assert page.get("/grids/outlines/").status_code == 200
    assert page.get(at).status_code == 403
    page.force_login(world.users["administrator"])
    assert page.get("/grids/outlines/370404999999/").status_code == 404


def test_people_are_put_on_the_card_and_taken_off_it(world):
    page = Client(headers={"accept-language": "en"})
    page.force_login(world.users["administrator"])
    at, today = f"/grids/{CELL}/staff/", clock.today()
    said = {"kind": "police", "name": "王警官", "phone": "0632-1", "valid_from": "2026-01-01"}
    for wrong in ({"name": ""}, {"kind": "king"}, {"valid_from": "x"}):
        assert page.post(at, said | wrong).status_code == 422
    assert page.post(at, said).status_code == 302
    one = CellStaff.objects.get()
    text = page.get(at).content.decode()
    assert "王警官" in text
    assert "grid_leader" in text  # whoever is posted with an account stands beside
    assert page.post(f"{at}{one.pk}/end/", {"on": "2025-12-31"}).status_code == 400
    assert page.post(f"{at}{one.pk}/end/", {"on": today.isoformat()}).status_code == 302
    one.refresh_from_db()
    assert one.valid_until == today
    assert "Served before" in page.get(at).content.decode()
    assert page.post(f"{at}{one.pk}/end/", {"on": today.isoformat()}).status_code == 409
    assert page.get(f"/grids/{EAST_OTHER}001/staff/{one.pk}/end/").status_code == 404
    assert Cell.objects.get(code=CELL).version == 1
