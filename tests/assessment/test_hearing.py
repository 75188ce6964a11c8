"""What moves a date below is in the facts at once, and not only when a report is made."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.models import OrderFact
from dispatch.services import pausing
from kernel.models import Delivery
from kernel.relay import deliver_everything
from tests.dispatch.test_time import DIRECTOR, decide, extension, in_hand, pause
from tests.world import MONDAY

pytestmark = pytest.mark.django_db


def fact(order, *, at):
    deliver_everything(at=at)
    order.refresh_from_db()
    return OrderFact.objects.get(order=order).handle_due_at


def test_an_extension_is_heard(world):
    order = in_hand(world)
    before = fact(order, at=MONDAY + timedelta(hours=1))
    extension(world, order)
    decide(world, order)
    assert fact(order, at=MONDAY + timedelta(hours=3)) == order.handle_due_at > before
    assert Delivery.objects.filter(subscriber="assessment.order_extended", state="done").count() == 1


def test_a_suspension_and_its_end_are_heard(world):
    order = in_hand(world)
    before = fact(order, at=MONDAY + timedelta(hours=1))
    pause(world, order)
    decide(world, order)
    paused = fact(order, at=MONDAY + timedelta(hours=3))
    assert paused == order.handle_due_at > before
    assert Delivery.objects.filter(subscriber="assessment.order_suspended", state="done").count() == 1
    later = MONDAY + timedelta(hours=4)
    pausing.resume(order_id=order.pk, actor=world.actor(DIRECTOR), at=later)
    assert fact(order, at=later) == order.handle_due_at < paused
