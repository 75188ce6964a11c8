"""Many at once, on committed data with real threads: one wins, and numbers have no gaps."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from kernel import clock
from kernel.chains import verify_all
from kernel.timers import fire_due
from supervision.models import Answer, Escalation, SupervisionOrder, Urging
from supervision.services import answering
from supervision.services.issuing import issue
from supervision.services.urging import urge
from tests.races import at_once, tried
from tests.supervision.steps import ANSWER, SAID, in_hand, received
from tests.world import build

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture
def county(db):
    return build()


def test_numbers_have_no_gaps_whoever_issues_at_the_same_time(county):
    at = clock.now()
    orders = [in_hand(county, at=at) for _ in range(MANY)]
    supervisor = county.actor("supervisor", on=at)

    def issuing(number):
        unit = orders[number].unit_id if number % 4 else county.units["water"].pk  # every fourth is refused
        return lambda: tried(
            lambda: issue(petition_id=orders[number].petition_id, unit_id=unit, said=SAID, actor=supervisor, at=at)
        )

    done = Counter(at_once([issuing(number) for number in range(MANY)]))
    assert done == {"done": MANY - MANY // 4, "invalid": MANY // 4}
    serials = sorted(SupervisionOrder.objects.values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))


def test_two_answers_at_once_are_one_answer(county):
    at = clock.now()
    made = received(county, in_hand(county, at=at), at=at)
    handler = county.actor("urban_handler", on=at)

    def answer():
        return tried(lambda: answering.answer(order_id=made.pk, actor=handler, at=at, **ANSWER))

    assert Counter(at_once([answer] * MANY)) == {"done": 1, "wrong_state": MANY - 1}
    assert Answer.objects.count() == 1
    assert all(one.intact for one in verify_all())


def test_many_presses_are_one_urging(county):
    at = clock.now()
    work = in_hand(county, at=at)
    actors = [county.actor(name, on=at) for name in ("dispatcher", "supervisor", "director", "verifier")] * 2

    def press(actor):
        return lambda: tried(lambda: urge(petition_id=work.petition_id, actor=actor, at=at))

    assert Counter(at_once([press(actor) for actor in actors])) == {"done": 1, "urged_already": MANY - 1}
    assert Urging.objects.count() == 1


def test_a_rung_is_climbed_once_by_two_workers(county):
    at = clock.now()
    received(county, in_hand(county, at=at), at=at)
    late = at + timedelta(days=20)
    at_once([lambda: fire_due(at=late)] * 4)
    assert list(Escalation.objects.filter(clock="supervision.answer").values_list("rung", flat=True)) == [1]
