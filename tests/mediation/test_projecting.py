"""A new holiday notice and mediations: the day by which a mediator is named moves; a calendar day does not."""

from __future__ import annotations

import pytest

from kernel import projecting
from kernel.models import Event, Timer
from mediation.models import MediationCase
from tests.dispatch.test_time_projecting import AFTER, forgotten, holiday  # noqa: F401
from tests.mediation.steps import disputes, opened, taken
from tests.world import MONDAY

pytestmark = pytest.mark.django_db


def test_the_day_for_naming_a_mediator_moves(world):
    disputes(world)
    before = opened(world, at=MONDAY)
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    case = MediationCase.objects.get(pk=before.pk)
    assert case.stage_due_at > before.stage_due_at
    assert (
        Timer.objects.get(subject_id=str(case.pk), kind="mediation.assign", state="armed").due_at == case.stage_due_at
    )
    assert Event.objects.filter(subject_id=str(case.pk), name="mediation.reprojected").count() == 1
    projecting.perform(at=AFTER)
    assert Event.objects.filter(subject_id=str(case.pk), name="mediation.reprojected").count() == 1


def test_thirty_calendar_days_stay_thirty_calendar_days(world):
    disputes(world)
    before = taken(world, at=MONDAY)
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    assert MediationCase.objects.get(pk=before.pk).conclude_by == before.conclude_by
