"""Which unit does a step at a place, whose lateness it is that a plan stands still, and how fast the ladder climbs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.models import Development, Escalation
from developments.services import accepting, steps, templates
from developments.services.templates import StepData
from kernel.errors import Invalid
from kernel.worktime import Limit
from organizations.choices import LeadRule
from tests.developments.steps import HOUR, SITE, accepted, filed, green, paper_of, signed, step_of
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
DAY = Limit(1, "workday")
REFUSAL = {"basis": "城乡规划法 40", "note": "不在规划区内"}


def by_place(world, rule):
    """A plan of one step that somebody at the place does."""
    step = StepData(code=SITE, name="现场核实", rule=rule, limit=DAY, green=DAY)
    templates.publish_template(
        code="2335", name="就近办", category_code="160101", reason="就近", steps=[step], version=1,
        actor=world.actor("keeper"), at=MONDAY - timedelta(days=1),
    )  # fmt: skip


@pytest.mark.parametrize(("by", "town"), [("company", "east_town"), ("company2", "west_town")])
def test_a_step_of_the_place_is_done_by_the_township_of_the_company(plans, by, town):
    by_place(plans, LeadRule.TOWNSHIP_OF_PLACE)
    case = accepted(plans, by=by)
    assert step_of(case, SITE).unit == plans.units[town]
    assert case.involved == sorted([plans.units["county"].pk, plans.units[town].pk])
    other = "west_officer" if by == "company" else "east_officer"
    assert not Development.objects.visible_to(plans.actor(other)).exists()


def test_a_place_without_the_unit_takes_nothing_up(plans):
    by_place(plans, LeadRule.VILLAGE_OF_PLACE)  # the company's place is its township, and no village
    case = filed(plans)
    with pytest.raises(Invalid) as refused:
        accepting.accept(development_id=case.pk, actor=plans.actor("dispatcher"), at=MONDAY + HOUR)
    assert list(refused.value.fields) == ["place"]
    assert Development.objects.get().state == "filed"


def late(case, clock):
    found = Escalation.objects.filter(subject=step_of(case, SITE).pk, clock=f"development.{clock}").order_by("rung")
    return list(found.values_list("whom", "unit__code"))


def test_that_a_paper_lapsed_or_a_step_was_refused_is_the_centres_to_decide_and_not_the_units_fault(plans):
    held = accepted(plans, lacking=("选址意见",))
    signed(plans, held, SITE, at=MONDAY + 2 * HOUR)
    refused = accepted(plans)
    steps.refuse(
        development_id=refused.pk, step_id=step_of(refused, SITE).pk, actor=plans.actor("urban_handler"),
        at=MONDAY + 2 * HOUR, **REFUSAL,
    )  # fmt: skip
    over = paper_of(held, "选址意见").stage_due_at
    for until in (over, over + timedelta(days=6)):
        let_time_pass(until=until)
    assert late(refused, "step_rule") == [("director", "CC-370404")]
    assert late(held, "step_hold") == [("director", "CC-370404")]


def test_the_green_channel_climbs_faster(plans):
    ordinary = accepted(plans, by="company2")
    green(plans)
    quick = accepted(plans)
    assert step_of(quick, SITE).stage_due_at == at("2026-11-16 16:00")
    for until in ("2026-11-16 16:00", "2026-11-17 14:00"):
        let_time_pass(until=at(until))
    assert late(quick, "step_sign") == [("head", "D-CG"), ("leader", "D-CG")]
    assert late(ordinary, "step_sign") == []  # it has the whole day to sign
    let_time_pass(until=at("2026-11-18 14:00"))
    assert late(ordinary, "step_sign") == [("head", "D-CG")]
