"""The ping-pong breaker: once, within the window, and the second return of a petition is adjudicated and binds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dispatch.models import Escalation, Objection, WorkOrder
from dispatch.objections import objection_until
from dispatch.services import adjudicating, opening, returning
from kernel.errors import Invalid, NotAllowed, WrongState
from kernel.models import Event
from petitions.models import Petition
from registry.models import Gap
from tests.journeys.steps import dispatched, let_time_pass
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=30)


def objects(world, order, name, *, moment=LATER):
    return returning.request_return(
        order_id=order.pk, reason_code="not_ours", note="不属本单位", actor=world.actor(name), at=moment
    )


def grants(world, order):
    return returning.rule_return(order_id=order.pk, granted=True, actor=world.actor("dispatcher"), at=LATER)


def names(world, petition, unit, *, moment=LATER):
    return opening.assign(
        petition_id=petition, unit_id=world.units[unit].pk, actor=world.actor("dispatcher"), at=moment
    )


@pytest.fixture
def disputed(world):
    """Water returned it, the centre agreed and named the urban bureau, which returned it too."""
    first = dispatched(world, at=MONDAY, category="010102")
    objects(world, first, "water_handler")
    grants(world, first)
    second = names(world, first.petition_id, "urban")
    objects(world, second, "urban_handler")
    second.refresh_from_db()
    return second


def decide(world, order, unit, *, by="director", **said):
    given = {"note": "供水设施由供水企业负责", "basis": "属地管理清单 M-GS", **said}
    return adjudicating.adjudicate(
        order_id=order.pk, unit_id=world.units[unit].pk, actor=world.actor(by), at=LATER, **given
    )


def test_a_unit_objects_once_and_only_within_its_window(world):
    order = dispatched(world, at=MONDAY)
    until = objection_until(order=order, channel="hotline", at=MONDAY)
    assert until == at("2026-11-18 17:30")
    with pytest.raises(WrongState) as refused:
        objects(world, order, "urban_handler", moment=until + timedelta(minutes=1))
    assert refused.value.code == "window_over"
    objects(world, order, "urban_handler", moment=until)
    returning.rule_return(order_id=order.pk, granted=False, note="清单", actor=world.actor("dispatcher"), at=until)
    with pytest.raises(NotAllowed):
        objects(world, order, "urban_handler", moment=until)


def test_petitions_by_letter_have_the_five_working_days_of_the_regulation(world):
    order = dispatched(world, at=MONDAY, channel="letter")
    assert objection_until(order=order, channel="letter", at=MONDAY) == at("2026-11-23 17:30")


def test_the_second_return_of_a_round_is_not_for_the_centre_to_grant(world, disputed):
    assert disputed.state == "disputed"
    assert Objection.objects.get(order=disputed).turn == 2
    for granted in (True, False):
        with pytest.raises(WrongState):
            returning.rule_return(
                order_id=disputed.pk, granted=granted, note="x", actor=world.actor("dispatcher"), at=LATER
            )
    with pytest.raises(NotAllowed):
        decide(world, disputed, "water", by="dispatcher")


def test_an_adjudication_names_the_unit_binds_it_and_opens_a_gap(world, disputed):
    order = decide(world, disputed, "water")
    assert (order.unit, order.reason, order.bound, order.state) == (world.units["water"], "by_ruling", True, "assigned")
    ruled = Objection.objects.get(order=disputed)
    assert (ruled.outcome, ruled.named_unit, ruled.ruled_by) == ("upheld", order.unit, world.users["director"])
    gap = Gap.objects.get()
    assert (gap.kind, gap.category_id, gap.matter.code, gap.times) == ("ruling", "010102", "M-GS", 1)
    with pytest.raises(NotAllowed):
        objects(world, order, "water_handler")
    with pytest.raises(NotAllowed):
        opening.reassign(
            order_id=order.pk, unit_id=world.units["urban"].pk, note="改派", actor=world.actor("director"), at=LATER
        )
    told = Event.objects.filter(case_id=order.petition_id, name="order.adjudicated").get().payload
    assert told == {"unit": world.units["urban"].pk, "named": order.unit_id, "upheld": True}


def test_an_adjudication_may_leave_it_with_the_unit_that_objected(world, disputed):
    order = decide(world, disputed, "urban")
    assert (order.pk, order.state, order.bound, order.reason) == (disputed.pk, "signed", True, "by_ruling")
    assert order.decision["ruling"]["reason"] == "by_ruling"
    with pytest.raises(NotAllowed):
        objects(world, order, "urban_handler")


def test_grounds_and_basis_are_needed_and_a_township_is_never_made_to_lead(world):
    first = dispatched(world, at=MONDAY)
    objects(world, first, "urban_handler")
    grants(world, first)
    second = names(world, first.petition_id, "water")
    objects(world, second, "water_handler")
    for lacking in ({"note": " "}, {"basis": ""}):
        with pytest.raises(Invalid):
            decide(world, second, "urban", **lacking)
    with pytest.raises(Invalid) as refused:
        decide(world, second, "east_town")
    assert refused.value.code == "only_cooperating"


def test_the_database_refuses_what_the_code_forbids(world, disputed):
    decided = decide(world, disputed, "water")
    bound = dispatched(world, at=MONDAY)
    WorkOrder.objects.filter(pk=bound.pk).update(bound=True)
    attempts = {
        "dispatch_bound_stays": lambda: WorkOrder.objects.filter(pk=bound.pk).update(state="returning"),
        "dispatch_ruling_binds": lambda: WorkOrder.objects.filter(pk=decided.pk).update(state="disputed", bound=False),
        "returned without an objection": lambda: WorkOrder.objects.filter(pk=decided.pk).update(state="returned"),
        "dispatch_objection_stands": lambda: Objection.objects.filter(order=disputed).update(outcome="refused"),
    }
    for said, attempt in attempts.items():
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            attempt()


def test_a_township_that_only_cooperates_is_refused_by_the_database_too(world):
    order = dispatched(world, at=MONDAY)
    with pytest.raises(IntegrityError, match="dispatch_cooperating_never_leads"), transaction.atomic():
        WorkOrder.objects.filter(pk=order.pk).update(unit=world.units["east_town"])
    WorkOrder.objects.filter(pk=order.pk).update(unit=world.units["west_town"])  # of another place: not its concern


def test_nobody_adjudicates_in_time_and_the_level_above_is_told(world, disputed):
    for day in range(16, 30):
        let_time_pass(until=at(f"2026-11-{day} 18:00"))
    told = Escalation.objects.filter(order=disputed, clock="order.adjudicate").order_by("rung")
    assert list(told.values_list("rung", "told_unit__code")) == [(1, "CC-370404"), (2, "CC-3704")]


def test_a_return_that_is_refused_late_does_not_silence_the_clock_of_the_unit(world):
    order = dispatched(world, at=MONDAY, category="010102")
    objects(world, order, "water_handler")
    late = at("2026-11-19 10:00")
    let_time_pass(until=late)
    returning.rule_return(order_id=order.pk, granted=False, note="清单", actor=world.actor("dispatcher"), at=late)
    let_time_pass(until=late + timedelta(minutes=1))
    assert Escalation.objects.filter(order=order, clock="order.handle", rung=1).exists()


def test_what_ends_otherwise_takes_its_objection_with_it(world):
    order = dispatched(world, at=MONDAY)
    objects(world, order, "urban_handler")
    opening.reassign(
        order_id=order.pk, unit_id=world.units["water"].pk, note="改派", actor=world.actor("dispatcher"), at=LATER
    )
    assert Objection.objects.get(order=order).outcome == "lapsed"
    assert Petition.objects.get(pk=order.petition_id).lead_unit == world.units["water"]
