"""The very instant of a deadline, on committed data with real threads: either the unit was first or the clock."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dispatch.models import Escalation, TimeRequest
from dispatch.services import asking, escalating, working
from dispatch.services.taking_back import recall
from kernel.chains import verify_case
from kernel.errors import DomainError
from kernel.models import ClockChange, Event, Timer
from kernel.timers import fire_due
from petitions.models import Petition
from tests.dispatch.test_time import HANDLER, decide, extension, in_hand
from tests.journeys.steps import dispatched
from tests.races import at_once, tried
from tests.world import MONDAY, build

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 4


@pytest.fixture
def county(db):
    return build()


def told(order, name):
    return list(Event.objects.filter(case_id=order.petition_id, name=name).values_list("seq", flat=True))


def test_a_reply_at_the_instant_and_the_clock_make_one_story(county):
    for turn in range(TURNS):
        order = in_hand(county, title=f"第{turn}件")
        due, handler = order.handle_due_at, county.actor(HANDLER)
        given = {"order_id": order.pk, "result": "已清理", "actor": handler, "at": due}
        at_once([lambda given=given: working.complete(**given), lambda due=due: fire_due(at=due)])
        order.refresh_from_db()
        escalated, completed = told(order, "order.escalated"), told(order, "order.completed")
        assert (order.state, order.completed_at, order.handle_due_at) == ("completed", due, due)
        assert order.light(at=due + timedelta(days=1)) != "red"  # what is done at the last instant is in time
        assert len(completed) == 1
        assert len(escalated) == Escalation.objects.filter(order=order).count() <= 1
        assert all(seq < completed[0] for seq in escalated)  # nothing climbs for what is done
        assert not Timer.objects.filter(subject_id=str(order.pk), kind="order.handle", state="armed").exists()
        assert not Timer.objects.filter(attempts__gt=0).exists()
        assert verify_case(case_id=order.petition_id).intact


def test_a_dispatch_is_taken_back_or_signed_for_and_never_both(county):
    for turn in range(TURNS):
        order = dispatched(county, at=MONDAY, title=f"第{turn}件")
        given = {"order_id": order.pk, "at": MONDAY + timedelta(minutes=1), "version": order.version}
        back = {**given, "reason": "wrong_unit", "actor": county.actor("dispatcher")}
        ours = {**given, "actor": county.actor(HANDLER)}
        answers = at_once([partial(tried, partial(recall, **back)), partial(tried, partial(working.sign, **ours))])
        order.refresh_from_db()
        petition = Petition.objects.get(pk=order.petition_id)
        both_ends = {"recalled": ["done", "recalled"], "signed": ["signed", "done"]}
        assert answers == both_ends[order.state]
        assert petition.state == {"recalled": "accepted", "signed": "dispatched"}[order.state]
        assert len(told(order, "order.recalled")) + len(told(order, "order.signed")) == 1
        assert verify_case(case_id=order.petition_id).intact


def test_an_extension_at_the_instant_is_granted_or_lapses(county):
    for turn in range(TURNS):
        order = in_hand(county, title=f"第{turn}件")
        due = order.handle_due_at
        extension(county, order)

        def grant(order=order, due=due):
            try:
                decide(county, order, when=due)
            except DomainError as refused:
                return refused.code
            return "granted"

        answers = at_once([grant, lambda due=due: fire_due(at=due)])
        order.refresh_from_db()
        asked, climbed = TimeRequest.objects.get(order=order), Escalation.objects.filter(order=order).count()
        moves = ClockChange.objects.filter(subject_id=str(order.pk)).count()
        armed = Timer.objects.filter(subject_id=str(order.pk), kind="order.handle", state="armed")
        if "granted" in answers:
            assert (asked.outcome, climbed, moves) == ("granted", 0, 1)
            assert order.handle_due_at == asked.to_due > due
            assert armed.get().due_at == order.handle_due_at
        else:
            assert (asked.outcome, climbed, moves, order.handle_due_at) == ("lapsed", 1, 0, due)
        assert verify_case(case_id=order.petition_id).intact


@pytest.mark.parametrize(
    "deed",
    [
        lambda ids, at: escalating.escalate(order_ids=ids, clock="order.handle", at=at),
        lambda ids, at: escalating.warn(order_ids=ids, at=at),
        lambda ids, at: asking.lapse_late(order_ids=ids, at=at),
    ],
    ids=["escalate", "warn", "lapse_late"],
)
def test_the_clock_locks_petitions_before_orders(county, deed):
    order = in_hand(county)
    with CaptureQueriesContext(connection) as asked:
        deed([order.pk], order.handle_due_at)
    locks = [one["sql"] for one in asked.captured_queries if "FOR UPDATE" in one["sql"]]
    assert 'OF "petitions_petition"' in locks[0]
    assert 'OF "dispatch_workorder"' in locks[1]
