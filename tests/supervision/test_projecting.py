"""A new holiday notice and supervision orders: their dates move too, with the reason, and once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import projecting
from kernel.models import ClockChange, Event, Timer
from supervision.models import SupervisionOrder
from tests.dispatch.test_time_projecting import AFTER, forgotten, holiday  # noqa: F401
from tests.supervision.steps import answered, in_hand, issued, received, sent_back
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
WEDNESDAY = "2026-11-18"


def standing(order):
    return SupervisionOrder.objects.get(pk=order.pk)


def test_receipt_and_answer_move_with_the_clock_and_the_case_says_why(world):
    before = issued(world, in_hand(world), at=MONDAY)
    assert before.answer_due_at == at("2026-11-19 17:30")
    version = holiday("2026-11-16", WEDNESDAY)
    projecting.perform(at=AFTER)
    order = standing(before)
    assert order.answer_due_at == at("2026-11-20 17:30")
    assert order.receive_due_at == order.stage_due_at > before.stage_due_at
    ringing = Timer.objects.get(subject_id=str(order.pk), state="armed")
    assert (ringing.kind, ringing.due_at) == ("supervision.receive", order.stage_due_at)
    told = Event.objects.get(subject_id=str(order.pk), name="supervision.reprojected").payload
    assert (told["clock"], told["calendar"]) == ("supervision.receive", version.number)
    assert ClockChange.objects.get(subject_id=str(order.pk)).to_due == order.stage_due_at
    assert order.version == before.version + 1


def test_each_stage_is_counted_from_where_it_began(world):
    order = received(world, in_hand(world))
    holiday(WEDNESDAY)
    projecting.perform(at=AFTER)
    assert standing(order).stage_due_at == standing(order).answer_due_at > order.answer_due_at


def test_what_was_sent_back_is_counted_from_then(world):
    work = in_hand(world)
    made = answered(world, work, at=at("2026-11-17 10:00"))
    order = sent_back(world, made, at=at("2026-11-17 11:00"))
    assert order.answer_due_at == at("2026-11-20 17:30")
    holiday(WEDNESDAY)
    projecting.perform(at=AFTER)
    assert standing(order).answer_due_at == at("2026-11-23 17:30")


def test_a_second_run_finds_nothing_and_what_has_struck_stays(world):
    order = issued(world, in_hand(world), at=MONDAY)
    SupervisionOrder.objects.filter(pk=order.pk).update(rung=1)
    holiday(WEDNESDAY)
    projecting.perform(at=AFTER)
    assert standing(order).answer_due_at == order.answer_due_at
    SupervisionOrder.objects.filter(pk=order.pk).update(rung=0)
    projecting.perform(at=AFTER)
    moved = standing(order)
    assert moved.answer_due_at > order.answer_due_at
    projecting.perform(at=AFTER + timedelta(hours=1))
    assert standing(order).version == moved.version
