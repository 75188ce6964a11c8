"""Handing an order over with both signatures; and a notice that moves the date of a cooperating unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.joint.choices import OfferState
from dispatch.models import WorkOrder
from dispatch.services import opening, working
from dispatch.services.joint import offering
from kernel import calendars, projecting
from kernel.errors import Invalid, NotAllowed, WrongState
from kernel.ledger import ledger, totals
from kernel.models import ClockChange, Event, Timer
from tests.dispatch.test_joint import TUESDAY, joint, of
from tests.dispatch.test_time_projecting import AFTER, holiday
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY, World, at

__all__ = ["joint"]


@pytest.fixture(autouse=True)
def forgotten():
    yield
    calendars.forget()


def test_an_order_is_handed_over_with_both_signatures(world: World, joint: WorkOrder) -> None:
    handler, water = world.actor("urban_handler"), world.units["water"]
    promised = joint.petition.due_at
    with pytest.raises(NotAllowed):
        offering.offer(order_id=joint.pk, unit_id=water.pk, grounds="x", actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(Invalid) as never:
        offering.offer(
            order_id=joint.pk, unit_id=world.units["east_town"].pk, grounds="归街道", actor=handler, at=MONDAY
        )
    assert never.value.code == "only_cooperating"
    made = offering.offer(order_id=joint.pk, unit_id=water.pk, grounds="系管道施工占道", actor=handler, at=TUESDAY)
    with pytest.raises(NotAllowed):
        offering.agree(offer_id=made.pk, actor=handler, at=TUESDAY)
    later = TUESDAY + timedelta(hours=1)
    became = offering.agree(offer_id=made.pk, actor=world.actor("water_handler"), at=later)
    joint.refresh_from_db()
    petition = joint.petition
    petition.refresh_from_db()
    assert (joint.state, became.unit, became.bound) == ("cancelled", water, True)
    assert (petition.due_at, petition.lead_unit) == (promised, water)
    assert became.handle_due_at == joint.handle_due_at
    # The township is asked again, by the new lead, in the words of the list.
    assert of(became).asked == "做好商户劝导工作。"
    changes = Event.objects.filter(case_id=petition.pk).exclude(holder="").order_by("seq")
    turns = ledger(changes=[(one.occurred_at, one.holder) for one in changes], until=later + timedelta(minutes=30))
    minutes = {holder: one.minutes for holder, one in totals(segments=turns).items()}
    assert (minutes[f"unit:{joint.unit_id}"], minutes[f"unit:{water.pk}"]) == (25 * 60, 30)


def test_an_offer_is_refused_or_lapses_and_the_lead_goes_on(world: World, joint: WorkOrder) -> None:
    handler, water = world.actor("urban_handler"), world.units["water"].pk
    one = offering.offer(order_id=joint.pk, unit_id=water, grounds="请接办", actor=handler, at=MONDAY)
    with pytest.raises(Invalid):
        offering.refuse(offer_id=one.pk, note="", actor=world.actor("water_handler"), at=MONDAY)
    offering.refuse(offer_id=one.pk, note="与供水无关", actor=world.actor("water_handler"), at=MONDAY)
    with pytest.raises(WrongState):
        offering.agree(offer_id=one.pk, actor=world.actor("water_handler"), at=MONDAY)
    two = offering.offer(order_id=joint.pk, unit_id=water, grounds="再请接办", actor=handler, at=MONDAY)
    let_time_pass(until=at("2026-11-17 17:31"))
    two.refresh_from_db()
    assert two.state == OfferState.LAPSED
    working.report_progress(order_id=joint.pk, text="自办", actor=handler, at=at("2026-11-17 17:40"))


def test_what_the_centre_decided_is_not_handed_over(world: World, joint: WorkOrder) -> None:
    water = world.units["water"].pk
    mine = opening.reassign(order_id=joint.pk, unit_id=water, note="改派", actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(NotAllowed):
        offering.offer(
            order_id=mine.pk, unit_id=joint.unit_id, grounds="退给", actor=world.actor("water_handler"), at=MONDAY
        )


def test_a_new_notice_moves_the_reply_with_its_cause(joint: WorkOrder) -> None:
    task = of(joint)
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    task.refresh_from_db()
    assert task.due_at == at("2026-11-20 17:30")
    moved = ClockChange.objects.get(subject_id=str(task.pk))
    assert (moved.clock, moved.cause) == ("joint.reply", "reprojected")
    assert Timer.objects.get(subject_id=str(task.pk), state="armed").due_at == task.due_at
