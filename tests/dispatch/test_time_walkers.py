"""Several processes carry one notice through: each order moves once, and none is left behind."""

from __future__ import annotations

import pytest

from dispatch.models import WorkOrder
from kernel import calendars, projecting
from kernel.chains import verify_all
from kernel.models import Event, Timer
from tests.dispatch.test_time import in_hand
from tests.dispatch.test_time_projecting import AFTER, holiday
from tests.races import at_once
from tests.world import at, build

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 7


@pytest.fixture
def orders(db):
    county = build()
    made = [in_hand(county, title=f"第{number}件") for number in range(MANY)]
    holiday("2026-11-18")
    yield made
    calendars.forget()


def moved_once(orders):
    ends = WorkOrder.objects.filter(pk__in=[one.pk for one in orders]).values_list("handle_due_at", flat=True)
    told = Event.objects.filter(name="order.reprojected").values_list("subject_id", flat=True)
    armed = Timer.objects.filter(kind="order.handle", state="armed")
    assert set(ends) == set(armed.values_list("due_at", flat=True)) == {at("2026-11-24 17:30")}
    assert sorted(told) == sorted(str(one.pk) for one in orders)
    assert all(one.intact for one in verify_all())
    assert not projecting.unfinished()


def test_walkers_from_both_ends_meet_and_a_third_has_nothing_to_do(orders):
    at_once([lambda: projecting.perform(at=AFTER, size=1)] * 3)
    run = projecting.perform(at=AFTER)
    assert run.moved == MANY
    moved_once(orders)


def test_a_second_process_helps(orders):
    run = projecting.perform_from_both_ends(at=AFTER)
    assert (run.moved, run.finished_at) == (MANY, AFTER)
    moved_once(orders)


def test_an_end_where_somebody_walks_is_left_to_them(orders):
    assert projecting.perform(at=AFTER).moved == MANY
    backwards = projecting.steps(at=AFTER, write=True, size=1, backwards=True)
    assert [step.seen for _name, step in backwards] == [0] * len(projecting.PROJECTORS)
