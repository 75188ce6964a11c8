"""A new holiday notice and development petitions: promised dates, units' limits and owed papers move; pauses stay."""

from __future__ import annotations

import pytest

from developments.models import Development
from developments.services import steps, templates
from developments.services.templates import StepData
from kernel import projecting
from kernel.models import ClockChange, Event, Timer
from kernel.worktime import Limit
from petitions.models import Petition
from tests.developments.steps import HOUR, PERMIT, SITE, WATER, accepted, done, filed, handed, paper_of, signed, step_of
from tests.dispatch.test_time_projecting import AFTER, forgotten, holiday  # noqa: F401
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
TUESDAY = at("2026-11-17 10:00")  # the day of the begin does not count


def test_a_plan_moves_with_its_steps_and_its_petition(plans):
    case = accepted(plans)
    signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    moved = Development.objects.get(pk=case.pk)
    assert (moved.due_at, moved.stage_due_at) == (at("2026-11-27 17:30"), at("2026-11-27 17:30"))
    assert Petition.objects.get(pk=case.petition_id).stage_due_at == moved.due_at
    assert step_of(case, SITE).due_at == step_of(case, SITE).stage_due_at == at("2026-11-20 17:30")
    assert step_of(case, PERMIT).planned_until == moved.due_at
    water = step_of(case, WATER)  # not signed for: the time to sign stays on its day, the limit moves
    assert (water.stage_due_at, water.due_at) == (at("2026-11-17 17:30"), at("2026-11-19 17:30"))
    timer = Timer.objects.get(subject_id=str(step_of(case, SITE).pk), state="armed")
    assert timer.due_at == at("2026-11-20 17:30")
    count = Event.objects.filter(case_id=case.petition_id, name="development.reprojected").count()
    projecting.perform(at=AFTER)
    assert Event.objects.filter(case_id=case.petition_id, name="development.reprojected").count() == count


def test_a_time_in_which_the_clock_stood_still_is_kept(plans):
    case = accepted(plans, lacking=("选址意见",))
    step = signed(plans, case, SITE, at=MONDAY + 2 * HOUR)
    paper = paper_of(case, "选址意见")
    steps.ask(
        development_id=case.pk, step_id=step.pk, paper_id=paper.pk, actor=plans.actor("urban_handler"), at=TUESDAY
    )  # fmt: skip
    handed(plans, case, "选址意见", at=TUESDAY + HOUR)
    before = step_of(case, SITE).due_at
    assert before > step.due_at
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    assert step_of(case, SITE).due_at == at("2026-11-23 17:30") > before
    causes = set(ClockChange.objects.filter(subject_id=str(step.pk)).values_list("cause", flat=True))
    assert causes == {"paused", "reprojected"}


def test_what_waits_for_acceptance_and_what_is_owed_move_too(plans):
    waiting = filed(plans)
    case = accepted(plans, lacking=("选址意见",))
    before = paper_of(case, "选址意见").stage_due_at
    holiday("2026-11-17", "2026-11-26")  # the last day of the paper becomes a day of rest
    projecting.perform(at=AFTER)
    assert Development.objects.get(pk=waiting.pk).stage_due_at == at("2026-11-18 17:30")
    assert paper_of(case, "选址意见").stage_due_at == at("2026-11-28 00:00") > before
    done(plans, case, WATER, at=AFTER)


def test_the_time_to_sign_never_ends_after_the_units_own_limit(plans):
    short = Limit(2, "work_hour")
    step = StepData(code=SITE, name="核验", unit_id=plans.units["urban"].pk, limit=short, green=short)
    templates.publish_template(
        code="2335", name="即办", category_code="160101", reason="即办", steps=[step], version=1,
        actor=plans.actor("keeper"), at=MONDAY - 24 * HOUR,
    )  # fmt: skip
    case = accepted(plans)
    before = step_of(case, SITE)
    assert before.stage_due_at == before.due_at == at("2026-11-16 12:00")
    holiday("2026-11-17")
    projecting.perform(at=AFTER)
    after = step_of(case, SITE)
    assert (after.stage_due_at, after.due_at, after.version) == (before.due_at, before.due_at, before.version)
    assert not Event.objects.filter(case_id=case.petition_id, name="development.reprojected").exists()
