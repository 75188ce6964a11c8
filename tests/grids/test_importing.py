"""Grids from files: hostile files, what would change, and the change."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grids.importing import child, limits
from grids.importing.columns import fields_of
from grids.importing.reading import read_map
from grids.models import Cell, MapImport, MapJob, Territory
from grids.services import draw_cell, retire_cell
from grids.services.importing import apply_import, prepare_import, sweep_imports
from grids.tasks import do_jobs
from kernel.actors import SYSTEM
from kernel.errors import Conflict, NotAllowed, Stale, Unprocessable
from kernel.models import Event
from tests.factories.grids import square
from tests.world import CELL, MONDAY


def test_columns_are_known_by_their_usual_names():
    said = {"网格编码": " 370404001006001 ", "名称": "甲", "网格类型": "专属网格", "户数": "312.0", "人口": "x"}
    assert fields_of(said) == {
        "code": "370404001006001", "name": "甲", "kind": "dedicated", "households": 312, "residents": -1
    }  # fmt: skip


def shapefile(tmp_path, *, crs="EPSG:4548", encoding="GBK", leave=(), extra=None):
    """A Shapefile with Chinese names and attributes, packed as offices do it."""
    path = tmp_path / "a.shp"
    columns = [np.array([CELL], dtype=object), np.array(["工农网格"], dtype=object)]
    shapes = shapely.to_wkb(np.array([shapely.box(553000, 3848500, 554000, 3849500)]))
    pyogrio.raw.write(
        path, shapes, columns, ["网格编码", "名称"], geometry_type="Polygon", crs=crs, encoding=encoding,
        driver="ESRI Shapefile",
    )  # fmt: skip
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            if suffix not in leave and path.with_suffix(suffix).exists():
                archive.write(path.with_suffix(suffix), f"../../网格/map{suffix}")
        for name, body in (extra or {}).items():
            archive.writestr(name, body)
    return packed


def test_a_zipped_shapefile_in_gbk_and_gauss_krueger_is_read(tmp_path):
    read = read_map(shapefile(tmp_path, leave=(".cpg",)), system="auto")
    (feature,) = read.features
    assert (read.system, feature["said"]) == ("4548", {"网格编码": CELL, "名称": "工农网格"})
    west, south, *_rest = shapely.geometry.shape(feature["boundary"]).bounds
    assert (west, south) == pytest.approx((117.579, 34.763), abs=0.01)


ELSEWHERE = "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>%s</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
WKT = pyproj.CRS.from_epsg(4548).to_wkt("WKT1_ESRI")


def packed(**members):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return body.getvalue()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no_map"),
        (b"{", "no_map"),
        (b"[" * 200_000, "no_map"),
        (b"\x00\xff" * 50, "no_map"),
        (b'{"features": 7}', "no_map"),
        (json.dumps({"features": [0] * (limits.FEATURES + 1)}).encode(), "too_many"),
        (b"PK\x03\x04 and no more", "damaged"),
        (packed(a_txt="x"), "not_one"),
        (packed(a_shp="x", b_shp="y"), "not_one"),
        (packed(a_shp=b"\x00\x00\x27\x0a", a_dbf="y"), "no_system"),
        (packed(a_shp=b"\0" * 30_000_000), "bomb"),
        (packed(a_shp=ELSEWHERE % "CSV:/etc/passwd", a_prj=WKT), "damaged"),
        (packed(a_shp=ELSEWHERE % "/vsicurl/http://127.0.0.1:1/map.shp", a_prj=WKT), "damaged"),
    ],
)
def test_hostile_files_are_refused_with_a_reason(tmp_path, body, why):
    path = tmp_path / "file"
    path.write_bytes(body)
    with pytest.raises(Unprocessable) as refused:
        read_map(path, system="auto")
    assert refused.value.code == why


def test_what_only_calls_itself_a_shapefile_never_reaches_the_library(tmp_path):
    source = tmp_path / "a.zip"
    source.write_bytes(packed(a_shp=ELSEWHERE % "CSV:/etc/passwd", a_prj=WKT))
    with pytest.raises(child.BadMapError, match="damaged"):
        child._unpacked(source, tmp_path)


def test_the_reader_knows_one_format_and_no_network():
    said = "import pyogrio, os; print(sorted(pyogrio.list_drivers()), os.environ['CPL_VSIL_CURL_ALLOWED_EXTENSIONS'])"
    done = subprocess.run([sys.executable, "-c", said], env=limits.ENVIRONMENT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "['ESRI Shapefile'] .none"


def collection(*features):
    made = [{"type": "Feature", "properties": said, "geometry": shape} for said, shape in features]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


def prepared(tmp_path, *features):
    path = tmp_path / "map.json"
    path.write_bytes(collection(*features))
    return prepare_import(read=read_map(path, system="auto"), actor=SYSTEM, at=MONDAY)


VILLAGE = CELL[:12]
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.mark.django_db
def test_a_file_says_first_what_it_would_change(world, tmp_path):
    now = Cell.objects.get(code=CELL)
    held = prepared(
        tmp_path,
        ({"code": CELL, "name": now.name}, now.boundary),
        ({"code": f"{VILLAGE}002", "name": "新网格", "households": 310}, square(117.58, 34.785, side=0.005)),
        ({"code": f"{VILLAGE}003", "name": "压盖"}, square(117.585, 34.765)),
        ({"code": "37040400100", "name": "短"}, square(117.5, 34.7)),
        ({"code": f"{VILLAGE}004", "name": "蝴蝶结"}, BOW_TIE),
        ({"code": "370404999001001", "name": "村不存在"}, square(117.5, 34.7)),
        ({"code": f"{VILLAGE}005", "name": "点"}, {"type": "Point", "coordinates": [117.5, 34.7]}),
        ({"code": f"{VILLAGE}006"}, square(117.4, 34.6)),
        ({"code": f"{VILLAGE}007", "name": "x", "户数": "-3"}, square(117.3, 34.5)),
    )
    assert [line["verdict"] for line in held.lines] == ["same", "new", *["faulty"] * 7]
    assert all(line["reasons"] for line in held.lines[2:])
    assert CELL in held.lines[2]["reasons"][0]
    assert Cell.objects.count() == 3
    apply_import(import_id=held.pk, actor=SYSTEM, at=MONDAY)
    made = Cell.objects.get(code=f"{VILLAGE}002")
    assert (made.name, made.households, made.version, Cell.objects.count()) == ("新网格", 310, 1, 4)
    assert made.area_m2 == pytest.approx(254_000, rel=0.02)
    told = Event.objects.filter(name__in=["map.prepared", "map.imported", "cell.drawn"]).values_list("name", flat=True)
    assert sorted(told) == ["cell.drawn", "map.imported", "map.prepared"]
    with pytest.raises(Conflict):
        apply_import(import_id=held.pk, actor=SYSTEM, at=MONDAY)


@pytest.mark.django_db
def test_each_fault_of_a_file_has_its_place_on_the_map(world, tmp_path):
    Territory.objects.create(area_id="370404001007", boundary=square(117.60, 34.76, side=0.02), area_m2=1)
    held = prepared(
        tmp_path,
        ({"code": f"{VILLAGE}003", "name": "压盖"}, square(117.595, 34.765, side=0.004)),
        ({"code": f"{VILLAGE}004", "name": "蝴蝶结"}, BOW_TIE),
        ({"code": "370404001007001", "name": "出界"}, square(117.61, 34.76, side=0.02)),
        ({"code": "370404100201002", "name": "留缝"}, square(117.7201, 34.76, side=0.02)),
        ({"code": f"{VILLAGE}008", "name": "无穷"}, square(float("inf"), 34.7)),
    )
    told = [[(mark["code"], mark["blocking"]) for mark in line["marks"]] for line in held.lines]
    assert told == [
        [("overlap", True)],
        [("ring", True)],
        [("outside", True), ("gap", False)],
        [("gap", False)],
        [("ring", True)],
    ]
    overlap, ring, outside, gap, nowhere = (line["marks"][0]["shape"] for line in held.lines)
    assert shapely.geometry.shape(overlap).bounds == pytest.approx((117.595, 34.765, 117.599, 34.769), abs=1e-4)
    assert ring == {"type": "Point", "coordinates": [0.5, 0.5]}
    assert shapely.geometry.shape(outside).bounds == pytest.approx((117.62, 34.76, 117.63, 34.78), abs=1e-4)
    assert shapely.geometry.shape(gap).bounds == pytest.approx((117.72, 34.76, 117.7201, 34.78), abs=1e-4)
    assert nowhere is None
    assert [line["verdict"] for line in held.lines] == ["faulty"] * 3 + ["new", "faulty"]
    page = Client(headers={"accept-language": "en"})
    page.force_login(world.users["administrator"])
    at = f"/grids/import/{held.pk}/"
    drawn = page.get(f"{at}shapes.json").json()["features"]
    marks = {(one["properties"]["row"], one["properties"].get("mark")) for one in drawn}
    assert {(0, 0), (1, 0), (2, 0), (3, 0), (0, None), (1, None)} <= marks
    assert (4, None) not in marks
    text = page.get(at, {"row": "2"}).content.decode()
    assert 'data-pick="0" data-mark="0"' in text
    assert '<tr id="line-2" data-row="2" class="pointed">' in text
    only = page.get(f"{at}shapes.json", {"only": "remark"}).json()["features"]
    assert {one["properties"]["row"] for one in only} == {2, 3}
    page.force_login(world.users["director"])
    assert page.get(f"{at}shapes.json").status_code == 403


@pytest.mark.django_db
def test_what_no_base_can_keep_blames_its_line_and_nothing_else(world, tmp_path):
    path = tmp_path / "map.json"
    huge = {"type": "Polygon", "coordinates": [[[10**400, 1], [1, 1], [1, 0], [10**400, 1]]]}
    named = [("002", "ab\x00c", square(117.58, 34.785)), ("003", "a\u202eb", square(117.60, 34.785))]
    features = [({"code": f"{VILLAGE}{number}", "name": name}, shape) for number, name, shape in named]
    path.write_bytes(collection(*features, ({"code": f"{VILLAGE}004", "name": "大"}, huge)))
    held = prepare_import(read=read_map(path, system="wgs84"), actor=SYSTEM, at=MONDAY)
    assert [line["verdict"] for line in held.lines] == ["faulty"] * 3
    assert [one for line in held.lines[:2] for one in line["reasons"]] == ["文字中含有不被接受的字符。"] * 2
    assert held.lines[2]["boundary"] is None
    # Degrees read as metres lie nowhere.
    held = prepare_import(read=read_map(path, system="4527"), actor=SYSTEM, at=MONDAY)
    assert {line["boundary"] is None for line in held.lines} == {True}


@pytest.mark.django_db
def test_what_was_changed_since_the_preview_is_not_overwritten(world, tmp_path):
    held = prepared(tmp_path, ({"code": CELL, "name": "改名"}, square(117.58, 34.76, side=0.01)))
    assert held.lines[0]["verdict"] == "changed"
    Cell.objects.filter(code=CELL).update(version=2)
    with pytest.raises(Stale):
        apply_import(import_id=held.pk, actor=SYSTEM, at=MONDAY)
    assert Cell.objects.get(code=CELL).name == "第1网格"


@pytest.mark.django_db
def test_what_was_drawn_beside_it_since_the_preview_stops_the_file(world, tmp_path):
    new = ({"code": f"{VILLAGE}002", "name": "新网格"}, square(117.58, 34.785, side=0.005))
    held, beyond = prepared(tmp_path, new), prepared(tmp_path, new)
    draw_cell(
        code=f"{VILLAGE}003", name="先画", kind="basic", boundary=square(117.582, 34.785, side=0.005), actor=SYSTEM,
        at=MONDAY,
    )  # fmt: skip
    with pytest.raises(Stale):
        apply_import(import_id=held.pk, actor=SYSTEM, at=MONDAY)
    retire_cell(code=f"{VILLAGE}003", actor=SYSTEM, at=MONDAY)
    assert prepared(tmp_path, new).lines[0]["marks"] == []  # what was taken off the map is in nobody's way
    Territory.objects.update_or_create(
        pk=VILLAGE, defaults={"boundary": square(117.50, 34.70, side=0.01), "area_m2": 1}
    )
    with pytest.raises(Stale):
        apply_import(import_id=beyond.pk, actor=SYSTEM, at=MONDAY)
    assert not Cell.objects.filter(code=f"{VILLAGE}002").exists()
    assert (sweep_imports(at=MONDAY + timedelta(days=89)), sweep_imports(at=MONDAY + timedelta(days=91))) == (0, 3)


@pytest.mark.django_db
def test_only_who_keeps_the_map_brings_files_and_the_pages_lead_through(world):
    def enter(name):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[name])
        return client

    admin, director = enter("administrator"), enter("director")
    file = SimpleUploadedFile("map.json", collection(({"code": f"{VILLAGE}002", "name": "N"}, square(117.58, 34.785))))
    assert director.post("/grids/import/", {"file": file, "system": "auto"}).status_code == 403
    file.seek(0)
    sent = admin.post("/grids/import/", {"file": file, "system": "auto"})
    job = MapJob.objects.get()
    assert sent.headers["Location"] == f"/grids/jobs/{job.pk}/"
    assert do_jobs() == 1
    made = MapImport.objects.get()
    assert admin.get(f"/grids/jobs/{job.pk}/").headers["Location"] == f"/grids/import/{made.pk}/"
    assert f"{VILLAGE}002" in admin.get(f"/grids/import/{made.pk}/").content.decode()
    assert director.post(f"/grids/import/{made.pk}/apply/").status_code == 403
    assert admin.post(f"/grids/import/{made.pk}/apply/").status_code == 302
    assert len(director.get("/grids/export.geojson", {"inside": VILLAGE}).json()["features"]) == 2
    for query, count in (({"q": "第1"}, 1), ({"kind": "dedicated"}, 0), ({"inside": VILLAGE, "q": "N"}, 1)):
        assert len(director.get("/grids/export.geojson", query).json()["features"]) == count
    with pytest.raises(NotAllowed):
        apply_import(import_id=made.pk, actor=world.actor("director"), at=MONDAY)
