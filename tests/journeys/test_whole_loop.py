"""From report to evaluation, through the real relay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.models import Escalation, WorkOrder
from dispatch.services import verifying, working
from kernel.errors import NotAllowed
from kernel.models import Event, Timer
from petitions.models import Petition
from petitions.services import closing
from tests.journeys.steps import dispatched, filed, let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


def names(petition_id) -> list[str]:
    return list(Event.objects.filter(case_id=petition_id).order_by("seq").values_list("name", flat=True))


def test_a_complaint_goes_all_the_way_to_a_rating(world):
    order = dispatched(world, at=MONDAY)
    handler, verifier = world.actor("urban_handler"), world.actor("verifier")
    assert order.unit == world.units["urban"]
    assert order.handle_due_at == at("2026-11-23 17:30")
    working.sign(order_id=order.pk, actor=handler, at=MONDAY + timedelta(minutes=30))
    working.complete(order_id=order.pk, result="已清理", actor=handler, at=at("2026-11-17 10:00"))
    verifying.verify(order_id=order.pk, passed=True, actor=verifier, at=at("2026-11-17 15:00"))
    closing.record_callback(
        petition_id=order.petition_id,
        reached=True,
        resolved=True,
        satisfaction="satisfied",
        actor=verifier,
        at=at("2026-11-18 09:00"),
    )
    let_time_pass(until=at("2026-11-18 09:01"))
    petition = Petition.objects.get(pk=order.petition_id)
    assert (petition.state, petition.satisfaction, petition.on_time) == ("closed", "satisfied", True)
    assert names(petition.pk) == [
        "petition.filed",
        "petition.accepted",
        "petition.dispatched",
        "order.assigned",
        "joint.given",
        "order.signed",
        "petition.handled",
        "order.completed",
        "petition.verified",
        "order.verified",
        "petition.called_back",
        "petition.rated",
        "petition.closed",
    ]
    assert list(Timer.objects.filter(case_id=petition.pk, state="armed").values_list("kind", flat=True)) == [
        "petition.archive"
    ]
    let_time_pass(until=at("2026-12-10 09:00"))
    petition.refresh_from_db()
    assert petition.state == "archived"


def test_what_nobody_accepts_climbs_from_village_to_township_to_county_to_city(world):
    petition = filed(world, by="gridworker", at=MONDAY, channel="gridworker")
    assert petition.center == world.units["east_village"]
    seen = []
    for day in ("16 15:00", "17 10:30", "17 17:00", "19 10:00", "20 10:00"):
        let_time_pass(until=at(f"2026-11-{day}"))
        petition.refresh_from_db()
        seen.append(petition.center.code)
    assert seen == ["CC-370404001", "CC-370404", "CC-3704", "CC-3704", "CC-3704"]
    assert names(petition.pk).count("petition.passed_up") == 3


def test_an_order_that_nobody_signs_is_told_upwards_once_per_rung(world):
    order = dispatched(world, at=MONDAY, category="010103")
    assert order.unit == world.units["east_village"]
    for day in range(16, 30):
        let_time_pass(until=at(f"2026-11-{day} 18:00"))
    told = list(Escalation.objects.filter(order=order, clock="order.sign").values_list("rung", "told_unit__code"))
    assert told == [(1, "CC-370404001"), (2, "CC-370404"), (3, "CC-3704")]


def test_dissatisfied_is_handled_again_once_by_the_same_unit_with_a_fresh_limit(world):
    order = dispatched(world, at=MONDAY)
    handler, verifier = world.actor("urban_handler"), world.actor("verifier")
    for round_ in (1, 2):
        working.sign(order_id=order.pk, actor=handler, at=MONDAY)
        working.complete(order_id=order.pk, result="已处理", actor=handler, at=MONDAY)
        verifying.verify(order_id=order.pk, passed=True, actor=verifier, at=MONDAY)
        closing.rate(
            petition_id=order.petition_id, satisfaction="dissatisfied", actor=verifier, at=at("2026-11-17 09:00")
        )
        let_time_pass(until=at("2026-11-17 09:01"))
        petition = Petition.objects.get(pk=order.petition_id)
        if round_ == 1:
            assert (petition.state, petition.round) == ("dispatched", 2)
            order = WorkOrder.objects.get(petition=petition, round=2)
            assert (order.reason, order.unit) == ("same_unit", world.units["urban"])
    assert petition.state == "closed"


def test_whoever_took_it_in_does_not_rate_it_and_neither_does_the_unit_that_handled_it(world):
    order = dispatched(world, at=MONDAY, category="010103", by="dispatcher")
    villager = world.actor("east_villager")
    working.sign(order_id=order.pk, actor=villager, at=MONDAY)
    working.complete(order_id=order.pk, result="已清运", actor=villager, at=MONDAY)
    verifying.verify(order_id=order.pk, passed=True, actor=world.actor("verifier"), at=MONDAY)
    for name in ("dispatcher", "gridworker", "east_villager"):
        with pytest.raises(NotAllowed):
            closing.rate(petition_id=order.petition_id, satisfaction="satisfied", actor=world.actor(name), at=MONDAY)
    assert Petition.objects.get(pk=order.petition_id).state == "verified"
