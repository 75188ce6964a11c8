"""A one-off task of the township stands beside the decision that it gives a basis to, and beside no other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.explaining import explain
from organizations.models import Matter
from registry.models import AdHocTask
from registry.services.adhoc import deciding
from tests.api.conftest import enter as calling  # noqa: F401
from tests.journeys.steps import dispatched
from tests.registry.admissions import task_approve, task_heard
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
DURING = at("2026-11-24 09:00")


@pytest.fixture
def task(world) -> AdHocTask:
    """A task about stalls in the east township, from the 23rd of November until the end of the year."""
    case = task_heard(world, on=MONDAY, matter_id=Matter.objects.get(code="M-CG").pk)
    return task_approve(world, case, on=MONDAY + timedelta(hours=1))


def test_the_page_and_the_api_tell_the_task_of_the_day_and_the_place(world, task, client, calling):  # noqa: F811
    there, before = dispatched(world, at=DURING), dispatched(world, at=MONDAY)
    elsewhere = dispatched(world, at=DURING, lng=117.71, lat=34.77)
    client.force_login(world.users["director"])
    for order, told in ((there, True), (before, False), (elsewhere, False)):
        assert (task.number in client.get(f"/dispatch/{order.pk}/why/").content.decode()) == told, order.place
        steps = calling("director").get(f"/orders/{order.pk}/").json()["decision"]["steps"]
        assert ("task" in [one["step"] for one in steps]) == told


def test_a_task_that_was_stopped_still_stands_beside_the_decisions_before(world, task):
    order = dispatched(world, at=DURING)
    stop = DURING + timedelta(days=2)
    deciding.stop(task_id=task.pk, reason="另有安排", actor=world.actor("director", on=stop), at=stop)
    told = {
        day: [one.said for one in explain(recorded=order.decision, on=(DURING + timedelta(days=day)).date()).steps][-1]
        for day in (0, 1, 2, 3)
    }
    assert {day for day, said in told.items() if task.number in said} == {0, 1}
