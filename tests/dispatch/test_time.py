"""Extensions and suspensions: asked for by the unit, decided by somebody else, computed and never edited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dispatch.models import TimeRequest, WorkOrder
from dispatch.services import asking, granting, opening, pausing, working
from kernel.errors import Conflict, Invalid, NotAllowed, WrongState
from kernel.models import ClockChange, Event, Timer
from petitions.models import Petition
from tests.journeys.steps import dispatched, let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db

HANDLER, DIRECTOR = "urban_handler", "director"


def in_hand(world, *, at_=MONDAY, **said):
    order = dispatched(world, at=at_, **said)
    working.sign(order_id=order.pk, actor=world.actor(HANDLER, on=at_), at=at_ + timedelta(minutes=30))
    order.refresh_from_db()
    return order


def extension(world, order, *, days=10, when=None):
    when = when or MONDAY + timedelta(hours=1)
    asking.ask_extension(order_id=order.pk, days=days, grounds="需要鉴定", actor=world.actor(HANDLER), at=when)


def pause(world, order, *, until=date(2026, 11, 20), reason="appraisal", when=None):
    when = when or MONDAY + timedelta(hours=1)
    asking.ask_pause(
        order_id=order.pk, reason=reason, until=until, grounds="等待检测", actor=world.actor(HANDLER), at=when
    )


def decide(world, order, *, granted=True, when=None, by=DIRECTOR, **said):
    when = when or MONDAY + timedelta(hours=2)
    return granting.decide(order_id=order.pk, granted=granted, actor=world.actor(by), at=when, **said)


def armed(order):
    rows = Timer.objects.filter(case_id=order.petition_id, state="armed")
    return dict(rows.values_list("kind", "due_at"))


def test_an_extension_moves_order_promise_and_timers_and_the_citizen_is_told(world):
    order = in_hand(world)
    assert order.handle_due_at == at("2026-11-23 17:30")
    extension(world, order)
    order = decide(world, order)
    assert order.handle_due_at == at("2026-12-04 00:00")  # 24:00 of 3 December, the tenth day after the 23rd
    petition = Petition.objects.get(pk=order.petition_id)
    assert petition.due_at == petition.stage_due_at == order.handle_due_at
    assert armed(order)["order.handle"] == armed(order)["petition.resolve"] == order.handle_due_at
    told = petition.replies.get()
    assert "2026-12-03" in told.text
    assert "需要鉴定" in told.text
    names = list(Event.objects.filter(case_id=petition.pk).order_by("seq").values_list("name", flat=True))
    assert names[-3:] == ["order.time_asked", "order.extended", "petition.replied"]
    journal = ClockChange.objects.filter(case_id=petition.pk).order_by("pk").values_list("clock", "cause", "to_due")
    assert list(journal) == [
        ("order.handle", "extended", order.handle_due_at),
        ("petition.resolve", "extended", order.handle_due_at),
    ]


def test_time_is_extended_once_in_a_round(world):
    order = in_hand(world)
    extension(world, order)
    decide(world, order)
    with pytest.raises(Conflict) as refused:
        extension(world, order, when=MONDAY + timedelta(hours=3))
    assert refused.value.code == "no_more_time"


def test_a_refusal_needs_grounds_is_recorded_and_is_final(world):
    order = in_hand(world)
    extension(world, order)
    with pytest.raises(Invalid):
        decide(world, order, granted=False)
    order = decide(world, order, granted=False, note="理由不充分")
    assert order.handle_due_at == at("2026-11-23 17:30")
    asked = TimeRequest.objects.get()
    assert (asked.outcome, asked.note, asked.decided_by) == ("refused", "理由不充分", world.users[DIRECTOR])
    with pytest.raises(Conflict):
        extension(world, order, when=MONDAY + timedelta(hours=3))


def test_whoever_asks_does_not_decide(world):
    order = in_hand(world)
    extension(world, order)
    for name in (HANDLER, "dispatcher", "verifier"):
        with pytest.raises(NotAllowed):
            decide(world, order, by=name)
    asked = TimeRequest.objects.get()
    with pytest.raises(IntegrityError, match="dispatch_time_by_another"), transaction.atomic():
        TimeRequest.objects.filter(pk=asked.pk).update(
            outcome="granted", decided_by=asked.asked_by_id, decided_at=MONDAY
        )


@pytest.mark.parametrize("days", [0, -1, 31, 10_000])
def test_no_more_days_than_the_regulation_gives(world, days):
    order = in_hand(world)
    with pytest.raises(Invalid):
        extension(world, order, days=days)


def test_only_what_is_signed_for_and_not_over_is_given_time(world):
    order = dispatched(world, at=MONDAY)
    with pytest.raises(WrongState):
        extension(world, order)
    order = in_hand(world)
    with pytest.raises(Conflict) as refused:
        extension(world, order, when=order.handle_due_at + timedelta(microseconds=1))
    assert refused.value.code == "no_more_time"


def test_granted_at_the_very_instant_of_the_deadline_nothing_escalates(world):
    order = in_hand(world)
    extension(world, order)
    due = order.handle_due_at
    decide(world, order, when=due)
    let_time_pass(until=due)
    order.refresh_from_db()
    assert order.rung == 0
    assert not order.escalations.exists()
    let_time_pass(until=order.handle_due_at)
    assert order.escalations.filter(clock="order.handle").count() == 1


def test_fired_at_the_very_instant_of_the_deadline_the_request_has_lapsed(world):
    order = in_hand(world)
    extension(world, order)
    let_time_pass(until=order.handle_due_at)
    with pytest.raises(Conflict):
        decide(world, order, when=order.handle_due_at)
    assert TimeRequest.objects.get().outcome == "lapsed"
    order.refresh_from_db()
    assert order.asking == ""


def test_a_suspension_stands_still_until_its_day_and_gives_back_that_time(world):
    order = in_hand(world)
    pause(world, order, until=date(2026, 11, 19))
    order = decide(world, order)
    petition = Petition.objects.get(pk=order.petition_id)
    assert (order.state, petition.holder) == ("paused", "pause:appraisal")
    assert order.handle_due_at == at("2026-11-26 17:30")
    assert armed(order)["order.pause"] == at("2026-11-20 00:00")
    let_time_pass(until=at("2026-11-19 23:59"))
    order.refresh_from_db()
    assert order.state == "paused"
    let_time_pass(until=at("2026-11-20 00:00"))
    order.refresh_from_db()
    petition.refresh_from_db()
    assert (order.state, petition.holder) == ("signed", f"unit:{order.unit_id}")
    assert order.handle_due_at == at("2026-11-26 17:30")
    ended = TimeRequest.objects.get()
    assert (ended.ended_how, ended.ended_at) == ("timer", at("2026-11-20 00:00"))


def test_ended_early_the_rest_of_the_suspension_is_not_given(world):
    order = in_hand(world)
    pause(world, order, until=date(2026, 12, 15))
    decide(world, order)
    order = pausing.resume(order_id=order.pk, actor=world.actor(HANDLER), at=at("2026-11-18 11:00"))
    assert order.state == "signed"
    assert order.handle_due_at == at("2026-11-25 17:30")
    assert "order.pause" not in armed(order)
    assert armed(order)["order.handle"] == order.handle_due_at


def test_a_unit_has_only_so_many_suspended_at_once(world):
    orders = [in_hand(world, title=f"第{n}件") for n in range(4)]
    for order in orders:
        pause(world, order)
    for order in orders[:3]:
        decide(world, order)
    with pytest.raises(Conflict) as refused:
        decide(world, orders[3])
    assert refused.value.code == "quota"
    assert refused.value.details == {"n": 3, "open": 4, "most": 3}
    fifth = in_hand(world, title="第4件")
    with pytest.raises(Conflict) as full:
        pause(world, fifth, when=MONDAY + timedelta(hours=3))
    assert (full.value.code, full.value.details["open"]) == ("quota", 5)


@pytest.mark.parametrize(
    ("reason", "until"),
    [("weather", date(2026, 11, 20)), ("hearing", date(2026, 11, 16)), ("hearing", date(2027, 3, 1))],
)
def test_a_suspension_has_a_reason_of_the_list_and_an_end(world, reason, until):
    order = in_hand(world)
    with pytest.raises(Invalid):
        pause(world, order, reason=reason, until=until)


def test_an_order_given_to_another_unit_keeps_the_promise(world):
    order = in_hand(world)
    new = opening.reassign(
        order_id=order.pk,
        unit_id=world.units["water"].pk,
        note="属供水",
        actor=world.actor("dispatcher"),
        at=at("2026-11-19 10:00"),
    )
    assert new.handle_due_at == order.handle_due_at == at("2026-11-23 17:30")
    assert new.counted_from == order.assigned_at
    late = opening.reassign(
        order_id=new.pk,
        unit_id=world.units["urban"].pk,
        note="退回",
        actor=world.actor("dispatcher"),
        at=at("2026-11-26 10:00"),
    )
    assert late.handle_due_at == at("2026-11-30 17:30")
    assert Petition.objects.get(pk=order.petition_id).due_at == at("2026-11-23 17:30")


def test_nobody_edits_a_date(world):
    order = in_hand(world)
    later = order.handle_due_at + timedelta(days=3)
    for change in ({"handle_due_at": later}, {"sign_due_at": later}, {"extension_days": 5}):
        with pytest.raises(IntegrityError, match=r"cause|anew"), transaction.atomic():
            WorkOrder.objects.filter(pk=order.pk).update(**change)
    for change in ({"due_at": later}, {"stage_due_at": later}):
        with pytest.raises(IntegrityError, match="cause"), transaction.atomic():
            Petition.objects.filter(pk=order.petition_id).update(**change)
