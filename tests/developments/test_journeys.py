"""Development petitions from end to end, with the real relay and a moved clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.choices import PaperState, State, StepState
from developments.models import Development, Escalation, Step
from developments.services import accepting, deciding, ending, steps
from dispatch.models import WorkOrder
from kernel.chains import verify_case
from kernel.errors import Invalid, NotAllowed
from kernel.models import Timer
from petitions.models import DeclineReason, Petition
from petitions.services.closing import withdraw as withdraw_petition
from tests.developments.steps import (
    HOUR,
    PERMIT,
    SITE,
    WATER,
    accepted,
    done,
    filed,
    green,
    paper_of,
    published,
    signed,
    step_of,
    story,
    told,
)
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def test_everything_in_time_from_the_company_to_its_rating(plans):
    case = accepted(plans)
    petition = Petition.objects.get(pk=case.petition_id)
    assert (petition.kind, petition.channel, petition.state) == ("development", "enterprise", "planned")
    assert petition.stage_due_at == case.due_at == at("2026-11-26 17:30")  # three days, then five
    assert (case.tolerant, case.steps_total, case.steps_done) == (False, 3, 0)
    states = dict(Step.objects.filter(development=case).values_list("code", "state"))
    assert states == {SITE: "started", WATER: "started", PERMIT: "waiting"}
    assert told(plans, "company", "developments.accepted") == 1
    assert told(plans, "urban_handler", "developments.step") == told(plans, "water_handler", "developments.step") == 1

    done(plans, case, WATER, at=MONDAY + 2 * HOUR)
    assert step_of(case, PERMIT).state == StepState.WAITING
    done(plans, case, SITE, at=TUESDAY)
    assert step_of(case, PERMIT).state == StepState.STARTED
    assert paper_of(case, "营业执照").state == PaperState.ACCEPTED  # what was handed in counts as accepted
    done(plans, case, PERMIT, at=TUESDAY + timedelta(days=1))
    let_time_pass(until=TUESDAY + timedelta(days=1, hours=2))

    case = Development.objects.get(pk=case.pk)
    assert (case.state, case.steps_done, case.finished_in_time) == (State.FINISHED, 3, True)
    assert Petition.objects.get(pk=case.petition_id).state == "closed"
    rated = ending.rate(
        development_id=case.pk, speed=5, quality=4, actor=plans.actor("company"), at=TUESDAY + timedelta(days=2)
    )
    assert (rated.state, rated.speed, rated.quality) == (State.CLOSED, 5, 4)
    let_time_pass(until=MONDAY + timedelta(days=60))
    assert not Escalation.objects.exists()
    assert not WorkOrder.objects.filter(petition=petition).exists()  # a plan has no order beside it
    assert verify_case(case_id=case.petition_id).intact
    assert story(case)[:3] == ["petition.filed", "petition.attached", "development.paper_handed"]
    assert story(case).count("development.step_finished") == 3


def test_a_late_step_climbs_to_the_head_the_leader_and_the_director_each_once(plans):
    case = accepted(plans)
    signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    done(plans, case, WATER, at=MONDAY + 2 * HOUR)
    for _again in range(2):
        let_time_pass(until=MONDAY + timedelta(days=3, hours=20))
    rungs = Escalation.objects.filter(clock="development.step_work").order_by("rung")
    assert [(one.rung, one.whom, one.unit_id) for one in rungs] == [(1, "head", plans.units["urban"].pk)]
    assert told(plans, "urban_head", "developments.late") == 1
    let_time_pass(until=MONDAY + timedelta(days=7, hours=20))  # the next working day is over
    assert told(plans, "leader", "developments.late") == 1
    for day in range(8, 16):
        let_time_pass(until=MONDAY + timedelta(days=day))
    mine = Escalation.objects.filter(clock="development.step_work").order_by("rung")
    assert [one.whom for one in mine] == ["head", "leader", "director"]
    assert not Escalation.objects.filter(unit=plans.units["water"]).exists()  # a unit's lateness is its own


def test_a_step_that_nobody_signs_for_climbs_too(plans):
    accepted(plans)
    let_time_pass(until=TUESDAY + timedelta(days=1))
    assert Escalation.objects.filter(clock="development.step_sign", whom="head").count() == 2
    assert told(plans, "urban_head", "developments.late") == 1


def test_a_refused_step_goes_back_once_or_the_plan_goes_on_without_it(plans):
    case = accepted(plans)
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    handler, director = plans.actor("urban_handler"), plans.actor("director")
    refusal = {"basis": "城乡规划法 40", "note": "不在规划区内"}
    with pytest.raises(Invalid):
        steps.refuse(development_id=case.pk, step_id=step.pk, basis=" ", note="x", actor=handler, at=MONDAY + 3 * HOUR)
    steps.refuse(development_id=case.pk, step_id=step.pk, actor=handler, at=MONDAY + 3 * HOUR, **refusal)
    assert told(plans, "director", "developments.rule") == 1
    unit = plans.units["urban"].pk
    deciding.again(
        development_id=case.pk, step_id=step.pk, unit_id=unit, note="依法应予受理", actor=director, at=TUESDAY
    )
    signed(plans, case, SITE, at=TUESDAY + HOUR)
    with pytest.raises(NotAllowed):
        steps.refuse(development_id=case.pk, step_id=step.pk, actor=handler, at=TUESDAY + HOUR, **refusal)

    water = step_of(case, WATER)
    steps.refuse(
        development_id=case.pk, step_id=water.pk, actor=plans.actor("water_handler"), at=TUESDAY + HOUR, **refusal
    )
    deciding.waive(development_id=case.pk, step_id=water.pk, note="已有接口", actor=director, at=TUESDAY + 2 * HOUR)
    case = Development.objects.get(pk=case.pk)
    assert (case.steps_done, step_of(case, WATER).state) == (1, StepState.WAIVED)


def test_the_company_withdraws_and_nobody_need_do_anything(plans):
    case = accepted(plans)
    gone = ending.withdraw(development_id=case.pk, note="项目调整", actor=plans.actor("company"), at=MONDAY + 2 * HOUR)
    assert gone.state == State.WITHDRAWN
    assert Petition.objects.get(pk=case.petition_id).state == "withdrawn"
    let_time_pass(until=MONDAY + timedelta(days=40))
    assert not Escalation.objects.exists()
    assert not Timer.objects.filter(case_id=case.petition_id, state="armed").exists()
    assert told(plans, "urban_handler", "developments.ended") == 1


def test_a_petition_that_is_taken_back_takes_its_plan_with_it(plans):
    case = accepted(plans)
    withdraw_petition(petition_id=case.petition_id, actor=plans.actor("company"), at=MONDAY + 2 * HOUR)
    let_time_pass(until=MONDAY + 3 * HOUR)
    case = Development.objects.get(pk=case.pk)
    assert (case.state, case.end_note) == (State.WITHDRAWN, "petition_withdrawn")


def test_declining_names_the_law_and_closes_the_petition(plans):
    DeclineReason.objects.create(
        code="not_here", name="不属于本区审批", channel="市行政审批服务局", basis="行政许可法 32"
    )
    case = filed(plans)
    declined = accepting.decline(
        development_id=case.pk, reason_code="not_here", note="请向市局申请", actor=plans.actor("dispatcher"),
        at=MONDAY + HOUR,
    )  # fmt: skip
    assert (declined.state, declined.basis) == (State.DECLINED, "行政许可法 32")
    assert Petition.objects.get(pk=case.petition_id).state == "declined"
    assert told(plans, "company", "developments.ended_own") == 1


def test_the_green_channel_has_its_own_limits(plans):
    green(plans)
    case = accepted(plans)
    assert case.green
    assert case.due_at == at("2026-11-23 17:30")  # two days, then three
    assert step_of(case, SITE).due_at == at("2026-11-18 17:30")
    assert step_of(case, SITE).stage_due_at == at("2026-11-16 16:00")  # four hours to sign, without noon


def test_a_new_version_of_the_template_leaves_running_plans_alone(plans):
    running = accepted(plans)
    published(plans, at=TUESDAY, version=1, permit_days=9)
    assert step_of(running, PERMIT).limit_value == 5
    assert Development.objects.get(pk=running.pk).due_at == running.due_at
    later = accepted(plans, at=TUESDAY)
    assert later.template.number == 2
    assert step_of(later, PERMIT).limit_value == 9


def test_a_case_that_nobody_rates_closes_by_itself(plans):
    case = accepted(plans)
    for code, day in ((WATER, 0), (SITE, 1), (PERMIT, 2)):
        done(plans, case, code, at=MONDAY + timedelta(days=day, hours=2))
    let_time_pass(until=MONDAY + timedelta(days=15))
    case = Development.objects.get(pk=case.pk)
    assert (case.state, case.end_note, case.speed) == (State.CLOSED, "unrated", None)
