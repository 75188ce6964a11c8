"""A new holiday notice and calls: what is counted moves, with the reason and once; what was said stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.models import Call, Part
from calls.services import answering, parts
from kernel import projecting
from kernel.models import ClockChange, Event, Timer
from organizations.models import ResponsibilityEntry
from tests.calls.steps import HOUR, answered, called, filed
from tests.dispatch.test_time_projecting import AFTER, forgotten, holiday  # noqa: F401
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
TUESDAY = "2026-11-17"


def standing(call):
    return Call.objects.get(pk=call.pk)


def test_the_answer_moves_with_its_clock_and_the_course_says_why(world):
    before = called(world)
    version = holiday(TUESDAY)
    projecting.perform(at=AFTER)
    call = standing(before)
    assert before.stage_due_at == at("2026-11-17 17:30")
    assert call.stage_due_at == call.answer_due_at == at("2026-11-18 17:30")
    assert (call.version, call.work_due_at) == (before.version + 1, before.work_due_at)
    ringing = Timer.objects.get(subject_id=str(call.pk), state="armed")
    assert (ringing.kind, ringing.due_at) == ("call.answer", call.stage_due_at)
    told = Event.objects.get(case_id=call.case_id, name="call.reprojected").payload
    assert (told["clock"], told["unit"], told["calendar"]) == ("call.answer", call.lead_id, version.number)
    noted = ClockChange.objects.get(subject_id=str(call.pk))
    assert (noted.cause, noted.to_due) == ("reprojected", call.stage_due_at)


def test_a_cooperating_unit_has_its_own_date_moved(world):
    call = called(world, assists=("water",))
    holiday(TUESDAY)
    projecting.perform(at=AFTER)
    part = Part.objects.get(call=call)
    assert part.stage_due_at == part.answer_due_at == at("2026-11-18 17:30")
    assert Timer.objects.get(subject_id=str(part.pk), state="armed").due_at == part.stage_due_at
    told = [one.payload["clock"] for one in Event.objects.filter(name="call.reprojected").order_by("seq")]
    assert sorted(told) == ["call.answer", "call.part_answer"]


def test_what_was_promised_stands_and_so_does_what_cannot_wait(world):
    promised = answered(world, called(world), at=MONDAY + 2 * HOUR)
    urgent = filed(world, kind="emergency", category_code="010199")
    holiday("2026-11-16", TUESDAY)
    projecting.perform(at=AFTER)
    assert standing(promised).stage_due_at == promised.promised_at
    assert standing(urgent).stage_due_at == urgent.stage_due_at
    assert not Event.objects.filter(name="call.reprojected").exists()


def test_a_second_run_finds_nothing_and_what_has_struck_stays(world):
    call = called(world)
    Call.objects.filter(pk=call.pk).update(rung=1)
    holiday(TUESDAY)
    projecting.perform(at=AFTER)
    assert standing(call).stage_due_at == call.stage_due_at
    Call.objects.filter(pk=call.pk).update(rung=0)
    projecting.perform(at=AFTER)
    moved = standing(call)
    assert moved.stage_due_at > call.stage_due_at
    projecting.perform(at=AFTER + timedelta(hours=1))
    assert standing(call).version == moved.version


def test_a_ruling_on_a_cooperating_unit_moves_as_one_on_the_lead_does(world):
    on, told = MONDAY + 2 * HOUR, {"note": "与本单位无关"}
    both = called(world, assists=("water",))
    part, entry = Part.objects.get(call=both), ResponsibilityEntry.objects.get(code="M-CG-L").pk
    water, urban = world.actor("water_handler", on=on), world.actor("urban_handler", on=on)
    part = parts.refuse_part(call_id=both.pk, part_id=part.pk, entry_id=entry, actor=water, at=on, **told)
    lead = answering.refuse(call_id=both.pk, entry_id=entry, actor=urban, at=on, **told)
    assert part.stage_due_at == lead.stage_due_at == at("2026-11-17 17:30")
    holiday(TUESDAY)
    projecting.perform(at=AFTER)
    moved = Part.objects.get(pk=part.pk)
    assert moved.stage_due_at == standing(lead).stage_due_at == at("2026-11-18 17:30")
    assert moved.answer_due_at == part.answer_due_at  # it has answered: it will not come
    assert Timer.objects.get(subject_id=str(part.pk), state="armed").due_at == moved.stage_due_at
    said = [one.payload for one in Event.objects.filter(name="call.reprojected").order_by("seq")]
    assert {one["clock"]: one["unit"] for one in said} == dict.fromkeys(("call.rule", "call.part_rule"), both.center_id)
