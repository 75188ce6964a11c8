"""Assigning officials: by whom, for how long, never twice, and no longer than they work for their unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, Stale
from kernel.models import Event, Timer
from kernel.relay import deliver_everything
from liaisons.models import Assignment
from liaisons.services.assigning import end
from notices.models import Notice
from organizations.models import Posting
from organizations.services.staffing import appoint, end_posting
from tests.journeys.steps import let_time_pass
from tests.liaisons.steps import FROM, assigned, visited
from tests.world import CELL, EAST_OTHER, EAST_VILLAGE, MONDAY, WEST_VILLAGE, at

pytestmark = pytest.mark.django_db
MARCH, JUNE, DECEMBER = (date(2026, month, 1) for month in (3, 6, 12))
TODAY = MONDAY.date()


def wrong(deed, *args, **given):
    """The fields that the deed names."""
    with pytest.raises(Invalid) as refused, transaction.atomic():
        deed(*args, **given)
    return set(refused.value.fields)


def ended(held, *, on=TODAY, by=SYSTEM, when=MONDAY, reason="轮岗", **given):
    return end(assignment_id=held.pk, on=on, reason=reason, actor=by, at=when, **given)


def told(kind):
    return list(Notice.objects.filter(kind=kind).order_by("user__username").values_list("user__username", flat=True))


def test_an_official_is_assigned_with_a_reason_by_who_keeps_it_and_told(world):
    held = assigned(world)
    assert (held.area_id, held.cell, held.unit.code, held.assigned_by.username) == (
        EAST_VILLAGE, None, "D-CG", "east_head",
    )  # fmt: skip
    event = Event.objects.get(case_id=held.pk)
    assert event.name == "liaison.assigned"
    assert event.payload["place"] == EAST_VILLAGE
    assert "包联" not in event.canonical
    assert told("liaisons.assigned") == ["urban_handler"]
    assert Notice.objects.get().subject == EAST_VILLAGE


def test_a_grid_is_a_place_too_and_one_person_may_have_both(world):
    assigned(world)
    held = assigned(world, place=CELL)
    assert (held.cell.code, held.area_id) == (CELL, EAST_VILLAGE)


@pytest.mark.parametrize(
    ("by", "place", "allowed"),
    [
        ("east_head", EAST_VILLAGE, True),
        ("east_officer", CELL, True),
        ("director", WEST_VILLAGE, True),
        ("east_head", WEST_VILLAGE, False),
        ("west_officer", EAST_VILLAGE, False),
        ("east_villager", EAST_VILLAGE, False),
        ("dispatcher", EAST_VILLAGE, False),
        ("urban_head", EAST_VILLAGE, False),
        ("administrator", EAST_VILLAGE, False),
    ],
)
def test_the_township_assigns_in_its_area_and_the_centre_everywhere(world, by, place, allowed):
    if allowed:
        assert assigned(world, by=by, place=place).place == place
        return
    with pytest.raises(NotAllowed):
        assigned(world, by=by, place=place)


def test_what_makes_no_sense_names_its_field(world):
    assert wrong(assigned, world, place="370404001000") == {"place"}
    assert wrong(assigned, world, place=EAST_VILLAGE + "999") == {"place"}
    assert wrong(assigned, world, who="citizen") == {"person"}
    assert wrong(assigned, world, who="administrator") == {"person"}
    assert wrong(assigned, world, who="east_head") == {"person"}  # nobody assigns himself
    assert wrong(assigned, world, valid_until=FROM) == {"valid_until"}
    assert wrong(assigned, world, reason="  ") == {"reason"}
    assert not Assignment.objects.exists()


def test_nobody_has_the_same_place_twice_at_a_time_but_may_come_back(world):
    held = assigned(world, valid_until=JUNE)
    assert wrong(assigned, world, valid_from=MARCH) == {"person"}
    assert wrong(assigned, world, valid_from=date(2025, 6, 1)) == {"person"}
    again = assigned(world, valid_from=JUNE)
    assert again.valid_from == held.valid_until
    assert assigned(world, place=EAST_OTHER).place == EAST_OTHER


def test_the_database_refuses_an_overlap_too(world):
    held = assigned(world)
    twin = Assignment.objects.get(pk=held.pk)
    twin.pk, twin.valid_from = "018f0000-0000-7000-8000-000000000000", MARCH
    with pytest.raises(IntegrityError, match="liaisons_once_at_a_time"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        "place = '370404001007'",
        "reason = 'x'",
        "valid_from = '2025-01-01'",
        "user_id = user_id + 1",
        "valid_until = NULL",
    ],
)
def test_an_assignment_stands_but_for_an_earlier_end(world, change):
    held = assigned(world, valid_until=DECEMBER)
    refused = "liaisons_assignment_stands"
    with pytest.raises(IntegrityError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE liaisons_assignment SET {change} WHERE id = %s", [held.pk])
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        held.delete()


def test_an_end_needs_a_reason_a_right_and_the_version_that_was_seen(world):
    held = assigned(world)
    with pytest.raises(NotAllowed):
        ended(held, by=world.actor("west_officer"))
    with pytest.raises(Missing):
        end(assignment_id=world.units["urban"].pk and "018f0000-0000-7000-8000-000000000000", on=TODAY, reason="x",
            actor=SYSTEM, at=MONDAY)  # fmt: skip
    with pytest.raises(Stale):
        ended(held, version=7)
    assert wrong(ended, held, reason=" ") == {"reason"}
    assert wrong(ended, held, on=date(2025, 12, 31)) == {"on"}
    done = ended(held, by=world.actor("east_officer"), version=1)
    assert (done.valid_until, done.ended_because, done.version) == (TODAY, "deed", 2)
    assert told("liaisons.ended") == ["east_head", "urban_handler"]
    assert Event.objects.get(name="liaison.ended").payload["because"] == "deed"
    with pytest.raises(Conflict):
        ended(held)


def test_it_does_not_end_before_what_was_written_down(world):
    held = assigned(world)
    visited(world, held)
    assert wrong(ended, held, on=TODAY) == {"on"}
    assert ended(held, on=TODAY + timedelta(days=1)).ended_because == "deed"


def test_it_ends_by_itself_when_the_posting_ends(world):
    held = assigned(world)
    posting = Posting.objects.get(user=world.users["urban_handler"])
    leaves = at("2026-11-20 00:00")
    end_posting(posting_id=posting.pk, until=leaves, actor=SYSTEM, at=MONDAY)
    deliver_everything(at=MONDAY)
    held.refresh_from_db()
    assert (held.valid_until, held.ended_because) == (leaves.date(), "posting")
    assert told("liaisons.ended") == ["east_head", "urban_handler"]
    deliver_everything(at=MONDAY)
    assert Event.objects.filter(name="liaison.ended").count() == 1


def test_another_posting_of_the_same_unit_keeps_it(world):
    held, person, urban = assigned(world), world.users["urban_handler"], world.units["urban"]
    posting = Posting.objects.get(user=person)
    appoint(
        user_id=person.pk, unit_id=urban.pk, role="department_head", valid_from=MONDAY, actor=SYSTEM, at=MONDAY
    )  # fmt: skip
    end_posting(posting_id=posting.pk, until=MONDAY, actor=SYSTEM, at=MONDAY)
    deliver_everything(at=MONDAY)
    held.refresh_from_db()
    assert held.valid_until is None


def test_one_that_has_not_begun_when_the_posting_ends_never_begins(world):
    held = assigned(world, valid_from=DECEMBER)
    posting = Posting.objects.get(user=world.users["urban_handler"])
    end_posting(posting_id=posting.pk, until=at("2026-11-20 00:00"), actor=SYSTEM, at=MONDAY)
    deliver_everything(at=MONDAY)
    held.refresh_from_db()
    assert held.valid_until == held.valid_from
    assert not Assignment.objects.lasting(TODAY).exists()


def test_it_is_laid_out_no_longer_than_the_work_for_the_unit(world):
    posting = Posting.objects.get(user=world.users["urban_handler"])
    end_posting(posting_id=posting.pk, until=at("2026-12-20 00:00"), actor=SYSTEM, at=MONDAY)
    assert assigned(world).valid_until == date(2026, 12, 20)
    assert assigned(world, place=CELL, valid_until=DECEMBER).valid_until == DECEMBER


def test_two_weeks_before_the_end_it_is_said_once(world):
    held = assigned(world, valid_until=date(2026, 12, 20))
    let_time_pass(until=at("2026-12-06 08:59"))
    assert told("liaisons.ends_soon") == []
    let_time_pass(until=at("2026-12-06 09:00"))
    assert told("liaisons.ends_soon") == ["east_head", "urban_handler"]
    let_time_pass(until=at("2026-12-30 09:00"))
    assert len(told("liaisons.ends_soon")) == 2
    held.refresh_from_db()
    assert held.valid_until == date(2026, 12, 20)


def test_of_an_end_that_was_moved_ahead_the_old_alarm_is_silent(world):
    held = assigned(world, valid_until=date(2026, 12, 20))
    ended(held, on=TODAY + timedelta(days=1))
    assert not Timer.objects.filter(kind="liaison.ends_soon", state="armed").exists()
    let_time_pass(until=at("2026-12-30 09:00"))
    assert told("liaisons.ends_soon") == []
