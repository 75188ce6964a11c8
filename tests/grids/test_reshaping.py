"""Grids split in two and merged into one: ground, numbers, people, open cases, and what is refused."""

from datetime import timedelta

import pytest
import shapely
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from grids.choices import Part
from grids.models import Cell, CellChange, CellStaff, Succession, Territory
from grids.queries import forget, locate
from grids.queries.reshaping import serving
from grids.services import draw_cell
from grids.services.reshaping import Fresh, merge_cells, split_cell
from kernel import clock
from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.models import Event
from kernel.relay import deliver_everything
from liaisons.models import Assignment
from organizations.models import Posting
from petitions.models import Petition
from tests.factories.grids import cell, square
from tests.journeys.steps import filed
from tests.world import CELL, EAST_VILLAGE, MONDAY

pytestmark = pytest.mark.django_db
FIRST, SECOND = f"{EAST_VILLAGE}002", f"{EAST_VILLAGE}003"
# The grid of the world is a square from 117.58, 34.76 with sides of 0.02 degrees; this cuts it from north to south.
DOWN = {"type": "LineString", "coordinates": [[117.585, 34.75], [117.585, 34.79]]}


@pytest.fixture(autouse=True)
def _fresh_index():
    forget()
    with translation.override("en"):
        yield
    forget()


def everybody(part=Part.BOTH, code=CELL):
    return {one.key: part for one in serving([code], at=MONDAY)}


def split(**said):
    given = {
        "code": CELL, "line": DOWN, "first": Fresh(name="西", households=0, residents=0),
        "second": Fresh(name="东", households=0, residents=0), "reason": "太大", "actor": SYSTEM,
        "at": MONDAY,
    }  # fmt: skip
    given["staff"] = everybody(code=said.get("code", CELL))
    return split_cell(**(given | said))


def ground(*codes):
    return shapely.union_all([shapely.geometry.shape(one.boundary) for one in Cell.objects.filter(code__in=codes)])


def test_one_grid_becomes_two_with_the_next_numbers_and_all_of_the_ground(world):
    before = ground(CELL)
    Cell.objects.filter(code=CELL).update(households=300, residents=900, phone="0632-1")
    parts = (Fresh(name="西", households=100, residents=300), Fresh(name="东", households=200, residents=600))
    change = split(first=parts[0], second=parts[1], version=1)
    old, west, east = Cell.objects.filter(village=EAST_VILLAGE).order_by("code")
    assert (old.active, old.ends_on, old.version) == (False, MONDAY.date(), 2)
    assert [(one.code, one.name, one.households, one.phone) for one in (west, east)] == [
        (FIRST, "西", 100, "0632-1"), (SECOND, "东", 200, "0632-1")
    ]  # fmt: skip
    assert west.lng < 117.585 < east.lng
    assert (west.begins_on, west.area_m2 + east.area_m2) == (MONDAY.date(), pytest.approx(4_077_000, rel=0.02))
    assert shapely.equals(ground(FIRST, SECOND), before)
    assert {(one.old.code, one.new.code) for one in change.successions.all()} == {(CELL, FIRST), (CELL, SECOND)}
    told = Event.objects.get(name="cell.split").payload
    assert (told["cell_code"], told["into"], told["rest"]) == (CELL, [FIRST, SECOND], FIRST)
    forget()
    assert locate(lng=117.59, lat=34.77).cell_code == SECOND


def test_a_number_is_never_given_twice_and_an_ended_grid_never_changes(world):
    cell(f"{EAST_VILLAGE}007", 117.4, 34.6, active=False)  # taken off the map long ago
    first = split()
    assert sorted(one.new.code[-3:] for one in first.successions.all()) == ["008", "009"]
    across = {"type": "LineString", "coordinates": [[117.57, 34.77], [117.6, 34.77]]}
    again = split(code=f"{EAST_VILLAGE}008", line=across, at=MONDAY + timedelta(hours=1))
    assert sorted(one.new.code[-3:] for one in again.successions.all()) == ["010", "011"]
    assert Cell.objects.get(code=f"{EAST_VILLAGE}010").lat > 34.77  # north before south
    with pytest.raises(Conflict) as refused, transaction.atomic():
        draw_cell(code=CELL, name="x", kind="basic", boundary=square(117.4, 34.6), actor=SYSTEM, at=MONDAY)
    assert refused.value.code == "ended"
    for change in (
        lambda: Cell.objects.filter(code=CELL).update(active=True, ends_on=None),
        lambda: Succession.objects.all().delete(),
        lambda: CellChange.objects.update(reason="y"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([[117.585, 34.77], [117.585, 34.79]], "from one side"),  # ends inside
        ([[117.5, 34.5], [117.5, 34.6]], "from one side"),  # elsewhere
        ([[117.575, 34.765], [117.605, 34.765], [117.605, 34.77], [117.575, 34.77]], "3 pieces"),
        ([[117.58001, 34.75], [117.58001, 34.79]], None),  # a strip of a metre: 2,000 m2 are enough to be a grid
        ([[117.580001, 34.75], [117.580001, 34.79]], "would have only"),
    ],
)
def test_a_cut_that_would_not_leave_two_grids_is_refused(world, line, words):
    shape = {"type": "LineString", "coordinates": line}
    if words is None:
        split(line=shape)
        return
    with pytest.raises(Conflict, match=words) as refused, transaction.atomic():
        split(line=shape)
    assert refused.value.code == "does_not_fit"
    assert Cell.objects.get(code=CELL).active


@pytest.mark.parametrize(
    "line", [{}, {"type": "Point", "coordinates": [1, 1]}, {"type": "LineString"}, {"type": "LineString", "coordinates":
             [["x", 1], [2, 2]]}, {"type": "LineString", "coordinates": [[float("inf"), 1], [2, 2]]}, []],
)  # fmt: skip
def test_what_is_no_line_names_the_field(world, line):
    with pytest.raises(Invalid) as refused, transaction.atomic():
        split(line=line)
    assert "line" in refused.value.fields


def test_who_serves_the_grid_is_named_one_by_one_and_goes_on_without_a_break(world):
    instructor = CellStaff.objects.create(
        cell=Cell.objects.get(code=CELL), kind="police", name="王", valid_from="2025-01-01"
    )
    CellStaff.objects.create(cell=instructor.cell, kind="instructor", name="赵", valid_from=MONDAY.date())
    people = everybody(Part.FIRST)
    assert len(people) == 4
    leader = Posting.objects.get(user=world.users["grid_leader"])
    for wrong in ({}, people | {"posting-999999": "first"}, people | {f"posting-{leader.pk}": "third"}):
        with pytest.raises(Invalid) as refused, transaction.atomic():
            split(staff=wrong)
        assert "staff" in refused.value.fields
    split(staff=people | {f"posting-{leader.pk}": Part.BOTH, f"staff-{instructor.pk}": Part.SECOND})
    held = Posting.objects.in_force(MONDAY).filter(cell_code__startswith=EAST_VILLAGE)
    assert sorted(held.values_list("user__username", "cell_code")) == [
        ("grid_leader", FIRST), ("grid_leader", SECOND), ("gridworker", FIRST)
    ]  # fmt: skip
    leader.refresh_from_db()
    assert leader.valid_until == MONDAY
    carded = CellStaff.objects.in_force(MONDAY.date()).values_list("name", "cell__code")
    assert sorted(carded) == [("王", SECOND), ("赵", FIRST)]
    with pytest.raises(NotAllowed), transaction.atomic():
        split(code=FIRST, actor=world.actor("director"), staff=everybody(code=FIRST))


def test_nobody_is_counted_twice_and_what_was_changed_meanwhile_stays(world):
    Cell.objects.filter(code=CELL).update(households=10)
    with pytest.raises(Invalid) as refused, transaction.atomic():
        split(first=Fresh(name="西", households=8, residents=0), second=Fresh(name="东", households=3, residents=0))
    assert "households" in refused.value.fields
    for wrong, error in (
        ({"version": 7}, Stale),
        ({"code": f"{EAST_VILLAGE}099"}, Missing),
        ({"reason": " "}, Invalid),
    ):
        with pytest.raises(error), transaction.atomic():
            split(first=Fresh(name="西", households=10, residents=0), **wrong)


def test_open_cases_follow_their_point_and_officials_their_grid(world):
    at = clock.now()
    case, closed, nowhere = (filed(world, at=at, lng=lng) for lng in (117.582, 117.582, 117.59))
    Petition.objects.filter(pk=closed.pk).update(state="archived")
    Petition.objects.filter(pk=nowhere.pk).update(lng=None, lat=None)
    filed(world, at=at, lng=117.59)
    old = Cell.objects.get(code=CELL)
    official = Assignment.objects.create(
        id="00000000-0000-0000-0000-000000000001", user=world.users["leader"], unit=world.units["urban"],
        area_id=EAST_VILLAGE, cell=old, place=CELL, valid_from=at.date() - timedelta(days=9), reason="包保",
        assigned_at=at, changed_at=at,
    )  # fmt: skip
    split(at=at, staff={one.key: Part.BOTH for one in serving([CELL], at=at)}, rest=Part.SECOND)
    deliver_everything(at=at)
    found = dict(Petition.objects.values_list("pk", "cell_code"))
    assert (found[case.pk], found[closed.pk], found[nowhere.pk]) == (FIRST, CELL, SECOND)
    assert sorted(found.values()) == [CELL, FIRST, SECOND, SECOND]
    assert Event.objects.filter(name="petition.regridded").count() == 3
    official.refresh_from_db()
    morrow = timezone.localtime(at).date() + timedelta(days=1)
    assert (official.valid_until, official.ended_because) == (morrow, "deed")
    heirs = Assignment.objects.filter(valid_from=morrow).values_list("place", "user__username")
    assert sorted(heirs) == [(FIRST, "leader"), (SECOND, "leader")]


def merged(code=FIRST, other=SECOND, **said):
    return merge_cells(code=code, other=other, name="合", reason="太小", actor=SYSTEM, at=MONDAY, **said)


def test_two_neighbours_become_one_served_by_all_who_served_them(world):
    Cell.objects.filter(code=CELL).update(households=10)
    before = ground(CELL)
    split(first=Fresh(name="西", households=4, residents=0), second=Fresh(name="东", households=6, residents=0))
    late = MONDAY + timedelta(hours=1)
    change = merge_cells(code=FIRST, other=SECOND, name="合", reason="太小", actor=SYSTEM, at=late)
    made = Cell.objects.drawn().get(village=EAST_VILLAGE)
    assert (made.code, made.households) == (f"{EAST_VILLAGE}004", 10)
    assert shapely.equals(ground(made.code), before)
    assert change.successions.count() == 2
    held = Posting.objects.in_force(late).filter(cell_code=made.code)
    assert sorted(held.values_list("user__username", flat=True)) == ["grid_leader", "gridworker"]
    assert Event.objects.filter(name="cell.merged").count() == 2


def test_only_neighbours_of_one_village_and_kind_are_merged(world):
    cell(f"{EAST_VILLAGE}010", 117.60, 34.70, side=0.01)  # far away
    cell(f"{EAST_VILLAGE}011", 117.5799, 34.74, side=0.02)  # touches along the south, nearly
    cell(f"{EAST_VILLAGE}012", 117.56, 34.76, side=0.0199)  # a slit of nine metres
    cell(f"{EAST_VILLAGE}501", 117.58, 34.78, side=0.005, kind="dedicated", host_kind="school")
    for other, words in (
        ("010", "share no border"),
        ("012", "no grid covers"),
        ("501", "same village and the same kind"),
    ):
        with pytest.raises(Conflict, match=words) as refused, transaction.atomic():
            merged(code=CELL, other=f"{EAST_VILLAGE}{other}")
        assert refused.value.code == "does_not_fit"
    with pytest.raises(Conflict, match="same village"), transaction.atomic():
        merged(code=CELL, other="370404001007001")
    with pytest.raises(Invalid), transaction.atomic():
        merged(code=CELL, other=CELL)
    merged(code=CELL, other=f"{EAST_VILLAGE}011")


def test_a_new_grid_that_would_lie_over_another_or_leave_the_village_is_refused(world):
    cell(f"{EAST_VILLAGE}010", 117.579, 34.765, side=0.0015)  # lies over the west of it, drawn before anybody checked
    with pytest.raises(Conflict) as refused, transaction.atomic():
        split()
    assert refused.value.details["cell"] == f"{EAST_VILLAGE}010"
    Cell.objects.filter(code=f"{EAST_VILLAGE}010").delete()
    Territory.objects.create(area_id=EAST_VILLAGE, boundary=square(117.581, 34.76, side=0.02), area_m2=1)
    with pytest.raises(Conflict) as refused, transaction.atomic():
        split()
    assert refused.value.details["fault"] == "outside"


def test_the_pages_show_what_it_comes_to_before_and_lead_on_from_the_old_grid(world):
    filed(world, at=clock.now(), lng=117.582)
    page = Client(headers={"accept-language": "en"})
    page.force_login(world.users["administrator"])
    at = f"/grids/{CELL}/split/"
    fields = page.get(at).context["form"].fields
    people = {name: "both" for name in fields if name.startswith(("posting-", "staff-"))}
    said = {"version": 1, "cut": "west_east", "line": "", "first_name": "W", "second_name": "E", "rest": "first"}
    shown = page.post(at, said | {"check": "1"})
    assert shown.status_code == 200
    assert [one["open"] for one in shown.context["plan"]] == [1, 0]
    assert FIRST in shown.content.decode()
    assert Cell.objects.filter(village=EAST_VILLAGE).count() == 1
    elsewhere = '{"type": "LineString", "coordinates": [[0, 0], [1, 1]]}'
    whole = said | people | {"reason": "r"}
    for wrong, status in (
        (said, 422), (said | people, 422), (whole | {"cut": "line"}, 400), (whole | {"cut": "line", "line": "{"}, 422),
        (whole | {"version": 9}, 412), (whole | {"cut": "line", "line": elsewhere}, 409),
    ):  # fmt: skip
        assert page.post(at, wrong).status_code == status
    done = page.post(at, said | people | {"reason": "too large"})
    assert done.headers["Location"] == f"/grids/{FIRST}/"
    old = Client(headers={"accept-language": "en"}).get(f"/grids/{CELL}/").content.decode()
    assert f"/grids/{SECOND}/" in old
    assert f"/grids/{CELL}/" in page.get(f"/grids/{FIRST}/").content.decode()
    at, said = f"/grids/{FIRST}/merge/", {"version": 1, "other": SECOND, "name": "M", "reason": "too small"}
    assert page.get(at).status_code == 200
    shown = page.post(at, said | {"check": "1"})
    assert f"{EAST_VILLAGE}004" in shown.content.decode()
    assert page.post(at, said | {"other": "370404001007001"}).status_code == 422
    assert page.post(at, said).headers["Location"] == f"/grids/{EAST_VILLAGE}004/"
    page.force_login(world.users["director"])
    for at in (
        f"/grids/{EAST_VILLAGE}004/split/",
        f"/grids/{EAST_VILLAGE}004/merge/",
        f"/grids/{EAST_VILLAGE}004/staff/",
    ):
        assert page.get(at).status_code == 403
