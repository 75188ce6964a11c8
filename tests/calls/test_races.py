"""Two people at once: one answer is given, the other is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.models import Call
from calls.services import answering, judging
from kernel.errors import Stale, WrongState
from kernel.models import Event
from tests.calls.steps import HOUR, called, reported
from tests.races import at_once
from tests.world import MONDAY, build

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(work):
    """What came of it: "done", or the name of the refusal."""

    def run():
        try:
            work()
        except (Stale, WrongState) as refused:
            return type(refused).__name__
        return "done"

    return run


def test_two_answers_at_once_give_one():
    world = build()
    call = called(world)
    when = MONDAY + 2 * HOUR

    def by(name):
        return outcome(
            lambda: answering.answer(
                call_id=call.pk,
                person_id=world.users[name].pk,
                promised_at=when + timedelta(minutes=30),
                actor=world.actor(name, on=when),
                at=when,
                version=call.version,
            )
        )

    found = sorted(at_once([by("urban_handler"), by("urban_head")]))
    assert found == ["Stale", "done"]
    assert Event.objects.filter(name="call.answered").count() == 1


def test_two_judgements_at_once_give_one():
    world = build()
    call = called(world)
    reported(world, call, at=MONDAY + 2 * HOUR)
    when, actor = MONDAY + 5 * HOUR, world.actor("east_officer")
    solve = outcome(lambda: judging.solve(call_id=call.pk, speed=5, quality=5, actor=actor, at=when))
    back = outcome(lambda: judging.send_back(call_id=call.pk, note="未解决", actor=actor, at=when))
    found = sorted(at_once([solve, back]))
    assert found == ["WrongState", "done"]
    assert Call.objects.get().state in ("solved", "called")
