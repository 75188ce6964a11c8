"""An admission from the application to its withdrawal, through the real relay with a moved clock."""

from __future__ import annotations

from datetime import date

from kernel.models import Event, Timer
from organizations.models import ResponsibilityEntry
from organizations.queries import responsible_for
from registry.models import Admission, Draft, Item, Opinion
from registry.services.admission import deciding, reviewing
from tests.journeys.steps import let_time_pass
from tests.registry.admissions import (
    EFFECTIVE,
    REVIEW_ON,
    applied,
    approve,
    asked,
    consulted,
    disputed,
    in_force,
    matter,
    opine,
    ready,
)
from tests.world import EAST_VILLAGE, MONDAY, WEST, WEST_VILLAGE, World, at


def names(case: Admission) -> list[str]:
    events = Event.objects.filter(case_id=case.pk).order_by("seq")
    return [name.removeprefix("admission.") for name in events.values_list("name", flat=True)]


def leads(place: str):
    """Who leads the matter in a place on the day on which the admission takes effect."""
    return responsible_for(matter_id=matter().pk, place=place, at=at(f"{EFFECTIVE} 09:00"))


def armed(case: Admission) -> set[str]:
    return set(Timer.objects.filter(case_id=case.pk, state="armed").values_list("kind", flat=True))


def test_a_duty_is_applied_for_reviewed_heard_and_enters_the_list(world: World):
    case = applied(world, on=MONDAY)
    assert (case.number, case.code, case.state) == ("准入〔2026〕1号", "ZR-2026-0001", "applied")
    assert armed(case) == {"admission.review"}
    reviewing.review(admission_id=case.pk, finding="合法。", days=5, actor=world.actor("keeper"), at=MONDAY)
    assert armed(case) == {"admission.opinion", "admission.remind"}
    opine(world, case, "east_officer", "agrees", on=at("2026-11-17 10:00"))
    opine(world, case, "west_officer", "conditions", on=at("2026-11-18 10:00"))
    case.refresh_from_db()
    assert (case.state, armed(case)) == ("ready", {"admission.approve"})
    approve(world, case, on=at("2026-11-19 10:00"))
    case.refresh_from_db()
    assert case.state == "in_force"
    item = Item.objects.get(code=case.code)
    version = item.versions.get()
    assert (version.township_role, version.valid_from, version.limit_value) == ("assist", EFFECTIVE, 5)
    assert version.draft_line.draft.admission_id == case.pk
    assert version.cooperations.get().unit == world.units["water"]
    assert names(case) == ["filed", "reviewed", "opinion_signed", "opinion_signed", "heard", "approved"]
    found = leads(EAST_VILLAGE)
    assert found.lead.unit_id == world.units["urban"].pk
    assert armed(case) == {"admission.reassess"}


def test_an_objection_is_consulted_on_and_what_was_agreed_enters_the_list(world: World):
    case = disputed(world, on=MONDAY)
    assert (case.state, armed(case)) == ("disputed", {"admission.consult"})
    changes = {"money_amount": 40000, "township_duty": "只负责发现报告。"}
    case = consulted(world, case, on=at("2026-11-18 15:00"), changes=changes)
    record = case.consultations.get()
    assert record.changes["township_duty"] == ["巡查发现，劝阻报告。", "只负责发现报告。"]
    approve(world, case, on=at("2026-11-20 10:00"))
    assert Item.objects.get(code=case.code).versions.get().township_duty == "只负责发现报告。"


def test_silence_is_recorded_as_silence_after_a_reminder(world: World):
    case = asked(world, on=MONDAY, days=5)
    opine(world, case, "west_officer", "agrees", on=MONDAY)
    let_time_pass(until=at("2026-11-19 17:31"))
    silent = Opinion.objects.get(admission=case, township=world.units["east_town"])
    assert silent.reminded_at is not None
    assert silent.silent_at is None
    let_time_pass(until=at("2026-11-23 17:31"))
    silent.refresh_from_db()
    case.refresh_from_db()
    assert silent.silent_at is not None
    assert silent.stance == ""
    assert case.state == "ready"
    assert names(case)[-3:] == ["reminded", "silent", "heard"]


def test_what_waits_too_long_is_told_to_the_centre_again_and_again(world: World):
    case = applied(world, on=MONDAY)
    let_time_pass(until=at("2026-11-30 17:31"))
    let_time_pass(until=at("2026-12-14 17:31"))
    late = Event.objects.filter(case_id=case.pk, name="admission.late").order_by("seq")
    assert [(one.payload["rung"], one.payload["told"]) for one in late] == [
        (1, world.units["county"].pk),
        (2, world.units["county"].pk),
    ]


def test_the_review_date_asks_the_keeper_who_keeps_the_duty_for_another_year(world: World):
    case = in_force(world, on=MONDAY)
    let_time_pass(until=at(f"{REVIEW_ON} 00:00"))
    case.refresh_from_db()
    assert case.reassess_asked_at is not None
    keeper = world.actor("keeper", on=at("2028-01-04 09:00"))
    deciding.reassess(
        admission_id=case.pk, finding="仍有必要。", next_on=date(2029, 1, 4), actor=keeper, at=at("2028-01-04 09:00")
    )
    case.refresh_from_db()
    assert (case.reassess_asked_at, case.review_on, case.state) == (None, date(2029, 1, 4), "in_force")
    assert names(case)[-2:] == ["review_due", "reassessed"]
    let_time_pass(until=at("2029-01-04 00:00"))
    assert names(case)[-1] == "review_due"


def test_a_withdrawn_admission_ends_its_item_and_its_row_of_the_decision_table(world: World):
    case = in_force(world, on=MONDAY)
    later = at("2027-03-01 10:00")
    deciding.end(
        admission_id=case.pk,
        reason="改由部门直接承担。",
        document="峄政办字〔2027〕3号",
        effective=date(2027, 4, 1),
        actor=world.actor("director", on=later),
        at=later,
    )
    case.refresh_from_db()
    assert (case.state, armed(case), case.ends_on) == ("ended", set(), date(2027, 4, 1))
    assert Item.objects.get(code=case.code).versions.get().valid_until == date(2027, 4, 1)
    ends = ResponsibilityEntry.objects.filter(matter=matter()).values_list("valid_until", flat=True)
    assert set(ends) == {date(2027, 4, 1)}
    assert Draft.objects.filter(admission_id=case.pk, state="approved").count() == 2


def test_a_duty_for_one_township_makes_an_item_of_that_township(world: World):
    case = asked(world, on=MONDAY, townships=(world.units["west_town"].pk,))
    assert not case.everywhere
    opine(world, case, "west_officer", "agrees", on=MONDAY)
    approve(world, case, on=MONDAY)
    item = Item.objects.get(code=f"{case.code}-100")
    assert item.area_id == WEST
    assert leads(WEST_VILLAGE).lead.unit_id == world.units["urban"].pk
    assert leads(EAST_VILLAGE).lead is None


def test_work_of_the_grid_is_put_on_the_village_of_the_place(world: World):
    case = ready(world, on=MONDAY, into="grid", grid_work="visits", township_duty="网格员每月走访一次。")
    approve(world, case, on=MONDAY)
    version = Item.objects.get(code=case.code).versions.get()
    assert version.township_role == "none"
    assert version.cooperations.get(rule="village_of_place").duty == "网格员每月走访一次。"


def test_a_duty_that_a_township_leads_stands_among_its_basic_duties(world: World):
    case = ready(world, on=MONDAY, into="township_duty", township_role="lead", lead_unit_id=None, sides=())
    approve(world, case, on=MONDAY)
    item = Item.objects.get(code=case.code)
    assert (item.kind, item.part) == ("township_duty", "basic")
    assert leads(EAST_VILLAGE).lead.unit_id == world.units["east_town"].pk


def test_a_second_admission_of_the_matter_puts_the_duty_on_the_item_that_is_there(world: World):
    first = in_force(world, on=MONDAY)
    second = ready(world, on=MONDAY, into="grid", grid_work="work", sides=(), township_duty="网格员随手拍。")
    later = date(2027, 6, 1)
    approve(world, second, on=at("2026-11-17 09:00"), effective=later)
    versions = Item.objects.get(code=first.code).versions.order_by("number")
    assert [one.valid_from for one in versions] == [EFFECTIVE, later]
    assert {one.rule for one in versions[1].cooperations.all()} == {"unit", "village_of_place"}
    assert versions[1].township_role == "assist"
