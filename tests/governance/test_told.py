"""Lateness of calls and whistles stands among what was brought to us, for those who see the call or the whistle."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.web.told import told
from tests.calls.steps import called
from tests.journeys.steps import let_time_pass
from tests.whistles import steps
from tests.world import MONDAY
from whistles.choices import Told

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=2)


def lines(world, name):
    return [(one["title"], str(one["what"]), one["href"]) for one in told(actor=world.actor(name, on=LATE), at=LATE)]


def test_a_call_that_nobody_answers_is_brought_to_the_unit_and_not_to_whom_it_does_not_concern(world):
    call = called(world, asked="清理北门")
    let_time_pass(until=LATE)
    said = ("清理北门", "呼叫未按时应答", f"/calls/{call.pk}/")
    assert said in lines(world, "urban_head")
    # Of the same unit, but the call is not for him to see; and the water company was never called.
    assert lines(world, "enforcer") == lines(world, "water_handler") == []


def test_a_whistle_that_nobody_signs_for_is_brought_to_whom_is_above(world):
    whistle = steps.issued(world, units=("urban",), on=MONDAY)
    let_time_pass(until=MONDAY + timedelta(hours=8))
    said = ("夜市占道联合整治", str(Told.NOT_RECEIVED.label), f"/whistles/{whistle.pk}/")
    assert said in lines(world, "director")
    # The keeper of the list works for the same centre, and whistles are not for him to see.
    assert said not in lines(world, "keeper")
