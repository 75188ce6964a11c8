"""A new holiday notice and key work: what is counted in working days moves, what was promised by a day stands."""

from __future__ import annotations

from datetime import date

import pytest

from kernel import projecting
from kernel.models import Event, Timer
from projects.models import Milestone, Month
from tests.dispatch.test_time_projecting import AFTER, forgotten, holiday  # noqa: F401
from tests.projects import steps
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = "2026-11-18", "2026-11-19"


def test_reports_and_their_reminder_are_due_later(world):
    project = steps.running(world)
    month = steps.opened(project.plan, on=at("2026-11-01 00:01"))
    before = (month.remind_at, month.due_at)
    holiday("2026-11-04", "2026-11-05")
    projecting.perform(at=AFTER)
    month = Month.objects.get()
    assert month.due_at > before[1]
    assert month.remind_at > before[0]
    ringing = Timer.objects.get(subject_id=str(month.pk), state="armed", kind="project.due")
    assert ringing.due_at == month.due_at
    assert Event.objects.filter(name="project.redated").count() == 2
    projecting.perform(at=AFTER)
    assert Event.objects.filter(name="project.redated").count() == 2


def test_who_looks_has_longer_and_a_promised_day_stands(world):
    project = steps.running(world, date(2026, 11, 25), date(2026, 11, 26))
    one, two = project.milestones.order_by("number")
    reported = steps.reached(world, one, on=MONDAY)
    holiday(WEDNESDAY, THURSDAY)
    projecting.perform(at=AFTER)
    assert Milestone.objects.get(pk=one.pk).stage_due_at > reported.stage_due_at
    assert Milestone.objects.get(pk=two.pk).stage_due_at == two.stage_due_at
