"""Urging: told to whoever has the case, once in a working hour, counted, and never to a citizen."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from dispatch.services import returning, verifying, working
from kernel.errors import Conflict, Missing, NotAllowed
from kernel.models import Event
from petitions.services.reception import ask_for_information
from supervision.models import Urging
from supervision.services.urging import urge
from tests.journeys.steps import dispatched, filed
from tests.refusals import refused
from tests.supervision.steps import in_hand
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["dispatcher", "verifier", "director", "supervisor"])
def test_the_centre_urges_the_unit_that_has_the_order(world, name):
    order = dispatched(world, at=MONDAY)
    made = urge(petition_id=order.petition_id, actor=world.actor(name), at=at("2026-11-16 10:00"))
    assert (made.unit, made.work_order, made.number) == (world.units["urban"], order, 1)
    assert made.again_at == at("2026-11-16 11:00")
    event = Event.objects.get(case_id=order.petition_id, name="supervision.urged")
    assert event.payload["unit"] == world.units["urban"].pk
    assert event.payload["number"] == 1


@pytest.mark.parametrize("name", ["urban_handler", "east_officer", "mediator", "gridworker", "citizen"])
def test_nobody_else_does(world, name):
    order = dispatched(world, at=MONDAY)
    with pytest.raises((NotAllowed, Missing)):
        urge(petition_id=order.petition_id, actor=world.actor(name), at=MONDAY)
    assert not Urging.objects.exists()


def test_the_same_order_is_urged_once_in_a_working_hour_and_told_when_again(world):
    order = in_hand(world)
    actor = world.actor("dispatcher")
    first = urge(petition_id=order.petition_id, actor=actor, at=at("2026-11-16 17:00"))
    assert first.again_at == at("2026-11-17 09:00")  # half an hour today, and half an hour tomorrow
    with refused(Conflict, match="2026-11-17 09:00") as found:
        urge(petition_id=order.petition_id, actor=world.actor("supervisor"), at=at("2026-11-17 08:59"))
    assert found.value.details["again_at"] == "2026-11-17T01:00:00.000000Z"
    second = urge(petition_id=order.petition_id, actor=actor, at=at("2026-11-17 09:00"))
    assert second.number == 2


def test_another_order_may_be_urged_at_once(world):
    actor = world.actor("dispatcher")
    for order in (in_hand(world), in_hand(world)):
        urge(petition_id=order.petition_id, actor=actor, at=MONDAY)
    assert Urging.objects.count() == 2


def test_before_there_is_an_order_the_centre_that_has_it_is_urged(world):
    petition = filed(world, at=MONDAY)
    made = urge(petition_id=petition.pk, actor=world.actor("supervisor"), at=MONDAY)
    assert (made.unit_id, made.work_order, made.subject) == (petition.center_id, None, petition.pk)


def test_a_case_that_waits_for_the_citizen_urges_nobody(world):
    petition = filed(world, at=MONDAY)
    ask_for_information(petition_id=petition.pk, question="在哪里？", actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(Conflict) as found:
        urge(petition_id=petition.pk, actor=world.actor("supervisor"), at=MONDAY)
    assert found.value.code == "nobody_to_urge"


def test_a_return_that_waits_for_a_ruling_urges_the_centre(world):
    order = in_hand(world)
    handler = world.actor("urban_handler")
    returning.request_return(order_id=order.pk, reason_code="not_ours", note="不属我局", actor=handler, at=MONDAY)
    made = urge(petition_id=order.petition_id, actor=world.actor("supervisor"), at=MONDAY)
    assert made.unit_id == order.petition.center_id


def test_what_is_verified_urges_nobody(world):
    order = in_hand(world)
    working.complete(order_id=order.pk, result="已清理", actor=world.actor("urban_handler"), at=MONDAY)
    made = urge(petition_id=order.petition_id, actor=world.actor("supervisor"), at=MONDAY)
    assert made.unit_id == order.petition.center_id  # the check is the centre's
    verifying.verify(order_id=order.pk, passed=True, actor=world.actor("verifier"), at=MONDAY)
    with pytest.raises(Conflict):
        urge(petition_id=order.petition_id, actor=world.actor("supervisor"), at=at("2026-11-16 15:00"))


def test_the_database_refuses_a_second_urging_within_the_hour_and_any_change(world):
    order = in_hand(world)
    made = urge(petition_id=order.petition_id, actor=world.actor("dispatcher"), at=MONDAY)
    made.pk, made.number, made.urged_at = None, 2, at("2026-11-16 09:30")
    with pytest.raises(IntegrityError, match="supervision_urged_once_an_hour"), transaction.atomic():
        made.save(force_insert=True)
    for change in ("UPDATE supervision_urging SET note = 'x'", "DELETE FROM supervision_urging"):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
