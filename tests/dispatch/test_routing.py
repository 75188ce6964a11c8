"""Which unit, and why: the pure decision over facts, and what is asked of the list, the hours and the agencies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dispatch.explaining import explain
from dispatch.hours import within_hours
from dispatch.models import WorkOrder
from dispatch.queries import imagined, route_of
from dispatch.routing import Facts, Nowhere, Route, route
from kernel.calendars import current
from kernel.worktime import Limit
from organizations.choices import Duty, LeadRule, UnitKind, UnitLevel
from organizations.models import FilingCondition, Matter, Unit
from organizations.queries import Candidate, Responsibility
from petitions.models import Category, Petition
from petitions.services import reception
from tests.journeys.steps import dispatched, filed, let_time_pass
from tests.world import COUNTY, EAST, EAST_VILLAGE, MONDAY, START, _entry, at

DAYS = Limit(Decimal(5), "workday")
NIGHT = at("2026-11-16 22:00")
CODES = set("abcdefghijklmnopqrstuvwxyz_")


def candidate(unit_id: int, *, code: str = "L", duty: str = "lead", area: str = COUNTY) -> Candidate:
    return Candidate(
        entry_id=unit_id,
        entry_code=code,
        area_code=area,
        duty=duty,
        rule="unit",
        unit_id=unit_id,
        limit_value=None,
        limit_unit="",
        basis="",
        duty_text="",
    )


def facts(**said) -> Facts:
    found = Responsibility(lead=candidate(1), assists=(candidate(9, code="A", duty="assist"),), refused=())
    usual = {"category": "010101", "matter": "M", "place": EAST_VILLAGE, "urgency": "ordinary"}
    return Facts(**{"fallback": DAYS, "fallback_by": "urgency", "responsibility": found, **usual, **said})


def lost(decided: Route | Nowhere) -> dict[int, str]:
    return {one["unit"]: one["reason"] for one in decided.refused}


def test_the_list_decides_and_says_so():
    decided = route(facts=facts())
    assert isinstance(decided, Route)
    assert (decided.unit_id, decided.entry_code, decided.reason, decided.limit_by) == (1, "L", "by_list", "urgency")
    assert [one["step"] for one in decided.steps] == ["category", "place", "list", "hours", "load", "limit"]


def test_without_a_category_a_matter_or_a_lead_there_is_no_unit():
    none = Responsibility(lead=None, assists=(candidate(9, duty="assist"),), refused=())
    asked = [facts(category=""), facts(responsibility=None), facts(responsibility=none)]
    assert [route(facts=one).reason for one in asked] == ["no_category", "no_matter", "no_lead"]
    assert route(facts=asked[2]).assists == (9,)


def test_the_agency_at_the_place_takes_an_ordinary_matter_and_its_department_cooperates():
    decided = route(facts=facts(agencies=(5,)))
    assert (decided.unit_id, decided.reason, decided.entry_code) == (5, "by_agency", "L")
    assert decided.assists == (1, 9)
    assert lost(decided)[1] == "agency"


def test_an_urgent_matter_stays_with_the_department():
    decided = route(facts=facts(agencies=(5,), urgency="urgent"))
    assert decided.unit_id == 1
    assert lost(decided)[5] == "by_department"


def test_load_decides_between_equals_only_and_then_the_order_of_codes():
    equals = {"agencies": (5, 6)}
    assert route(facts=facts(**equals, loads={5: 3, 6: 1, 1: 0})).unit_id == 6
    tied = route(facts=facts(**equals, loads={5: 2, 6: 2}))
    assert (tied.unit_id, lost(tied)[6]) == (5, "equal")
    assert route(facts=facts(loads={1: 10_000})).unit_id == 1, "load never overrides the list"


def test_an_agency_that_only_cooperates_is_never_chosen():
    decided = route(facts=facts(agencies=(9,)))
    assert decided.unit_id == 1
    assert lost(decided)[9] == "cooperates"


def test_outside_working_hours_an_urgent_matter_goes_to_whoever_is_on_duty():
    duty = candidate(7, code="DUTY-1")
    night = facts(urgency="urgent", working=False, duty=duty)
    decided = route(facts=night)
    assert (decided.unit_id, decided.reason, decided.entry_code) == (7, "by_duty", "DUTY-1")
    assert 1 in decided.assists
    assert lost(decided)[1] == "on_duty"
    assert route(facts=facts(urgency="ordinary", working=False, duty=duty)).unit_id == 1
    cooperating = facts(urgency="critical", working=False, duty=candidate(9, code="D"))
    assert route(facts=cooperating).unit_id == 1, "who only cooperates does not lead, not even at night (R4)"


def test_a_filing_condition_goes_before_the_row_and_the_matter():
    decided = route(facts=facts(condition=("C-1", Limit(Decimal(4), "work_hour"))))
    assert (decided.limit, decided.limit_by) == (Limit(Decimal(4), "work_hour"), "condition")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "inside"),
    [("2026-11-16 09:00", True), ("2026-11-16 12:30", False), ("2026-11-16 22:00", False), ("2026-11-15 10:00", False)],
)
def test_working_hours_are_those_of_the_calendar(world, moment, inside):
    assert within_hours(calendar=current(at=at(moment)), at=at(moment)) is inside


@pytest.fixture
def agency(world):
    """The urban bureau's own agency in the eastern township."""
    return Unit.objects.create(
        code="SA-1",
        name="坛山综合执法中队",
        kind=UnitKind.STATIONED_AGENCY,
        level=UnitLevel.TOWNSHIP,
        area_id=EAST,
        superior=world.units["east"],
        second_superior=world.units["urban"],
    )


@pytest.mark.django_db
def test_a_case_in_the_township_of_the_agency_goes_there_and_elsewhere_it_does_not(world, agency):
    order = dispatched(world, at=MONDAY)
    assert (order.unit, order.reason) == (agency, "by_agency")
    assert world.units["urban"].pk in order.assists
    elsewhere = route_of(petition=imagined(category=Category.objects.get(pk="010101"), place="370404100"), at=MONDAY)
    assert elsewhere.unit_id == world.units["urban"].pk


@pytest.mark.django_db
def test_whoever_is_on_duty_stands_in_the_list(world):
    duty = Matter.objects.create(code="DUTY", name="非工作时间值班", domain="应急", petition_kind="livelihood")
    _entry("DUTY-L", duty, Duty.LEAD, LeadRule.UNIT, world.units["west_town"], None)
    trial = imagined(category=Category.objects.get(pk="010102"), place=EAST_VILLAGE, urgency="urgent")
    assert route_of(petition=trial, at=MONDAY).unit_id == world.units["water"].pk
    decided = route_of(petition=trial, at=NIGHT)
    assert (decided.unit_id, decided.reason) == (world.units["west_town"].pk, "by_duty")


@pytest.fixture
def condition(world):
    return FilingCondition.objects.create(
        matter=Matter.objects.get(code="M-CG"),
        code="M-CG-1",
        text="主干道堆放",
        closing="清除",
        limit_value=Decimal(4),
        limit_unit="work_hour",
        valid_from=START.date(),
    )


@pytest.mark.django_db
def test_the_condition_chosen_at_acceptance_decides_the_limit(world, condition):
    petition = filed(world, at=MONDAY)
    actor = world.actor("dispatcher")
    reception.accept(petition_id=petition.pk, category_code="010101", condition="M-CG-1", actor=actor, at=MONDAY)
    let_time_pass(until=MONDAY)
    order = WorkOrder.objects.get(petition=petition)
    assert (order.limit, order.decision["limit_by"]) == (Limit(Decimal(4), "work_hour"), "condition")
    assert "主干道堆放" in next(one for one in explain(recorded=order.decision).steps if one.step == "limit").detail


@pytest.mark.django_db
def test_a_condition_of_another_matter_is_refused_and_falls_away_with_its_category(world, condition):
    petition, actor = filed(world, at=MONDAY), world.actor("dispatcher")
    with pytest.raises(reception.Invalid):
        reception.accept(petition_id=petition.pk, category_code="010102", condition="M-CG-1", actor=actor, at=MONDAY)
    said = {"petition_id": petition.pk, "actor": actor, "at": MONDAY}
    reception.classify(category_code="010101", condition="M-CG-1", **said)
    assert Petition.objects.get(pk=petition.pk).condition == "M-CG-1"
    reception.classify(category_code="010102", **said)
    assert Petition.objects.get(pk=petition.pk).condition == ""


@pytest.mark.django_db
def test_the_whole_decision_stands_on_the_order_in_words(world):
    order = dispatched(world, at=MONDAY)
    said = explain(recorded=order.decision)
    assert said.unit == "综合执法局"
    assert [one.step for one in said.steps] == ["category", "place", "list", "hours", "load", "limit"]
    assert said.assists == [("坛山街道", "M-CG-A")]
    assert all(set(one["step"]) <= CODES for one in order.decision["steps"])
