"""A new holiday notice: every open deadline computed anew, with the reason on each case, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from dispatch.models import WorkOrder
from dispatch.services import verifying, working
from kernel import calendars, projecting
from kernel.calendar_notices import Day, days_of, latest, publish
from kernel.models import ClockChange, Event, Reprojection, Timer
from petitions.models import Petition
from tests.dispatch.test_time import DIRECTOR, HANDLER, armed, decide, extension, in_hand, pause
from tests.journeys.steps import dispatched, filed, let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
NOTICE = "测试通知"
PUBLISHED = MONDAY + timedelta(hours=4)
AFTER = PUBLISHED + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def forgotten():
    yield
    calendars.forget()


def holiday(*days, kind="holiday"):
    """Publish the days in force with some more."""
    taken = {date.fromisoformat(one) for one in days}
    kept = [one for one in days_of(version=latest()) if one.date not in taken]
    added = [Day(one, kind, "加放", NOTICE) for one in sorted(taken)]
    version = publish(days=sorted([*kept, *added]), at=PUBLISHED)
    calendars.forget()
    return version


def test_what_is_open_moves_with_its_timers_and_says_why(world):
    order = in_hand(world)
    version = holiday("2026-11-18", "2026-11-19")
    run = projecting.perform(at=AFTER)
    order.refresh_from_db()
    petition = Petition.objects.get(pk=order.petition_id)
    assert order.handle_due_at == petition.due_at == petition.stage_due_at == at("2026-11-25 17:30")
    assert armed(order)["order.handle"] == armed(order)["petition.resolve"] == order.handle_due_at
    assert Timer.objects.get(subject_id=str(order.pk), kind="order.handle", state="armed").generation == 2
    told = Event.objects.get(case_id=petition.pk, name="order.reprojected").payload
    assert (told["from_due"], told["to_due"]) == ("2026-11-23T09:30:00.000000Z", "2026-11-25T09:30:00.000000Z")
    assert told["calendar"] == version.number == order.calendar_version
    assert (run.moved, run.finished_at) == (1, AFTER)
    assert set(ClockChange.objects.values_list("cause", flat=True)) == {"reprojected"}


def test_a_second_run_finds_nothing(world):
    in_hand(world)
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    before = Event.objects.count(), Timer.objects.count(), ClockChange.objects.count()
    run = projecting.perform(at=AFTER + timedelta(hours=1))
    assert (Event.objects.count(), Timer.objects.count(), ClockChange.objects.count()) == before
    assert run.moved == 1


def test_stopped_anywhere_it_goes_on(world):
    orders = [in_hand(world, title=f"第{n}件") for n in range(5)]
    holiday("2026-11-18")
    steps = projecting.steps(at=AFTER, write=True, size=2)
    next(steps)
    next(steps)
    projecting.perform(at=AFTER, size=2)
    ends = set(WorkOrder.objects.filter(pk__in=[one.pk for one in orders]).values_list("handle_due_at", flat=True))
    assert ends == {at("2026-11-24 17:30")}
    assert Event.objects.filter(name="order.reprojected").count() == 5


def test_a_dry_run_tells_and_changes_nothing(world, capsys):
    order = in_hand(world)
    holiday("2026-11-18")
    call_command("reproject", "--dry-run")
    assert "orders: 1 open, 1 would move (1 later, 0 earlier)" in capsys.readouterr().out
    order.refresh_from_db()
    assert order.handle_due_at == at("2026-11-23 17:30")
    assert not ClockChange.objects.exists()


def test_what_is_done_stays(world):
    order = in_hand(world)
    working.complete(order_id=order.pk, result="已清理", actor=world.actor(HANDLER), at=MONDAY + timedelta(hours=1))
    holiday("2026-11-18")
    projecting.perform(at=AFTER)
    order.refresh_from_db()
    assert order.handle_due_at == at("2026-11-23 17:30")
    order = verifying.verify(
        order_id=order.pk, passed=False, note="未清理", actor=world.actor("verifier"), at=AFTER + timedelta(hours=1)
    )
    assert order.handle_due_at == at("2026-11-24 17:30")  # in hand again, it follows the calendar in force
    assert Petition.objects.get(pk=order.petition_id).due_at == order.handle_due_at


def test_stages_of_petitions_move_too(world):
    petition = filed(world, at=at("2026-11-16 16:30"))
    assert petition.stage_due_at == at("2026-11-17 11:30")
    holiday("2026-11-17")
    projecting.perform(at=AFTER)
    petition.refresh_from_db()
    assert petition.stage_due_at == at("2026-11-18 11:30")
    timer = Timer.objects.get(case_id=petition.pk, state="armed")
    assert timer.due_at == petition.stage_due_at


def test_a_suspended_and_extended_order_is_computed_with_both(world):
    order = in_hand(world)
    extension(world, order, days=7)
    decide(world, order)
    pause(world, order, until=date(2026, 11, 19), when=MONDAY + timedelta(hours=3))
    decide(world, order, when=MONDAY + timedelta(hours=3, minutes=5))
    order.refresh_from_db()
    before = order.handle_due_at
    holiday("2026-11-20")
    projecting.perform(at=AFTER)
    order.refresh_from_db()
    assert (order.state, order.handle_due_at) == ("paused", before + timedelta(days=1))
    let_time_pass(until=at("2026-11-20 00:00"))
    order.refresh_from_db()
    assert (order.state, order.handle_due_at) == ("signed", before + timedelta(days=1))


def test_what_was_overdue_and_lies_ahead_again_escalates_anew(world):
    order = in_hand(world)
    let_time_pass(until=at("2026-11-23 17:30"))
    assert order.escalations.count() == 1
    kept = days_of(version=latest())
    publish(days=sorted([*kept, Day(date(2026, 11, 20), "holiday", "加放", NOTICE)]), at=at("2026-11-23 18:00"))
    calendars.forget()
    projecting.perform(at=at("2026-11-23 18:01"))
    order.refresh_from_db()
    assert (order.handle_due_at, order.rung) == (at("2026-11-24 17:30"), 0)
    let_time_pass(until=at("2026-11-24 17:30"))
    assert order.escalations.count() == 2


def test_unsigned_orders_move_their_signing(world):
    order = dispatched(world, at=at("2026-11-16 16:30"))
    assert order.sign_due_at == at("2026-11-17 09:30")
    holiday("2026-11-17")
    projecting.perform(at=AFTER)
    order.refresh_from_db()
    assert order.sign_due_at == armed(order)["order.sign"] == at("2026-11-18 09:30")


def test_a_new_version_waits_for_its_run_by_itself(world):
    assert not projecting.unfinished()
    holiday("2026-11-18")
    assert Reprojection.objects.get().finished_at is None
    assert projecting.unfinished()
    projecting.perform(at=AFTER)
    assert not projecting.unfinished()
    assert DIRECTOR
