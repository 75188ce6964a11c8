"""A light that stays red proposes a supervision order by itself; a person decides."""

from __future__ import annotations

import pytest

from dispatch.services import working
from kernel.errors import NotAllowed, WrongState
from supervision.models import Escalation, SupervisionOrder
from supervision.services import ending
from supervision.services.issuing import issue_proposed
from supervision.services.proposing import propose
from tests.journeys.steps import let_time_pass
from tests.supervision.steps import SAID, armed, in_hand, issued, names
from tests.world import at

pytestmark = pytest.mark.django_db
# Dispatched on Monday 16 November with five working days: due on Monday 23 at 17:30, proposed a working day later.
RED, LONG_RED = at("2026-11-23 17:31"), at("2026-11-24 17:31")


def red(world):
    work = in_hand(world)
    let_time_pass(until=RED)
    let_time_pass(until=LONG_RED)
    return work


def test_a_working_day_of_red_proposes_one(world):
    work = in_hand(world)
    let_time_pass(until=RED)
    assert armed(work.petition_id) == {"supervision.propose"}
    assert not SupervisionOrder.objects.exists()
    let_time_pass(until=at("2026-11-24 17:29"))
    assert not SupervisionOrder.objects.exists()
    let_time_pass(until=LONG_RED)
    made = SupervisionOrder.objects.get()
    assert (made.state, made.origin, made.number, made.reason) == ("proposed", "clock", "", "overdue")
    assert (made.unit, made.issuer, made.work_order) == (world.units["urban"], world.units["county"], work)
    assert made.stage_due_at == at("2026-11-25 17:30")
    assert names(work.petition_id) == ["proposed"]


def test_it_is_issued_by_a_person_with_the_next_number(world):
    red(world)
    made = SupervisionOrder.objects.get()
    with pytest.raises(NotAllowed):
        issue_proposed(order_id=made.pk, said=SAID, actor=world.actor("dispatcher"), at=LONG_RED)
    issue_proposed(order_id=made.pk, said=SAID, actor=world.actor("supervisor"), at=LONG_RED)
    made.refresh_from_db()
    assert (made.state, made.number, made.origin) == ("issued", "〔2026〕督字第1号", "clock")


def test_issuing_by_hand_takes_the_proposal_up(world):
    work = red(world)
    made = issued(world, work, at=LONG_RED)
    assert (made.origin, SupervisionOrder.objects.count()) == ("clock", 1)


def test_a_decision_against_it_stands_for_this_work_order(world):
    work = red(world)
    made = SupervisionOrder.objects.get()
    ending.dismiss(order_id=made.pk, why="explained", actor=world.actor("supervisor"), at=LONG_RED)
    assert propose(work_orders=[work.pk], at=at("2026-11-26 09:00")) == 0
    assert names(work.petition_id) == ["proposed", "dismissed"]


def test_whoever_does_not_decide_is_told_and_then_the_level_above(world):
    red(world)
    for moment in ("25 17:31", "26 17:31", "30 17:31"):
        let_time_pass(until=at(f"2026-11-{moment}"))
    told = Escalation.objects.filter(clock="supervision.consider").order_by("rung").values_list("rung", "told_unit")
    assert list(told) == [(1, world.units["county"].pk), (2, world.units["city"].pk)]


def test_a_proposal_whose_unit_has_finished_ends_by_itself(world):
    work = red(world)
    working.complete(order_id=work.pk, result="已清理", actor=world.actor("urban_handler"), at=at("2026-11-25 09:00"))
    let_time_pass(until=at("2026-11-25 17:31"))
    made = SupervisionOrder.objects.get()
    assert (made.state, made.end_note) == ("dismissed", "obsolete")
    assert armed(work.petition_id) == set()


def test_what_is_finished_in_time_or_soon_after_proposes_nothing(world):
    work = in_hand(world)
    let_time_pass(until=RED)
    working.complete(order_id=work.pk, result="已清理", actor=world.actor("urban_handler"), at=at("2026-11-24 09:00"))
    let_time_pass(until=at("2026-11-30 09:00"))
    assert not SupervisionOrder.objects.exists()


def test_an_open_order_keeps_the_clock_from_proposing_another(world):
    work = in_hand(world)
    issued(world, work)
    let_time_pass(until=RED)
    let_time_pass(until=LONG_RED)
    assert SupervisionOrder.objects.count() == 1


def test_what_is_not_red_any_more_is_looked_at_again_later(world):
    work = in_hand(world)
    assert propose(work_orders=[work.pk], at=at("2026-11-20 09:00")) == 0  # it was given more time meanwhile
    assert armed(work.petition_id) == {"supervision.propose"}
    let_time_pass(until=at("2026-11-24 17:29"))
    assert not SupervisionOrder.objects.exists()
    let_time_pass(until=LONG_RED)
    assert SupervisionOrder.objects.count() == 1


def test_a_proposal_is_no_order_yet(world):
    red(world)
    made = SupervisionOrder.objects.get()
    from supervision.services import answering

    with pytest.raises(WrongState):
        answering.receive(order_id=made.pk, actor=world.actor("urban_handler"), at=LONG_RED)
