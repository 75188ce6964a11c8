"""A cooperating unit refuses by a row of the list, and the centre rules; the lead is not held up by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.models import Call, Escalation, Part
from calls.services import judging, parts
from kernel.errors import Invalid, NotAllowed, WrongState
from kernel.models import Event, Timer
from notices.models import Notice
from organizations.models import ResponsibilityEntry
from tests.calls.steps import HOUR, called, reported
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
THEN = MONDAY + 2 * HOUR


def refused(world, *, on=THEN, code="M-CG-L"):
    call = called(world, assists=("water", "west_town"))
    part = Part.objects.get(call=call, unit=world.units["water"])
    entry = ResponsibilityEntry.objects.get(code=code).pk
    actor = world.actor("water_handler", on=on)
    said = {"entry_id": entry, "note": "与供水无关", "actor": actor, "at": on}
    return parts.refuse_part(call_id=call.pk, part_id=part.pk, **said)


def ruled(world, part, deed, *, by="director", on=THEN + HOUR):
    return deed(call_id=part.call_id, part_id=part.pk, note="情况属实", actor=world.actor(by, on=on), at=on)


def test_it_names_a_row_and_the_director_is_told(world):
    part = refused(world)
    assert (part.state, part.refusal_note) == ("refused", "与供水无关")
    said = Event.objects.get(name="call.refused").payload
    assert (said["unit"], said["entry"], said["lead"]) == (world.units["water"].pk, "M-CG-L", False)
    told = Notice.objects.filter(kind="calls.refused").values_list("user_id", flat=True)
    assert list(told) == [world.users["director"].pk]
    assert Timer.objects.get(subject_id=str(part.pk), state="armed").kind == "call.part_rule"
    waiting = Call.objects.visible_to(world.actor("director")).to_rule(world.actor("director"))
    assert [one.pk for one in waiting] == [part.call_id]
    assert not Call.objects.to_units(world.actor("water_handler")).exists()
    with pytest.raises(NotAllowed):
        ruled(world, part, parts.uphold_part, by="dispatcher")


def test_a_row_of_another_matter_is_none(world):
    with pytest.raises(Invalid) as said:
        refused(world, code="M-GS-L")
    assert list(said.value.fields) == ["entry"]


def test_upheld_the_unit_is_let_go_and_nobody_waits_for_it(world):
    part = ruled(world, refused(world), parts.uphold_part)
    call = Call.objects.get(pk=part.call_id)
    assert (part.state, part.ruling, call.parts_total) == ("released", "情况属实", 1)
    assert not Timer.objects.filter(subject_id=str(part.pk), state="armed").exists()
    done = reported(world, call, at=THEN + 2 * HOUR)
    then = THEN + 5 * HOUR
    judging.send_back(call_id=done.pk, note="未清理", actor=world.actor("east_officer", on=then), at=then)
    again = Part.objects.filter(call=call, round=2).values_list("unit__name", flat=True)
    assert list(again) == ["古邵镇"]


def test_overruled_it_must_come_and_its_ladder_goes_on(world):
    late = THEN + timedelta(days=1)
    call = called(world, assists=("water",))
    let_time_pass(until=late + timedelta(hours=8))  # the first rung is climbed
    part = Part.objects.get(call=call)
    assert part.rung == 1
    on = late + timedelta(hours=8)
    entry = ResponsibilityEntry.objects.get(code="M-CG-L").pk
    water = world.actor("water_handler", on=on)
    part = parts.refuse_part(call_id=call.pk, part_id=part.pk, entry_id=entry, note="x", actor=water, at=on)
    part = ruled(world, part, parts.overrule_part, on=on + HOUR)
    assert (part.state, part.bound, part.rung) == ("called", True, 1)
    with pytest.raises(NotAllowed):
        parts.refuse_part(call_id=call.pk, part_id=part.pk, entry_id=entry, note="x", actor=water, at=on + 2 * HOUR)
    let_time_pass(until=on + timedelta(days=12))
    climbed = Escalation.objects.filter(subject=part.pk, clock="call.part_answer").order_by("rung")
    assert list(climbed.values_list("rung", flat=True)) == [1, 2]


def test_a_ruling_that_nobody_makes_climbs_to_the_director_and_the_end_of_the_call_ends_it(world):
    part = refused(world)
    let_time_pass(until=THEN + timedelta(days=3))
    told = Escalation.objects.get(subject=part.pk, clock="call.part_rule")
    assert (told.unit_id, told.whom, told.what) == (world.units["county"].pk, "director", "not_ruled")
    call = Call.objects.get(pk=part.call_id)
    judged = THEN + timedelta(days=3)
    reported(world, call, at=judged)
    done = judged + 3 * HOUR
    judging.solve(call_id=call.pk, speed=4, quality=4, actor=world.actor("east_officer", on=done), at=done)
    assert Part.objects.get(pk=part.pk).state == "lapsed"
    with pytest.raises(WrongState):
        ruled(world, part, parts.overrule_part, on=done + HOUR)
