"""What officials write down: inside their place and period, and what they pass on goes the usual way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kernel.errors import Invalid, Missing, NotAllowed
from kernel.models import Event
from liaisons.choices import Became
from liaisons.models import Visit
from liaisons.queries.figures import Tally, in_month, tallies, tally
from liaisons.services.recording import PassedOn
from petitions.models import Petition
from petitions.services.filing import ReporterData
from petitions.services.reception import decline
from tests.liaisons.steps import PASSED, assigned, visited
from tests.world import CELL, EAST_OTHER, EAST_VILLAGE, MONDAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TELLER = ReporterData(name="张三丰", phone="13812345678")
SECRET = PassedOn(title="举报占道", nature="report", confidential=True, reporter=TELLER)


@pytest.fixture
def held(world):
    return assigned(world)


def wrong(*args, **given):
    with pytest.raises(Invalid) as refused, transaction.atomic():
        visited(*args, **given)
    return set(refused.value.fields)


def seen_by(world, name):
    return Visit.objects.visible_to(world.actor(name)).count()


def test_what_was_solved_on_the_spot_stands_on_record(world, held):
    visit = visited(world, held)
    assert (visit.outcome, visit.place, visit.petition) == ("solved", EAST_VILLAGE, None)
    event = Event.objects.get(name="liaison.visited")
    assert event.case_id == held.pk
    assert "楼道" not in event.canonical
    assert visited(world, held, solved="").outcome == "noted"
    assert tally(Visit.objects.all()) == Tally(visits=2, solved=1, passed=0, open=0)


def test_a_point_says_the_grid_and_has_to_lie_inside(world, held):
    assert visited(world, held, lng=117.59, lat=34.77).place == CELL
    assert visited(world, held, place=CELL).place == CELL
    assert wrong(world, held, lng=117.61, lat=34.77) == {"lng"}
    assert wrong(world, held, lng=117.59) == {"lng"}
    assert wrong(world, held, lng=500.0, lat=34.77) == {"lng"}
    assert wrong(world, held, place=EAST_OTHER) == {"place"}
    assert wrong(world, held, place=EAST_VILLAGE + "999") == {"place"}


def test_a_visit_lies_in_the_period_and_is_written_down_soon(world, held):
    assert wrong(world, held, visited_at=MONDAY + HOUR) == {"visited_at"}
    assert wrong(world, held, visited_at=MONDAY - timedelta(days=32)) == {"visited_at"}
    assert wrong(world, held, found=" ") == {"found"}
    young = assigned(world, who="water_handler", valid_from=MONDAY.date())
    assert wrong(world, young, who="water_handler", visited_at=MONDAY - timedelta(days=1)) == {"visited_at"}
    assert visited(world, young, who="water_handler").assignment == young


def test_only_the_assigned_official_writes_it_down_whatever_the_role(world, held):
    with pytest.raises(NotAllowed):
        visited(world, held, who="east_head")
    with pytest.raises(Missing):
        visited(world, held, who="west_officer")
    for who in ("mediator", "urban_head", "keeper", "supervisor"):
        assert visited(world, assigned(world, who=who), who=who, passed_on=PASSED).petition is not None


def test_what_is_passed_on_is_a_petition_of_the_usual_kind_in_the_same_deed(world, held):
    visit = visited(world, held, solved="", place=CELL, spot="3号楼", passed_on=SECRET)
    petition = Petition.objects.get()
    assert visit.petition == petition
    assert (petition.title, petition.description, petition.address) == ("举报占道", "楼道灯坏了", "3号楼")
    assert (petition.cell_code, petition.state, petition.registrar.username) == (CELL, "filed", "urban_handler")
    assert (petition.reporter_masked, petition.confidential) == ("张**", True)
    names = list(Event.objects.filter(actor_key=world.actor("urban_handler").key).values_list("name", flat=True))
    assert names == ["petition.filed", "liaison.visited"]
    assert Event.objects.get(name="liaison.visited").payload["petition"] == str(petition.pk)


def test_nothing_stands_where_the_petition_is_refused(world, held):
    with pytest.raises(Invalid):
        visited(world, held, passed_on=PassedOn(title="x", category_code="999999"))
    assert not Visit.objects.exists()
    assert not Petition.objects.exists()


def test_the_record_follows_what_became_of_the_petition(world, held):
    visit = visited(world, held, passed_on=PASSED)
    assert Visit.objects.get().became == Became.OPEN
    assert tally(Visit.objects.all()) == Tally(visits=1, solved=0, passed=1, open=1)
    given = {"petition_id": visit.petition_id, "reason_code": "litigation"}
    decline(actor=world.actor("dispatcher"), at=MONDAY + HOUR, **given)
    assert Visit.objects.get().became == Became.DONE
    assert tally(Visit.objects.all()) == Tally(visits=1, solved=0, passed=1, open=0)


def test_colleagues_do_not_read_what_an_official_passed_on(world, held):
    """Somebody of urban hears of urban's own wrong: the petition is not urban's to read, and nor is the record."""
    visited(world, held)
    visited(world, held, passed_on=SECRET)
    everything = ("urban_handler", "east_head", "east_officer", "dispatcher", "director", "east_villager")
    assert {name: seen_by(world, name) for name in everything} == dict.fromkeys(everything, 2)
    assert seen_by(world, "urban_head") == 1
    assert not Visit.objects.visible_to(world.actor("urban_head")).exclude(petition=None).exists()
    for name in ("west_officer", "water_handler", "citizen", "administrator", "gridworker", "company"):
        assert seen_by(world, name) == 0, name


def test_a_gridworker_reads_what_was_found_in_the_own_grid(world, held):
    visited(world, held, place=CELL)
    assert seen_by(world, "gridworker") == 1
    assert seen_by(world, "west_gridworker") == 0


@pytest.mark.parametrize("change", ["UPDATE liaisons_visit SET solved = 'x'", "DELETE FROM liaisons_visit"])
def test_a_record_stands_as_it_was_written(world, held, change):
    visited(world, held)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        {"place": EAST_OTHER},
        {"visited_at": MONDAY - timedelta(days=400)},
        {"user_id": None},
        {"solved": ""},
        {"found": ""},
    ],
)
def test_the_database_refuses_what_does_not_fit(world, held, change):
    visit = visited(world, held)
    twin = Visit.objects.get(pk=visit.pk)
    twin.pk = "018f0000-0000-7000-8000-000000000000"
    for name, value in change.items():
        setattr(twin, name, value or (world.users["east_head"].pk if name == "user_id" else value))
    with pytest.raises(IntegrityError, match="liaisons_"), transaction.atomic():
        twin.save(force_insert=True)


def test_figures_of_a_month_hold_that_month_only(world, held):
    visited(world, held)
    visited(world, held, visited_at=MONDAY - timedelta(days=20), place=CELL)
    november, october = (in_month(Visit.objects.all(), first=date(2026, month, 1)) for month in (11, 10))
    assert (november.count(), october.count()) == (1, 1)
    assert tallies(Visit.objects.all(), by="community") == {EAST_VILLAGE: Tally(2, 2, 0, 0)}
    assert set(tallies(Visit.objects.all(), by="place")) == {EAST_VILLAGE, CELL}
