"""What the code forbids the database refuses, and what nobody may do nobody does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from developments.choices import StepState
from developments.codes import ALPHABET, check_character, is_credit_code
from developments.models import Development, Enterprise, Paper, PlanTemplate, Standing, Step
from developments.planning import Node, planned
from developments.services import deciding, ending, enterprises, filing, papers, steps, templates
from developments.services.templates import StepData
from kernel.calendars import current
from kernel.errors import Conflict, DomainError, Invalid, Missing, NotAllowed, Stale
from kernel.worktime import Limit
from tests.developments.steps import (
    CODES,
    HOUR,
    SITE,
    WATER,
    accepted,
    filed,
    green,
    paper_of,
    plan,
    prepared,
    published,
    signed,
    step_of,
)
from tests.journeys.steps import filed as petition_filed
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
DAY = Limit(1, "workday")


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216", "11370404MB12345678"])
def test_credit_codes_of_the_standard_fit(code):
    assert is_credit_code(code)
    for wrong in ALPHABET.replace(code[-1], ""):
        assert not is_credit_code(code[:-1] + wrong)
    assert not is_credit_code(code[:-1])
    assert not is_credit_code("I" + code[1:])


def test_the_database_counts_the_check_character_too(plans):
    for body in ("91370404MA3C0000Y", "1237040400AB12CDE", "Y1370404WWWWWWWWW"):
        right = body + check_character(body)
        wrong = body + next(one for one in ALPHABET if one != right[-1])
        Enterprise.objects.filter(unit=plans.units["mill"]).update(credit_code=right)
        with pytest.raises(IntegrityError), transaction.atomic():
            Enterprise.objects.filter(unit=plans.units["mill"]).update(credit_code=wrong)


def test_only_enterprises_enter_the_register(plans):
    keeper = plans.actor("keeper")
    with pytest.raises(Invalid):
        enterprises.register(unit_id=plans.units["urban"].pk, credit_code="914403001922038216", actor=keeper, at=MONDAY)
    with pytest.raises(Conflict):
        enterprises.register(unit_id=plans.units["mill"].pk, credit_code=CODES["mill"], actor=keeper, at=MONDAY)
    with pytest.raises(NotAllowed):
        enterprises.register(
            unit_id=plans.units["mill"].pk, credit_code=CODES["mill"], actor=plans.actor("company"), at=MONDAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(unit=plans.units["mill"]).update(unit=plans.units["urban"])


def test_what_was_signed_stands(plans):
    green(plans)
    case = accepted(plans, lacking=("选址意见",))
    for rows, changed in [
        (Standing.objects.all(), {"reason": "别的"}),
        (PlanTemplate.objects.all(), {"name": "别的"}),
        (Development.objects.filter(pk=case.pk), {"promise": "别的"}),
        (Development.objects.filter(pk=case.pk), {"title": "别的"}),
        (Step.objects.filter(development=case, code=SITE), {"limit_value": 90}),
        (Step.objects.filter(development=case, code=SITE), {"state": "done", "ended_at": MONDAY}),
        (Development.objects.filter(pk=case.pk), {"tolerant": True, "promised_at": None}),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)


def test_a_units_limit_moves_with_its_cause_only(plans):
    case = accepted(plans)
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=step.pk).update(due_at=step.due_at + timedelta(days=5))


def test_nobody_does_anothers_step_or_decides_for_the_centre(plans):
    case = accepted(plans)
    site, water = step_of(case, SITE), step_of(case, WATER)
    for who, deed in [
        ("water_handler", lambda a: steps.sign(development_id=case.pk, step_id=site.pk, actor=a, at=MONDAY + 2 * HOUR)),
        ("company", lambda a: steps.sign(development_id=case.pk, step_id=site.pk, actor=a, at=MONDAY + 2 * HOUR)),
        ("urban_handler", lambda a: ending.end(development_id=case.pk, basis="x", note="x", actor=a, at=MONDAY)),
        ("dispatcher", lambda a: ending.withdraw(development_id=case.pk, note="x", actor=a, at=MONDAY + 2 * HOUR)),
        ("dispatcher", lambda a: ending.rate(development_id=case.pk, speed=5, quality=5, actor=a, at=MONDAY)),
    ]:
        with pytest.raises((NotAllowed, Conflict)):
            deed(plans.actor(who))
    with pytest.raises(Missing):
        ending.withdraw(development_id=case.pk, note="x", actor=plans.actor("company2"), at=MONDAY + 2 * HOUR)
    with pytest.raises(Missing):
        steps.sign(development_id=case.pk, step_id=water.pk, actor=plans.actor("west_officer"), at=MONDAY)


def test_a_step_of_another_case_is_not_there(plans):
    one, other = accepted(plans), accepted(plans)
    with pytest.raises(Missing):
        steps.sign(
            development_id=one.pk, step_id=step_of(other, SITE).pk, actor=plans.actor("urban_handler"), at=MONDAY + HOUR
        )
    with pytest.raises(Missing):
        papers.hand_in(
            development_id=one.pk,
            paper_id=paper_of(other, "营业执照").pk,
            given=prepared(),
            actor=plans.actor("company"),
            at=MONDAY + HOUR,
        )


def test_the_slower_of_two_is_told(plans):
    case = accepted(plans)
    step = step_of(case, SITE)
    handler = plans.actor("urban_handler")
    steps.sign(development_id=case.pk, step_id=step.pk, actor=handler, at=MONDAY + 2 * HOUR, version=step.version)
    with pytest.raises(DomainError) as refused:
        steps.sign(development_id=case.pk, step_id=step.pk, actor=handler, at=MONDAY + 2 * HOUR, version=step.version)
    assert isinstance(refused.value, Stale | Conflict)


def test_units_that_work_side_by_side_do_not_refuse_each_other(plans):
    case = accepted(plans)
    site, water = step_of(case, SITE), step_of(case, WATER)
    for step, who in ((site, "urban_handler"), (water, "water_handler")):
        steps.sign(
            development_id=case.pk, step_id=step.pk, actor=plans.actor(who), at=MONDAY + 2 * HOUR, version=step.version
        )
    assert Development.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"asked": ""}, "asked"),
        ({"template_code": "没有"}, "template"),
        ({"template_code": "9999"}, "template"),
        ({"papers": {999_999: prepared()}}, "papers"),
    ],
)
def test_what_a_company_may_not_say(plans, wrong, field):
    said = {"template_code": "2335", "title": "项目", "asked": "请办理", **wrong}
    with pytest.raises(Invalid) as refused:
        filing.file_development(actor=plans.actor("company"), at=MONDAY, **said)
    assert field in refused.value.fields
    assert not Development.objects.exists()


def test_who_is_in_no_register_files_nothing(plans):
    Enterprise.objects.filter(unit=plans.units["plant"]).delete()
    with pytest.raises(Conflict):
        filed(plans)
    with pytest.raises(NotAllowed):
        filing.file_development(template_code="2335", title="x", asked="x", actor=plans.actor("citizen"), at=MONDAY)


def test_a_circle_is_no_plan(plans):
    urban = plans.units["urban"].pk
    circle = [
        StepData(code="a", name="甲", unit_id=urban, limit=DAY, green=DAY, after=("b",)),
        StepData(code="b", name="乙", unit_id=urban, limit=DAY, green=DAY, after=("a",)),
    ]
    given = {"code": "new", "name": "新", "category_code": "160101", "reason": "x", "actor": plans.actor("keeper")}
    for steps_of in (circle, [], [circle[0]], plan(plans) * 8):
        with pytest.raises(Invalid):
            templates.publish_template(steps=steps_of, at=MONDAY, **given)
    with pytest.raises(NotAllowed):
        templates.publish_template(steps=plan(plans), at=MONDAY, **{**given, "actor": plans.actor("director")})
    with pytest.raises(Conflict):
        published(plans, at=MONDAY, version=7)


def test_a_plan_is_as_long_as_its_longest_line(world):
    nodes = [
        Node(code="a", after=(), limit=Limit(3, "workday")),
        Node(code="b", after=(), limit=Limit(1, "workday")),
        Node(code="c", after=("b",), limit=Limit(1, "workday")),
        Node(code="d", after=("a", "c"), limit=Limit(2, "workday")),
    ]
    found = planned(nodes=nodes, start=MONDAY, calendar=current(at=MONDAY))
    assert found["c"][0] == found["b"][1] == at("2026-11-17 17:30")
    assert found["d"] == (at("2026-11-19 17:30"), at("2026-11-23 17:30"))


def test_the_centre_does_not_take_up_what_a_unit_has(plans):
    petition = petition_filed(plans, at=MONDAY)
    company = Enterprise.objects.get(unit=plans.units["plant"])
    with pytest.raises(Conflict):  # livelihood becomes no plan
        filing.open_from_petition(
            petition_id=petition.pk, enterprise_id=company.pk, template_code="2335", title="x", asked="x",
            actor=plans.actor("dispatcher"), at=MONDAY,
        )  # fmt: skip
    case = filed(plans)
    with pytest.raises(Conflict):
        filing.open_from_petition(
            petition_id=case.petition_id, enterprise_id=company.pk, template_code="2335", title="x", asked="x",
            actor=plans.actor("dispatcher"), at=MONDAY,
        )  # fmt: skip


def test_a_unit_that_cannot_do_steps_is_given_none(plans):
    case = accepted(plans)
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    steps.refuse(
        development_id=case.pk, step_id=step.pk, basis="x", note="x", actor=plans.actor("urban_handler"),
        at=MONDAY + 2 * HOUR,
    )  # fmt: skip
    for unit in ("county", "plant", "mediators"):
        with pytest.raises(Invalid):
            deciding.again(
                development_id=case.pk, step_id=step.pk, unit_id=plans.units[unit].pk, note="x",
                actor=plans.actor("director"), at=MONDAY + 3 * HOUR,
            )  # fmt: skip
    moved = deciding.again(
        development_id=case.pk, step_id=step.pk, unit_id=plans.units["east_town"].pk, note="由街道办理",
        actor=plans.actor("director"), at=MONDAY + 3 * HOUR,
    )  # fmt: skip
    assert (moved.state, moved.bound) == (StepState.STARTED, False)
    assert Development.objects.visible_to(plans.actor("east_officer")).filter(pk=case.pk).exists()


def test_papers_go_where_they_belong(plans):
    case = accepted(plans)
    assert {one.step_id is not None for one in Paper.objects.filter(development=case)} == {True}
    with pytest.raises(NotAllowed):
        papers.accept_paper(
            development_id=case.pk,
            paper_id=paper_of(case, "营业执照").pk,
            actor=plans.actor("water_handler"),
            at=MONDAY,
        )
    waiting = filed(plans)
    with pytest.raises(DomainError):
        papers.accept_paper(
            development_id=waiting.pk,
            paper_id=paper_of(waiting, "营业执照").pk,
            actor=plans.actor("urban_handler"),
            at=MONDAY,
        )
