"""Drawing and retiring grids."""

import json
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from grids.choices import CellKind
from grids.models import Cell, MapVersion, Territory
from grids.queries import forget, locate, workers_of
from grids.services import draw_cell, retire_cell
from kernel.actors import PUBLIC, SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.models import Event
from organizations.choices import Role
from tests.factories import grids as draw
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CODE = f"{make.VILLAGE}001"


@pytest.fixture(autouse=True)
def _fresh_index():
    make.area(make.VILLAGE)
    forget()
    yield
    forget()


def put(code=CODE, lng=117.5, lat=34.7, **fields):
    given = {"name": "grid", "kind": CellKind.BASIC, "boundary": draw.square(lng, lat)} | fields
    return draw_cell(code=code, actor=SYSTEM, at=AT, **given)


def test_a_drawn_grid_knows_its_area_its_middle_and_its_village(django_capture_on_commit_callbacks):
    locate(lng=117.505, lat=34.705)
    with django_capture_on_commit_callbacks(execute=True):
        drawn = put(households=300, residents=900)
    assert (drawn.village_id, drawn.lng, drawn.lat) == (make.VILLAGE, 117.505, 34.705)
    assert drawn.area_m2 == pytest.approx(1113.2 * 1113.2 * 0.8221, rel=0.001)
    assert locate(lng=117.505, lat=34.705).cell_code == CODE
    event = Event.objects.get()
    assert (event.name, event.payload["cell_code"]) == ("cell.drawn", CODE)


def test_a_grid_drawn_anew_keeps_its_code():
    put()
    put(boundary=draw.square(117.6, 34.7))
    assert Cell.objects.get().lng == pytest.approx(117.605)


def test_what_is_kept_is_the_shape_and_not_the_text():
    ring = [[lng, lat, 7.5] for lng, lat in draw.square(117.5, 34.7)["coordinates"][0]]
    drawn = put(boundary={"type": "Polygon", "coordinates": [ring], "crs": "x", "bbox": [float("nan")]})
    drawn.refresh_from_db()
    assert drawn.boundary == draw.square(117.5, 34.7)
    for number in (10**400, float("nan")):
        with pytest.raises(Invalid), transaction.atomic():
            put(boundary={"type": "Polygon", "coordinates": [[[number, 34], *ring[1:-1], [number, 34]]]})


def test_what_was_taken_off_the_map_is_drawn_again_like_one_that_is_new():
    put()
    with pytest.raises(Stale), transaction.atomic():
        put(version=0)
    retire_cell(code=CODE, actor=SYSTEM, at=AT)
    assert Cell.objects.get().version == 2
    assert put(version=0).version == 3


def test_basic_grids_do_not_overlap_but_may_touch():
    put()
    put(f"{make.VILLAGE}002", lng=117.51)
    put(f"{make.VILLAGE}003", lng=117.49001)
    with pytest.raises(Conflict) as refused, transaction.atomic():
        put(f"{make.VILLAGE}004", lng=117.505)
    assert refused.value.details["cell"] in (CODE, f"{make.VILLAGE}002")
    put(f"{make.VILLAGE}501", lng=117.505, kind=CellKind.DEDICATED, host_kind="school")


BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"boundary": {"type": "Point", "coordinates": [117.5, 34.7]}}, "boundary"),
        ({"boundary": {"type": "Polygon"}}, "boundary"),
        ({"boundary": {"type": "Polygon", "coordinates": [[[0, 0], [1, "x"], [1, 1]]]}}, "boundary"),
        ({"boundary": {"type": "Polygon", "coordinates": []}}, "boundary"),
        ({"boundary": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}}, "boundary"),
        ({"boundary": draw.square(179.995, 34.7)}, "boundary"),
        ({"boundary": BOW_TIE}, "boundary"),
        ({"boundary": []}, "boundary"),
        ({"kind": "round"}, "kind"),
        ({"name": ""}, "name"),
        ({"code": f"{make.VILLAGE}00x"}, "code"),
        ({"households": -1}, "households"),
        ({"kind": CellKind.DEDICATED}, "__all__"),
        ({"host_kind": "school"}, "__all__"),
    ],
)
def test_what_cannot_be_drawn_names_the_field(fields, wrong):
    with pytest.raises(Invalid) as refused, transaction.atomic():
        put(**fields)
    assert wrong in refused.value.fields
    assert not Cell.objects.exists()


def test_a_grid_lies_in_a_village_that_is_there():
    for code in ("370404101999001", f"{make.TOWNSHIP}001"):
        with pytest.raises(Missing), transaction.atomic():
            put(code)


def test_a_grid_is_retired_when_nobody_works_there_any_more():
    put()
    held = make.posting(Role.GRIDWORKER, cell_code=CODE)
    with pytest.raises(Conflict) as refused, transaction.atomic():
        retire_cell(code=CODE, actor=SYSTEM, at=AT)
    assert refused.value.details == {"users": [held.user_id]}
    held.valid_until = AT
    held.save()
    retire_cell(code=CODE, actor=SYSTEM, at=AT)
    assert not Cell.objects.drawn().exists()
    with pytest.raises(Missing), transaction.atomic():
        retire_cell(code=CODE, actor=SYSTEM, at=AT)


def test_only_who_keeps_the_reference_data_draws():
    for deed in (
        lambda: draw_cell(code=CODE, name="x", kind="basic", boundary={}, actor=PUBLIC, at=AT),
        lambda: retire_cell(code=CODE, actor=PUBLIC, at=AT),
    ):
        with pytest.raises(NotAllowed), transaction.atomic():
            deed()


def test_workers_are_leaders_first_and_only_those_in_force():
    leader = make.posting(Role.GRID_LEADER, cell_code=CODE, user=make.user(display_name="李梅", work_phone="0632-1"))
    worker = make.posting(Role.GRIDWORKER, cell_code=CODE)
    make.posting(Role.GRIDWORKER, cell_code=CODE, valid_until=AT)
    make.posting(Role.GRIDWORKER, cell_code=CODE, user=make.user(is_active=False))
    found = workers_of(CODE, at=AT)
    assert [(one.user_id, one.role) for one in found] == [
        (leader.user_id, "grid_leader"),
        (worker.user_id, "gridworker"),
    ]
    assert (found[0].name, found[0].phone) == ("李梅", "0632-1")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"code": "37040410124300１"}, "cell_code_15_digits"),
        ({"village_id": make.TOWNSHIP}, "cell_code_in_village"),
        ({"kind": "round"}, "cell_kind_known|cell_host_fits_kind"),
        ({"host_kind": "school"}, "cell_host_fits_kind"),
        ({"lng": 181}, "cell_point_on_earth"),
    ],
)
def test_the_database_refuses_what_is_no_grid(fields, name):
    draw.cell()
    with pytest.raises(IntegrityError, match=name):
        Cell.objects.update(**fields)


def test_every_change_of_the_map_is_stamped_anew():
    draw.cell()
    before = MapVersion.objects.get().stamp
    Cell.objects.update(phone="0632-1")
    assert MapVersion.objects.get().stamp > before


def test_a_border_changed_by_two_is_saved_by_the_first():
    first = put()
    put(version=first.version, name="anew")
    with pytest.raises(Stale), transaction.atomic():
        put(version=first.version, name="late")
    assert (Cell.objects.get().name, Cell.objects.get().version) == ("anew", 2)
    with pytest.raises(Stale), transaction.atomic():
        put(version=0)  # somebody has drawn the same code meanwhile


def test_a_strip_and_a_little_overlap_are_saved_when_they_were_seen():
    put()
    with pytest.raises(Conflict) as refused, transaction.atomic():
        put(f"{make.VILLAGE}002", lng=117.5101, confirmed=False)  # nine metres beside
    assert refused.value.code == "not_confirmed"
    assert refused.value.details["fault"] == "strip"
    put(f"{make.VILLAGE}002", lng=117.5101)
    with pytest.raises(Conflict) as refused, transaction.atomic():
        put(f"{make.VILLAGE}003", lng=117.49001, confirmed=False)
    assert refused.value.details == {"cell": CODE, "fault": "overlap", "area_m2": pytest.approx(1018, abs=40)}


def test_a_grid_stays_in_its_village():
    Territory.objects.create(area_id=make.VILLAGE, boundary=draw.square(117.5, 34.7), area_m2=1)
    put()
    with pytest.raises(Conflict) as refused, transaction.atomic():
        put(lng=117.502)
    assert refused.value.details["fault"] == "outside"


def drawn_form(**said):
    given = {"version": 0, "code": CODE, "name": "grid", "kind": "basic", "households": 300, "residents": 900}
    return given | {"boundary": json.dumps(draw.square(117.5, 34.7))} | said


def test_the_page_shows_the_faults_before_it_saves(client):
    client.force_login(make.posting(Role.ADMINISTRATOR).user)
    assert client.post("/grids/draw/", drawn_form(check="1")).status_code == 200
    assert not Cell.objects.exists()
    assert client.post("/grids/draw/", drawn_form()).status_code == 302
    beside = drawn_form(code=f"{make.VILLAGE}002", boundary=json.dumps(draw.square(117.5101, 34.7)))
    refused = client.post("/grids/draw/", beside)
    assert refused.status_code == 409
    assert b'name="confirmed"' in refused.content
    assert client.post("/grids/draw/", beside | {"confirmed": "on"}).status_code == 302
    changed = client.get(f"/grids/{CODE}/draw/").context["form"].initial
    assert changed["version"] == 1
    assert client.post(f"/grids/{CODE}/draw/", drawn_form(version=7)).status_code == 412
    for boundary in ("{", "[]", "7", '{"type": "Feature"}', json.dumps(BOW_TIE), "[" * 5000):
        assert client.post("/grids/draw/", drawn_form(version=1, boundary=boundary)).status_code in (400, 422)
    client.force_login(make.posting(Role.CENTER_DIRECTOR).user)
    assert client.get(f"/grids/{CODE}/draw/").status_code == 403
