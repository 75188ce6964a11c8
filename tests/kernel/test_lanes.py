"""A played past and the live present do not fire each other's timers."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kernel import lanes, timers
from kernel.handover import hand_over
from kernel.models import Delivery, Timer
from kernel.relay import deliver_everything
from kernel.timers import fire_everything
from petitions.models import Petition
from petitions.services.reception import accept
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=30)


def test_the_beat_leaves_a_played_deadline_alone(world):
    with lanes.entered(lanes.HISTORY):
        petition = filed(world, by="gridworker", at=MONDAY, channel="gridworker")
    assert fire_everything(at=LATER) == 0
    with lanes.entered(lanes.HISTORY):
        assert fire_everything(at=at("2026-11-16 15:00")) == 1
    petition.refresh_from_db()
    assert petition.center == world.units["east"]


def test_a_played_delivery_waits_for_the_play(world):
    with lanes.entered(lanes.HISTORY):
        petition = filed(world, at=MONDAY)
        accept(petition_id=petition.pk, category_code="010101", actor=world.actor("dispatcher"), at=MONDAY)
    assert deliver_everything(at=LATER) == 0
    with lanes.entered(lanes.HISTORY):
        assert deliver_everything(at=MONDAY) > 0
    petition.refresh_from_db()
    assert petition.state == "dispatched"


def test_timers_that_follow_stay_in_the_lane_they_were_fired_in(world):
    with lanes.entered(lanes.HISTORY):
        order = dispatched(world, at=MONDAY)
        fire_everything(at=at("2026-11-16 15:30"))
    mine = Timer.objects.filter(subject_id=str(order.pk), kind="order.sign")
    assert list(mine.order_by("generation").values_list("state", "lane")) == [("fired", 1), ("armed", 1)]


def test_what_is_open_is_handed_over_and_fires_live(world):
    with lanes.entered(lanes.HISTORY):
        played, other = filed(world, at=MONDAY), filed(world, at=MONDAY)
    assert hand_over(source=lanes.HISTORY, target=lanes.LIVE, cases=[played.pk]) == 1
    fire_everything(at=at("2026-11-16 16:00"))
    assert Petition.objects.get(pk=played.pk).rung == 1
    assert Petition.objects.get(pk=other.pk).rung == 0
    assert hand_over(source=lanes.HISTORY, target=lanes.LIVE) == 1
    assert not Delivery.objects.filter(lane=lanes.HISTORY, state="pending").exists()


def test_a_live_deed_stops_a_played_timer(world):
    case = uuid4()
    with lanes.entered(lanes.HISTORY):
        timers.start(kind="order.sign", case_id=case, subject_id=str(case), due_at=LATER, at=MONDAY)
    timers.cancel(subject_id=str(case), at=MONDAY)
    assert Timer.objects.get(case_id=case).state == "cancelled"
