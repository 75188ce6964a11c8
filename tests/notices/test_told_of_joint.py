"""Who is told of joint orders: the units beside a lead, the lead, and both sides of an offer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.services.joint import answering, giving, judging, offering
from dispatch.services.joint.giving import Part
from notices.models import Notice
from tests.dispatch.test_joint import TUESDAY, joint, of
from tests.journeys.steps import let_time_pass
from tests.notices.test_told_of import told, words
from tests.world import MONDAY, at

__all__ = ["joint"]
pytestmark = pytest.mark.django_db
OFFERS = ("dispatch.offer_answered", "dispatch.offer_over", "dispatch.handed_over")


def replied(world, order):
    """The township has received its part and replied on Tuesday."""
    task, officer = of(order), world.actor("east_officer")
    answering.receive(task_id=task.pk, actor=officer, at=MONDAY + timedelta(hours=1))
    return answering.reply(task_id=task.pk, text="已劝导十二户", actor=officer, at=TUESDAY)


def offered(world, order, *, on=MONDAY):
    unit = world.units["water"].pk
    return offering.offer(
        order_id=order.pk, unit_id=unit, grounds="系管道施工", actor=world.actor("urban_handler"), at=on
    )


def test_a_unit_that_the_list_asks_is_told_with_its_own_limit(joint):
    assert told("dispatch.task_given") == ["east_officer"]
    (title,) = words("dispatch.task_given")
    assert "11-19" in title
    assert "综合执法局" in title
    assert told("dispatch.assigned") == ["urban_handler"]


def test_a_unit_that_is_asked_or_shown_the_order_later_is_told_once_each(world, joint):
    handler, water = world.actor("urban_handler"), world.units["water"].pk
    giving.refer(order_id=joint.pk, unit_id=water, actor=handler, at=TUESDAY)
    assert told("dispatch.task_referred") == ["water_handler"]
    assert "water_handler" not in told("dispatch.task_given")
    giving.ask(order_id=joint.pk, parts=[Part(unit_id=water, text="查管道", days=2)], actor=handler, at=TUESDAY)
    assert told("dispatch.task_given") == ["east_officer", "water_handler"]
    assert Notice.objects.filter(kind="dispatch.task_given", user=world.users["water_handler"]).count() == 1
    assert not any("查管道" in one for one in words("dispatch.task_given"))


def test_a_reply_is_told_to_the_lead_and_sent_back_to_the_unit_each_time(world, joint):
    task = replied(world, joint)
    assert told("dispatch.task_replied") == ["urban_handler"]
    handler, officer = world.actor("urban_handler"), world.actor("east_officer")
    judging.send_back(task_id=task.pk, note="没有照片", actor=handler, at=TUESDAY)
    assert told("dispatch.task_sent_back") == ["east_officer"]
    answering.reply(task_id=task.pk, text="附照片", actor=officer, at=TUESDAY + timedelta(hours=1))
    judging.send_back(task_id=task.pk, note="照片不清", actor=handler, at=TUESDAY + timedelta(hours=2))
    for kind in ("dispatch.task_replied", "dispatch.task_sent_back"):
        assert Notice.objects.filter(kind=kind).count() == 2
        assert not any("照片" in one for one in words(kind))


def test_a_unit_that_is_released_is_told(world, joint):
    judging.release(task_id=of(joint).pk, note="商户已搬离", actor=world.actor("urban_handler"), at=TUESDAY)
    assert told("dispatch.task_released") == ["east_officer"]


def test_a_part_that_is_late_is_told_to_the_unit_and_its_superior_and_not_to_the_lead(world, joint):
    task = of(joint)
    let_time_pass(until=task.due_at + timedelta(minutes=1))
    assert task.rungs.count() == 1
    assert told("dispatch.task_late") == ["east_head", "east_officer"]
    assert "urban_handler" not in told("dispatch.late") + told("dispatch.task_late")
    (title,) = words("dispatch.task_late")
    assert joint.petition.number in title
    assert told("dispatch.climbed")
    before = Notice.objects.count()
    let_time_pass(until=task.due_at + timedelta(minutes=2))
    assert Notice.objects.count() == before


def test_a_reply_that_is_not_looked_at_is_the_lateness_of_the_lead(world, joint):
    task = replied(world, joint)
    let_time_pass(until=at("2026-11-20 17:00"))
    assert task.rungs.filter(clock="joint.judge").exists()
    assert told("dispatch.task_late") == []
    assert "urban_handler" in told("dispatch.late")


def test_both_sides_of_an_offer_and_the_centre_are_told(world, joint):
    made = offered(world, joint)
    assert "water_handler" in told("dispatch.offered")
    assert "urban_handler" not in told("dispatch.offered")
    offering.agree(offer_id=made.pk, actor=world.actor("water_handler"), at=TUESDAY)
    assert "urban_handler" in told("dispatch.offer_answered")
    assert "dispatcher" in told("dispatch.handed_over")
    assert told("dispatch.offer_over") == []
    assert "water_handler" in told("dispatch.assigned")
    assert any("自来水公司" in one for one in words("dispatch.handed_over"))


def test_a_refusal_goes_to_the_lead_and_a_withdrawal_to_the_other_unit(world, joint):
    handler, water = world.actor("urban_handler"), world.actor("water_handler")
    offering.refuse(offer_id=offered(world, joint).pk, note="与供水无关", actor=water, at=MONDAY)
    assert ["urban_handler" in told(kind) for kind in OFFERS] == [True, False, False]
    assert told("dispatch.offer_over") == told("dispatch.handed_over") == []
    offering.withdraw(offer_id=offered(world, joint, on=TUESDAY).pk, actor=handler, at=TUESDAY)
    assert "water_handler" in told("dispatch.offer_over")
    assert Notice.objects.filter(kind="dispatch.offer_answered", user=world.users["urban_handler"]).count() == 1
    assert not any("供水无关" in one for one in words("dispatch.offer_answered"))


def test_an_offer_that_nobody_answers_is_told_to_both(world, joint):
    made = offered(world, joint)
    let_time_pass(until=made.until + timedelta(minutes=1))
    assert "urban_handler" in told("dispatch.offer_answered")
    assert "water_handler" in told("dispatch.offer_over")
    assert told("dispatch.handed_over") == []
