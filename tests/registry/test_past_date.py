"""What is past its date and was taken up by nobody is a list of its own, with its number on the tab."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import clock
from registry.models import AdHocTask, Admission
from tests.registry.admissions import applied, task_applied

pytestmark = pytest.mark.django_db


def test_late_admissions_are_listed_and_counted(page, world):
    late, fair = (applied(world, on=clock.now()) for _number in range(2))
    assert "past" in page("director", "/registry/admissions/")
    assert f"/registry/admissions/{late.pk}/" not in page("director", "/registry/admissions/?tab=past")
    Admission.objects.filter(pk=late.pk).update(stage_due_at=clock.now() - timedelta(days=1))
    shown = page("director", "/registry/admissions/?tab=past")
    assert 'Past review or limit <b class="num">1</b>' in shown
    assert f"/registry/admissions/{late.pk}/" in shown
    assert f"/registry/admissions/{fair.pk}/" not in shown
    assert 'Past review or limit <b class="num">1</b>' in page("director", "/registry/admissions/")


def test_late_tasks_are_too(page, world):
    task = task_applied(world, on=clock.now())
    AdHocTask.objects.filter(pk=task.pk).update(stage_due_at=clock.now() - timedelta(days=1))
    assert f"/registry/tasks/{task.pk}/" in page("director", "/registry/tasks/?tab=past")
