"""The audit of the map: a finding stays the same one from run to run, and is assigned, accepted and shown by right."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grids.models import Cell, Finding, Territory
from grids.services import auditing, findings
from grids.services.auditing import run_audit
from grids.services.staffing import staff_cell, unstaff_cell
from grids.tasks import audit
from kernel.actors import SYSTEM
from kernel.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from kernel.models import Event, Timer
from kernel.timers import fire_everything
from notices.models import Notice
from tests.api.test_budgets import budget
from tests.factories.grids import cell
from tests.world import CELL, EAST_OTHER, MONDAY, WEST_VILLAGE


def standing():
    return {(one.kind, one.place): one.state for one in Finding.objects.standing()}


@pytest.mark.django_db
def test_a_finding_keeps_its_identity_and_its_history(world):
    first = run_audit(actor=SYSTEM, at=MONDAY)
    assert standing() == {
        ("no_phone", CELL): "open",
        ("no_phone", EAST_OTHER + "001"): "open",
        ("no_phone", WEST_VILLAGE + "001"): "open",
        ("no_worker", EAST_OTHER + "001"): "open",
        ("staffing", CELL): "open",
        ("staffing", WEST_VILLAGE + "001"): "open",
    }
    known = set(Finding.objects.values_list("pk", flat=True))
    again = run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=1))
    assert (first.opened, again.opened, again.stood, again.closed) == (6, 0, 6, 0)
    assert set(Finding.objects.values_list("pk", flat=True)) == known
    Cell.objects.filter(code=CELL).update(phone="0632-1")
    assert run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=2)).closed == 1
    Cell.objects.filter(code=CELL).update(phone="")
    assert run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=3)).reopened == 1
    back = Finding.objects.get(kind="no_phone", place=CELL)
    assert (back.pk in known, back.state, back.times, back.closed_at) == (True, "open", 2, None)
    told = list(Event.objects.filter(case_id=back.pk).order_by("seq").values_list("name", flat=True))
    assert told == ["finding.seen", "finding.gone", "finding.seen"]


@pytest.mark.django_db
def test_looking_locks_nothing_and_what_is_the_same_is_written_at_once(world, monkeypatch):
    looked, look = [], auditing.look

    def watched(facts):
        looked.append(not connection.atomic_blocks or connection.atomic_blocks[-1]._from_testcase)
        return look(facts)

    monkeypatch.setattr(auditing, "look", watched)
    run_audit(actor=SYSTEM, at=MONDAY)
    with CaptureQueriesContext(connection) as queries:
        run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=1))
    assert looked == [True, True]
    assert sum('UPDATE "grids_finding"' in one["sql"] for one in queries) == 1
    assert set(Finding.objects.values_list("seen_at", flat=True)) == {MONDAY + timedelta(hours=1)}


@pytest.mark.django_db
def test_a_gap_that_grows_is_the_same_gap(world):
    box = [[117.58, 34.76], [117.61, 34.76], [117.61, 34.78], [117.58, 34.78], [117.58, 34.76]]
    # The neighbour covers its own village; what its outline leaves open east of it is the gap.
    outline = Territory.objects.create(
        area_id=EAST_OTHER, boundary={"type": "Polygon", "coordinates": [[[x + 0.03, y] for x, y in box]]}, area_m2=1
    )
    run_audit(actor=SYSTEM, at=MONDAY)
    before = Finding.objects.get(kind="gap")
    assert before.place == EAST_OTHER
    outline.boundary = {"type": "Polygon", "coordinates": [[[x + 0.031, y] for x, y in box]]}
    outline.save()
    run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=1))
    after = Finding.objects.get(kind="gap")
    assert (after.pk, after.state) == (before.pk, "open")
    assert after.value > before.value


@pytest.mark.django_db
def test_of_a_gap_that_falls_into_two_the_larger_part_stays_the_same(world):
    def box(west, east):
        return {"type": "Polygon", "coordinates": [[[west, 34.76], [east, 34.76], [east, 34.78], [west, 34.78],
                                                    [west, 34.76]]]}  # fmt: skip

    Territory.objects.create(area_id=EAST_OTHER, boundary=box(117.61, 117.64), area_m2=1)
    run_audit(actor=SYSTEM, at=MONDAY)
    before = Finding.objects.get(kind="gap")
    between = cell(f"{EAST_OTHER}002", 117.625, 34.76)
    Cell.objects.filter(pk=between.pk).update(boundary=box(117.625, 117.63))
    run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=1))
    smaller, larger = Finding.objects.standing().filter(kind="gap").order_by("value")
    assert (larger.pk, larger.times) == (before.pk, 1)
    assert smaller.lng < 117.625 < 117.63 < larger.lng


@pytest.fixture
def found(world):
    run_audit(actor=SYSTEM, at=MONDAY)
    return Finding.objects.get(kind="staffing", place=CELL)


def assign(world, found, by="director", **said):
    given = {"unit_id": world.units["east_village"].pk, "due_on": date(2026, 11, 20)} | said
    return findings.assign(finding_id=found.pk, actor=world.actor(by), at=MONDAY, **given)


@pytest.mark.django_db
def test_whoever_it_is_assigned_to_is_told_and_told_again_when_late(world, found):
    held = assign(world, found, person_id=world.users["east_villager"].pk)
    assert (held.state, held.due_on) == ("assigned", date(2026, 11, 20))
    notice = Notice.objects.get(kind="grids.finding_assigned")
    assert notice.user == world.users["east_villager"]
    fire_everything(at=MONDAY + timedelta(days=6))
    assert Notice.objects.filter(kind="grids.finding_overdue").count() == 1


@pytest.mark.django_db
def test_what_is_gone_needs_no_alarm_any_more(world, found):
    assign(world, found)
    for kind, count in (("police", 1), ("part_time", 2)):
        for number in range(count):
            staff_cell(code=CELL, kind=kind, name=f"n{number}", valid_from=date(2026, 1, 1), actor=SYSTEM, at=MONDAY)
    run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=1))
    found.refresh_from_db()
    assert (found.state, found.unit, found.due_on) == ("closed", None, None)
    assert not Timer.objects.filter(subject_id=str(found.pk), state="armed").exists()
    with pytest.raises(WrongState):
        assign(world, found)


@pytest.mark.django_db
def test_what_is_accepted_stays_accepted_with_its_reason(world, found):
    director = world.actor("director")
    with pytest.raises(Invalid):
        findings.accept(finding_id=found.pk, reason=" ", actor=director, at=MONDAY)
    held = findings.accept(finding_id=found.pk, reason="山区网格", actor=director, at=MONDAY, version=1)
    run_audit(actor=SYSTEM, at=MONDAY + timedelta(hours=1))
    held.refresh_from_db()
    assert (held.state, held.reason) == ("accepted", "山区网格")
    assert findings.withdraw(finding_id=found.pk, actor=director, at=MONDAY).reason == ""
    with pytest.raises(Stale):
        findings.accept(finding_id=found.pk, reason="x", actor=director, at=MONDAY, version=1)


@pytest.mark.django_db
def test_rights_end_at_the_area(world, found):
    with pytest.raises(Missing):
        assign(world, found, by="west_officer")
    with pytest.raises(NotAllowed):
        assign(world, found, by="gridworker")
    with pytest.raises(NotAllowed):
        run_audit(actor=world.actor("east_officer"), at=MONDAY)
    assert assign(world, found, by="east_officer").state == "assigned"
    with pytest.raises(Invalid):
        assign(world, found, person_id=world.users["west_gridworker"].pk)
    for unit, person in (("county", "verifier"), ("west_town", "west_officer")):  # may not see it; stands elsewhere
        with pytest.raises(Invalid):
            assign(world, found, unit_id=world.units[unit].pk, person_id=world.users[person].pk)
    with pytest.raises(Invalid):
        assign(world, found, due_on=date(2026, 11, 15))


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"state": "closed"}, {"state": "accepted"}, {"state": "assigned"}, {"kind": "x"}])
def test_the_database_refuses_half_a_finding(found, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=found.pk).update(**wrong)


@pytest.mark.django_db
def test_people_on_the_card_have_a_first_and_a_last_day(world):
    held = staff_cell(code=CELL, kind="police", name="王警官", valid_from=date(2026, 1, 1), actor=SYSTEM, at=MONDAY)
    with pytest.raises(Invalid):
        unstaff_cell(staff_id=held.pk, on=date(2026, 1, 1), actor=SYSTEM, at=MONDAY)
    with pytest.raises(NotAllowed):
        unstaff_cell(staff_id=held.pk, on=date(2026, 2, 1), actor=world.actor("director"), at=MONDAY)
    unstaff_cell(staff_id=held.pk, on=date(2026, 2, 1), actor=SYSTEM, at=MONDAY)
    events = Event.objects.filter(name="cell.staffed").order_by("seq")
    assert [one.payload["valid_until"] for one in events] == ["", "2026-02-01"]
    with pytest.raises(NotAllowed):
        staff_cell(
            code=CELL, kind="police", name="x", valid_from=date(2026, 1, 1), actor=world.actor("director"), at=MONDAY
        )


def enter(world, name):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users[name])
    return client


@pytest.mark.django_db
def test_the_pages_list_show_and_change_what_one_may(world, found):
    director, west = enter(world, "director"), enter(world, "west_officer")
    director.get("/grids/findings/")
    with budget("page: map audit"):
        page = director.get("/grids/findings/", {"kind": "staffing"}).content.decode()
    with budget("page: a finding"):
        director.get(f"/grids/findings/{found.pk}/")
    with budget("list findings"):
        director.get("/api/v1/map-findings/")
    assert f"/grids/findings/{found.pk}/" in page
    assert "police officer" in page
    kinds = director.get("/grids/findings/", {"kind": "staffing"}).context["kinds"]
    assert {code: number for code, _label, number in kinds} == {"no_phone": 3, "staffing": 2, "no_worker": 1}
    assert str(found.pk) not in west.get("/grids/findings/").content.decode()
    assert west.get(f"/grids/findings/{found.pk}/").status_code == 404
    assert enter(world, "citizen").get("/grids/findings/").status_code == 403
    sent = {"version": 1, "unit": world.units["east_village"].pk, "due_on": "2099-01-01"}
    assert director.post(f"/grids/findings/{found.pk}/assign/", sent).status_code == 302
    assert director.post(f"/grids/findings/{found.pk}/assign/", sent).status_code == 412
    assert director.post(f"/grids/findings/{found.pk}/comment/", {"text": "看过了"}).status_code == 302
    shown = director.get(f"/grids/findings/{found.pk}/").content.decode()
    for words in ("看过了", "工农社区", "2099-01-01", "Assigned", str(world.users["director"])):
        assert words in shown
    drawn = director.get("/grids/findings.json").json()["features"]
    assert str(found.pk) in {one["id"] for one in drawn}
    assert director.get("/grids/findings/export/").status_code == 200
    assert enter(world, "east_officer").post("/grids/findings/run/").status_code == 403


@pytest.mark.django_db
def test_every_night_somebody_looks(world):
    assert audit() == 6
    Cell.objects.all().delete()
    assert audit() == 0
