"""A new holiday notice and whistles: what is counted moves, with the reason and once; the time named to meet stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import projecting
from kernel.models import ClockChange, Event, Timer
from tests.dispatch.test_time_projecting import AFTER, forgotten, holiday  # noqa: F401
from tests.journeys.steps import let_time_pass
from tests.whistles import steps
from tests.whistles.steps import ABSENT_AT, TUESDAY
from tests.world import MONDAY, at
from whistles.models import Summons, Task, Whistle
from whistles.services import tasks

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY, FRIDAY = "2026-11-18", "2026-11-19", "2026-11-20"


def standing(row):
    return type(row).objects.get(pk=row.pk)


def told():
    return [one.payload for one in Event.objects.filter(name="whistle.reprojected").order_by("seq")]


def armed(subject):
    return Timer.objects.get(subject_id=str(subject.pk), state="armed")


def test_what_was_asked_for_is_decided_later_and_the_course_says_why(world):
    before = steps.asked(world, on=MONDAY, kind="key_work", meets_at=at("2026-11-19 09:00"))
    assert before.stage_due_at == at("2026-11-17 17:30")
    version = holiday("2026-11-17")
    projecting.perform(at=AFTER)
    whistle = standing(before)
    assert whistle.stage_due_at == at("2026-11-18 17:30")
    assert (armed(whistle).kind, armed(whistle).due_at) == ("whistle.decide", whistle.stage_due_at)
    (said,) = told()
    assert (said["clock"], said["unit"], said["calendar"]) == ("whistle.decide", whistle.asker_id, version.number)
    assert ClockChange.objects.get(subject_id=str(whistle.pk)).to_due == whistle.stage_due_at
    projecting.perform(at=AFTER + timedelta(hours=1))
    assert standing(whistle).version == whistle.version


def test_units_sign_later_but_never_after_the_time_to_meet_which_stands(world):
    far = steps.issued(world, units=("urban",), kind="key_work", meets_at=at("2026-11-19 09:00"))
    near = steps.issued(world, units=("urban",), kind="key_work", meets_at=at("2026-11-18 08:30"))
    holiday("2026-11-17")
    projecting.perform(at=AFTER)
    late, capped = (Summons.objects.get(whistle=one) for one in (far, near))
    assert (late.receipt_due_at, armed(late).due_at) == (at("2026-11-18 17:30"), at("2026-11-18 17:30"))
    assert (capped.receipt_due_at, armed(capped).due_at) == (near.meets_at, near.meets_at)
    assert (standing(far).stage_due_at, standing(near).meets_at) == (far.stage_due_at, near.meets_at)


def test_tasks_and_the_whole_move_together_and_so_does_what_was_sent_back(world):
    whistle = steps.held(world)
    first, second = steps.minuted(world, whistle, steps.task(world), steps.task(world, "water"))
    ended = standing(whistle).finish_by
    reported = steps.done(world, first, on=TUESDAY + timedelta(hours=2))
    then = TUESDAY + timedelta(hours=3)
    back = tasks.send_back(task_id=reported.pk, note="未清理干净", actor=world.actor("east_head", on=then), at=then)
    holiday(THURSDAY)
    projecting.perform(at=at("2026-11-18 09:00"))
    moved, again = standing(second), standing(back)
    assert (second.due_at, moved.due_at) == (at("2026-11-19 17:30"), at("2026-11-20 17:30"))
    assert moved.stage_due_at == moved.due_at == armed(moved).due_at
    assert (back.stage_due_at, again.stage_due_at) == (at("2026-11-19 17:30"), at("2026-11-20 17:30"))
    assert again.due_at == back.due_at  # of the first time it was given
    assert standing(whistle).finish_by == ended + timedelta(days=1) == standing(whistle).stage_due_at
    assert sorted(one["task"] for one in told()) == [0, 1, 2]
    holiday(THURSDAY, FRIDAY)
    projecting.perform(at=at("2026-11-18 10:00"))
    # Counted from where it was sent back, and not from the notice before.
    assert Task.objects.get(pk=back.pk).stage_due_at == at("2026-11-23 17:30")


def test_what_has_struck_stays(world):
    whistle = steps.issued(world, units=("urban",))
    let_time_pass(until=ABSENT_AT)
    late = standing(whistle)
    Whistle.objects.filter(pk=whistle.pk).update(rung=1)
    holiday(WEDNESDAY)
    projecting.perform(at=ABSENT_AT + timedelta(minutes=1))
    assert standing(whistle).stage_due_at == late.stage_due_at
    Whistle.objects.filter(pk=whistle.pk).update(rung=0)
    projecting.perform(at=ABSENT_AT + timedelta(minutes=2))
    assert standing(whistle).stage_due_at > late.stage_due_at
