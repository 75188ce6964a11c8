"""One-off tasks: asked, decided, ended on their day, and twice at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError

from kernel.errors import Conflict, Invalid, NotAllowed, Unprocessable, WrongState
from kernel.models import Event
from registry.models import AdHocTask, Item
from registry.queries.admission import task_in_force
from registry.services.adhoc import applying, deciding
from tests.journeys.steps import let_time_pass
from tests.refusals import refused
from tests.registry.admissions import MONEY, matter, task_applied, task_approve, task_heard
from tests.world import EAST_VILLAGE, MONDAY, WEST_VILLAGE, World, at

LATER = at("2026-11-17 10:00")


def names(case: AdHocTask) -> list[str]:
    events = Event.objects.filter(case_id=case.pk).order_by("seq")
    return [name.removeprefix("adhoc.") for name in events.values_list("name", flat=True)]


def test_a_task_gives_decisions_a_basis_in_its_township_until_its_day_and_is_no_item(world: World):
    case = task_heard(world, on=MONDAY, matter_id=matter().pk)
    task_approve(world, case, on=LATER)
    case.refresh_from_db()
    assert (case.number, case.state, case.ordinal) == ("一事一议〔2026〕1号", "in_force", 1)
    found = {
        (place, day): task_in_force(matter=matter().code, place=place, on=day)
        for place in (EAST_VILLAGE, WEST_VILLAGE)
        for day in (date(2026, 11, 22), date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert {key for key, value in found.items() if value} == {
        (EAST_VILLAGE, date(2026, 11, 23)),
        (EAST_VILLAGE, date(2026, 12, 31)),
    }
    let_time_pass(until=at("2026-12-31 23:59"))
    case.refresh_from_db()
    assert case.state == "in_force"
    let_time_pass(until=at("2027-01-01 00:00"))
    case.refresh_from_db()
    assert (case.state, names(case)) == ("ended", ["filed", "opinion_signed", "approved", "ended"])
    assert not Item.objects.exists()


def test_a_silent_township_is_recorded_as_silent_and_the_decision_is_still_the_countys(world: World):
    case = task_applied(world, on=MONDAY)
    let_time_pass(until=at("2026-11-19 17:31"))
    case.refresh_from_db()
    assert (case.state, case.stance, case.silent_at is not None) == ("heard", "", True)
    let_time_pass(until=at("2026-11-26 17:31"))
    assert names(case) == ["filed", "silent", "late"]
    task_approve(world, case, on=at("2026-11-27 09:00"))


def test_against_an_objection_the_decision_says_why(world: World):
    case = task_heard(world, on=MONDAY, stance="objects")
    with refused(Invalid) as found:
        task_approve(world, case, on=LATER)
    assert set(found.value.fields) == {"grounds"}
    with refused(IntegrityError, match="adhoc_approved_after_hearing"):
        AdHocTask.objects.filter(pk=case.pk).update(
            state="in_force", approved_by=world.users["director"], approved_at=LATER, ordinal=1, document="无"
        )
    task_approve(world, case, on=LATER, grounds="省级测评时限已定。")


def test_nobody_decides_on_what_they_applied_for_nor_before_the_township_was_heard(world: World):
    case = task_applied(world, on=MONDAY)
    with refused(WrongState):
        task_approve(world, case, on=MONDAY)
    with refused(IntegrityError, match="adhoc_approved_after_hearing"):
        AdHocTask.objects.filter(pk=case.pk).update(
            state="in_force", approved_by=world.users["director"], approved_at=LATER, ordinal=1, document="无"
        )
    heard = task_heard(world, on=MONDAY, name="防汛值守")
    with refused(NotAllowed):
        task_approve(world, heard, on=LATER, by="urban_handler")
    with refused(IntegrityError, match="adhoc_other_approves"):
        AdHocTask.objects.filter(pk=heard.pk).update(approved_by=world.users["urban_handler"])


def test_a_task_is_never_extended(world: World):
    case = task_heard(world, on=MONDAY)
    task_approve(world, case, on=LATER)
    for columns in ({"ends_on": date(2027, 6, 1)}, {"content": "别的事"}, {"state": "heard"}):
        with refused(DatabaseError, match="not extended"):
            AdHocTask.objects.filter(pk=case.pk).update(**columns)
    deciding.stop(task_id=case.pk, reason="已完成。", actor=world.actor("director"), at=LATER)
    case.refresh_from_db()
    assert case.state == "ended"


def test_the_second_is_pointed_out_and_the_third_must_be_admitted(world: World):
    for number in range(2):
        case = task_heard(world, on=MONDAY, name="创城迎检 入户宣传")
        assert Event.objects.get(case_id=case.pk, name="adhoc.filed").payload["before"] == number
        task_approve(world, case, on=LATER)
    with refused(Conflict) as found:
        task_applied(world, on=LATER)  # the same name but for a blank
    assert found.value.code == "must_be_admitted"
    task_applied(world, on=LATER, township_id=world.units["west_town"].pk)  # another township
    with refused(IntegrityError, match="adhoc_twice_at_most"):
        AdHocTask.objects.filter(state="asked").update(ordinal=3)


def test_one_application_for_the_same_is_decided_before_the_next(world: World):
    task_applied(world, on=MONDAY)
    with refused(Conflict):
        task_applied(world, on=MONDAY)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ends_on": date(2026, 11, 1), "begins_on": date(2026, 10, 1)}, "ends_on"),
        ({"ends_on": date(2026, 11, 20)}, "ends_on"),
        ({"ends_on": date(2027, 11, 23)}, "ends_on"),
        ({"content": ""}, "content"),
        ({"money": replace(MONEY, source=" ")}, "money_source"),
    ],
)
def test_an_application_has_a_period_and_says_what_follows(world: World, said, field):
    with refused(Unprocessable) as found:
        task_applied(world, on=MONDAY, **said)
    assert field in found.value.fields


def test_a_task_can_be_refused_or_taken_back(world: World):
    case = task_heard(world, on=MONDAY)
    deciding.refuse(task_id=case.pk, reason="属部门本职。", actor=world.actor("director"), at=LATER)
    other = task_applied(world, on=LATER)
    with refused(NotAllowed):
        applying.drop(task_id=other.pk, reason="撤回", actor=world.actor("east_officer"), at=LATER)
    applying.drop(task_id=other.pk, reason="撤回", actor=world.actor("urban_handler"), at=LATER)
    assert set(AdHocTask.objects.values_list("state", flat=True)) == {"refused", "dropped"}


def test_a_task_whose_period_is_over_is_not_approved_any_more(world: World):
    case = task_heard(world, on=MONDAY)
    with refused(Conflict):
        task_approve(world, case, on=at("2027-01-04 09:00"))
