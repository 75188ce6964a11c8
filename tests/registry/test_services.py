"""A draft from its first line to what it makes, and everything that stands against it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kernel.errors import Conflict, Invalid, NotAllowed, Stale, Unprocessable, WrongState
from kernel.models import Event
from organizations.models import FilingCondition, ResponsibilityEntry
from organizations.queries import conditions_of
from petitions.models import Category
from registry.choices import ActKind, DraftState, LineVerdict
from registry.models import Act, Draft, Item, ItemVersion
from registry.queries.contents import held_items
from registry.services import drafts, publishing
from tests.refusals import refused
from tests.registry.steps import FOUNDED, LATER, approved, duty, found, item, leads, proposed, stall, unhelped
from tests.world import MONDAY

pytestmark = pytest.mark.django_db

BEFORE = LATER - timedelta(days=1)


def test_founding_takes_over_what_stands_and_adds_what_is_new(world):
    before = list(ResponsibilityEntry.objects.filter(matter__code="M-CG").values_list("pk", "valid_until"))
    payload = stall(basis="山东省乡镇人民政府工作条例", lead_duty="", township_duty="协助")
    with refused(Unprocessable):
        found(("T-CG", payload))
    found(("T-CG", stall()), ("D-GS-1", duty()))
    act = Act.objects.get(item=item())
    assert (act.kind, act.signed_by, act.document) == (ActKind.FOUNDED, None, "峄政发〔2025〕20号")
    assert act.to_version == ItemVersion.objects.get(item=item(), number=1)
    assert [pk for pk, _until in before] == sorted(
        ResponsibilityEntry.objects.filter(matter__code="M-CG", valid_until=FOUNDED).values_list("pk", flat=True)
    )
    assert leads("M-CG", FOUNDED) == ["D-CG"]
    assert {one.code for one in FilingCondition.objects.all()} == {"M-CG-01", "M-CG-02"}
    assert list(Event.objects.filter(case_id=item().pk).values_list("name", flat=True)) == ["registry.item_adopted"]
    assert str(held_items(codes=["T-CG"], on=FOUNDED)["T-CG"].content.conditions[0].limit_value) == "4.00"


def test_entries_that_already_say_so_stay(world):
    one = ResponsibilityEntry.objects.get(code="M-CG-L")
    said = stall(lead_duty=one.duty_text or "x", basis=one.basis)
    ResponsibilityEntry.objects.filter(matter__code="M-CG").update(duty_text="x")
    found(("T-CG", {**said, "lead_duty": "x", "township_duty": "x"}))
    assert set(ResponsibilityEntry.objects.filter(matter__code="M-CG").values_list("code", "valid_until")) == {
        ("M-CG-L", None),
        ("M-CG-A", None),
    }


def test_a_change_opens_a_version_and_leaves_the_one_before(world):
    found(("T-CG", stall()))
    approved(world, ("change", "T-CG", {"lead_unit": "U-GS", "limit_value": "3", "limit_unit": "workday"}))
    first, second = ItemVersion.objects.filter(item=item()).order_by("number")
    assert (first.valid_from, first.valid_until, first.lead_unit.code) == (FOUNDED, LATER, "D-CG")
    assert (second.valid_from, second.valid_until, second.lead_unit.code) == (LATER, None, "U-GS")
    assert (leads("M-CG", BEFORE), leads("M-CG", LATER)) == (["D-CG"], ["U-GS"])
    act = Act.objects.get(item=item(), kind=ActKind.AMENDED)
    assert (act.signed_by, act.signed_unit) == (world.users["director"], world.units["county"])
    assert act.reason == "职责调整"
    assert item().version == 2
    amended = Event.objects.get(name="registry.item_amended")
    assert amended.payload["fields"] == ["lead_unit", "limit_value"]


def test_withdrawing_ends_the_item_and_its_rows(world):
    found(("T-CG", stall()))
    approved(world, ("withdraw", "T-CG", {}))
    assert ItemVersion.objects.get(item=item()).valid_until == LATER
    assert (leads("M-CG", BEFORE), leads("M-CG", LATER)) == (["D-CG"], [])
    assert list(Item.objects.in_force(BEFORE)) == [item()]
    assert not Item.objects.in_force(LATER)
    assert Item.objects.with_status(LATER).get().status_then == "withdrawn"
    assert not conditions_of(matter_id=item().matter_id, at=MONDAY + timedelta(days=30))


def test_another_item_may_take_the_matter_over_on_the_day(world):
    found(("T-CG", stall()))
    new = stall(township_role="none", township_duty="", lead_unit="U-GS", conditions=[])
    approved(world, ("withdraw", "T-CG", {}), ("new", "T-CG-2", new))
    assert leads("M-CG", LATER) == ["U-GS"]
    assert Item.objects.in_force(LATER).get().code == "T-CG-2"


def test_nobody_approves_what_they_proposed(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "专项经费"}))
    with refused(NotAllowed, match="自己提出"):
        publishing.approve(draft_id=made.pk, actor=world.actor("keeper"), at=MONDAY)
    publishing.approve(draft_id=made.pk, actor=world.actor("director"), at=MONDAY)
    assert Draft.objects.get(pk=made.pk).approved_by == world.users["director"]


def test_a_township_gets_no_new_duty_without_an_admission(world):
    found(
        (
            "T-GS",
            stall(
                matter="M-GS", lead_unit="U-GS", township_role="none", township_duty="", conditions=[], categories=[]
            ),
        )
    )
    for more in (
        {"township_role": "assist", "township_duty": "协助"},
        {"lead_rule": "township_of_place", "lead_unit": "", "township_role": "lead"},
        {"cooperations": [{"rule": "village_of_place", "duty": "协助"}]},
        {"cooperations": [{"unit": "TS-370404001", "duty": "协助"}]},
    ):
        with refused(Unprocessable) as said:
            proposed(world, ("change", "T-GS", more))
        assert said.value.code == "draft_has_faults"
        assert any("township_role" in column for column in said.value.fields)
    led = unhelped(township_role="lead", lead_rule="township_of_place", lead_unit="", matter="M-HJ")
    with refused(Unprocessable):
        proposed(world, ("new", "T-HJ", led))


def test_a_township_that_has_a_duty_may_have_a_lighter_one(world):
    found(
        (
            "T-HJ",
            stall(
                matter="M-HJ",
                township_role="lead",
                lead_rule="township_of_place",
                lead_unit="",
                conditions=[],
                categories=[],
            ),
        )
    )
    lighter = {"lead_rule": "unit", "lead_unit": "D-CG", "township_role": "assist", "township_duty": "协助"}
    approved(world, ("change", "T-HJ", lighter))
    assert leads("M-HJ", LATER) == ["D-CG"]


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"lead_unit": "NONE"}, "lead_unit"),
        ({"lead_unit": ""}, "lead_unit"),
        ({"lead_rule": "somebody"}, "lead_rule"),
        ({"name": ""}, "name"),
        ({"limit_value": "0", "limit_unit": "workday"}, "limit_value"),
        ({"limit_value": "5", "limit_unit": "fortnight"}, "limit_value"),
        ({"township_duty": ""}, "township_duty"),
        ({"cooperations": [{"unit": "U-GS", "duty": "x"}, {"unit": "U-GS", "duty": "y"}]}, "cooperations.2.unit"),
        ({"cooperations": [{"unit": "D-CG", "duty": "x"}]}, "cooperations.1.unit"),
        ({"cooperations": [{"rule": "township_of_place", "duty": "x"}]}, "cooperations.1.rule"),
        ({"cooperations": [{"unit": "D-CG", "colour": "x"}]}, "cooperations.1.colour"),
        ({"chart": [{"key": "1", "title": "查", "next": ["9"]}]}, "chart.1.next"),
        ({"chart": [{"key": "1", "title": "查", "who": "NONE"}]}, "chart.1.who"),
        ({"chart": [{"key": "1"}]}, "chart.1.title"),
        ({"categories": ["999999"]}, "categories"),
        ({"categories": ["一"]}, "categories"),
        ({"conditions": [{"code": "X", "text": "x"}]}, "conditions.1.limit_value"),
        ({"colour": "red"}, "colour"),
        ({"kind": "power"}, "kind"),
        ({"basis": "x\ny"}, "basis"),
        ({"lead_duty": 5}, "lead_duty"),
    ],
)
def test_a_fault_names_its_column(world, more, column):
    found(("T-CG", stall()))
    actor = world.actor("keeper")
    opened = drafts.open_draft(title="x", origin="by_hand", reason="x", effective=LATER, actor=actor, at=MONDAY)
    line = drafts.put_line(draft_id=opened.pk, op="change", item_code="T-CG", payload=more, actor=actor, at=MONDAY)
    assert line.verdict == LineVerdict.WRONG
    assert column in {one["column"] for one in line.faults}
    with refused(Unprocessable):
        drafts.submit(draft_id=opened.pk, actor=actor, at=MONDAY)


def test_verdicts_of_a_plan(world):
    found(("T-CG", stall()), ("D-GS-1", duty()), ("D-GS-2", duty(name="二")))
    actor = world.actor("keeper")
    opened = drafts.open_draft(title="x", origin="sheet", reason="x", effective=LATER, actor=actor, at=MONDAY)
    lines = [
        drafts.LineInput(op="change", item_code="T-CG", payload=stall(safeguards="新")),
        drafts.LineInput(op="change", item_code="D-GS-1", payload=duty()),
        drafts.LineInput(op="withdraw", item_code="D-GS-2", payload={}),
        drafts.LineInput(op="new", item_code="D-GS-3", payload=duty(name="三")),
        drafts.LineInput(op="new", item_code="D-GS-1", payload=duty()),
    ]
    with refused(Invalid):
        drafts.put_lines(draft_id=opened.pk, lines=lines, actor=actor, at=MONDAY)
    drafts.put_lines(draft_id=opened.pk, lines=lines[:4], actor=actor, at=MONDAY)
    plan = publishing.plan(draft=opened)
    assert [one.verdict for one in plan.lines] == ["changed", "same", "gone", "new"]
    assert [change.name for change in plan.lines[0].fields] == ["safeguards"]
    assert plan.counts == {"new": 1, "changed": 1, "gone": 1, "same": 1, "wrong": 0}
    drafts.submit(draft_id=opened.pk, actor=actor, at=MONDAY)
    publishing.approve(draft_id=opened.pk, actor=world.actor("director"), at=MONDAY)
    assert item("D-GS-1").version == 1
    assert Act.objects.filter(item=item("D-GS-2"), kind=ActKind.WITHDRAWN).exists()


def test_a_matter_belongs_to_one_item(world):
    found(("T-CG", stall()))
    new = stall(township_role="none", township_duty="", categories=[], conditions=[])
    with refused(Unprocessable) as said:
        proposed(world, ("new", "T-CG-2", new))
    assert "T-CG-2, matter" in said.value.fields


def test_a_category_belongs_to_one_item(world):
    found(("T-CG", stall()))
    other = stall(matter="M-GS", lead_unit="U-GS", township_role="none", township_duty="", conditions=[])
    with refused(Unprocessable) as said:
        proposed(world, ("new", "T-GS", other))
    assert "T-GS, categories" in said.value.fields
    approved(world, ("change", "T-CG", {"categories": []}), ("new", "T-GS", other), effective=MONDAY.date())
    assert Category.objects.get(code="010101").matter.code == "M-GS"


def test_categories_wait_for_the_day(world):
    found(("T-CG", stall()))
    approved(world, ("change", "T-CG", {"categories": ["010102"]}))
    assert Category.objects.get(code="010102").matter.code == "M-GS"


def test_a_change_on_the_first_day_is_refused(world):
    found(("T-CG", stall()), effective=LATER)
    with refused(Unprocessable) as said:
        proposed(world, ("change", "T-CG", {"safeguards": "新"}))
    assert "T-CG, effective" in said.value.fields or "T-CG, item_code" in said.value.fields


def test_the_day_may_not_have_passed(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}), effective=date(2026, 11, 1))
    director = world.actor("director")
    with refused(Conflict):
        publishing.approve(draft_id=made.pk, actor=director, at=MONDAY)
    publishing.approve(draft_id=made.pk, actor=director, at=MONDAY, effective=LATER)
    assert ItemVersion.objects.get(item=item(), number=2).valid_from == LATER


def test_a_draft_that_is_decided_stands(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}))
    with refused(Invalid):
        drafts.refuse(draft_id=made.pk, reason=" ", actor=world.actor("director"), at=MONDAY)
    drafts.refuse(draft_id=made.pk, reason="依据不足", actor=world.actor("director"), at=MONDAY)
    assert Draft.objects.get(pk=made.pk).state == DraftState.REFUSED
    with refused(WrongState):
        publishing.approve(draft_id=made.pk, actor=world.actor("director"), at=MONDAY)
    with refused(WrongState):
        drafts.put_line(
            draft_id=made.pk, op="withdraw", item_code="T-CG", payload={}, actor=world.actor("keeper"), at=MONDAY
        )


def test_a_draft_goes_back_and_forth(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}))
    keeper = world.actor("keeper")
    drafts.take_back(draft_id=made.pk, actor=keeper, at=MONDAY)
    drafts.drop_line(draft_id=made.pk, item_code="T-CG", actor=keeper, at=MONDAY)
    with refused(Invalid):
        drafts.submit(draft_id=made.pk, actor=keeper, at=MONDAY)
    with refused(Stale):
        drafts.discard(draft_id=made.pk, actor=keeper, at=MONDAY, version=1)
    drafts.discard(draft_id=made.pk, actor=keeper, at=MONDAY)
    assert Draft.objects.get(pk=made.pk).state == DraftState.DISCARDED


def test_drafts_are_for_those_who_work_on_them(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}), who="urban_handler")
    for name, sees in {
        "keeper": True,
        "director": True,
        "urban_handler": True,
        "water_handler": False,
        "dispatcher": False,
        "citizen": False,
    }.items():
        assert Draft.objects.visible_to(world.actor(name)).filter(pk=made.pk).exists() is sees, name
    with refused(NotAllowed):
        publishing.approve(draft_id=made.pk, actor=world.actor("urban_handler"), at=MONDAY)


def test_an_approval_against_a_changed_item_is_refused(world):
    found(("T-CG", stall()))
    first = proposed(world, ("change", "T-CG", {"safeguards": "甲"}))
    second = proposed(world, ("change", "T-CG", {"safeguards": "乙"}))
    publishing.approve(draft_id=first.pk, actor=world.actor("director"), at=MONDAY)
    with refused(Unprocessable) as said:
        publishing.approve(draft_id=second.pk, actor=world.actor("director"), at=MONDAY)
    assert any(column.startswith("T-CG") for column in said.value.fields)
    assert ItemVersion.objects.filter(item=item()).count() == 2
