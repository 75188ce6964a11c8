"""A matter moves from one party to another when both have signed; parties that are not government are equal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from kernel.models import Event
from registry.choices import ActKind, HandOverState
from registry.models import Act, HandOver, ItemVersion
from registry.queries import history_of, item_at, who_was_responsible
from registry.services import handover
from tests.refusals import refused
from tests.registry.steps import LATER, approved, duty, found, item, leads, offered, stall
from tests.world import EAST_VILLAGE, MONDAY

pytestmark = pytest.mark.django_db
BEFORE = LATER - timedelta(days=1)


def sign(world, made, who):
    return handover.sign(hand_over_id=made.pk, actor=world.actor(who), at=MONDAY)


def test_it_takes_both_signatures(world):
    found(("T-CG", stall(cooperations=[{"unit": "U-GS", "duty": "配合"}])))
    made = offered(world)
    assert sign(world, made, "water_handler").state == HandOverState.SIGNED_ONCE
    assert ItemVersion.objects.filter(item=item()).count() == 1
    with refused(Conflict):
        sign(world, made, "water_handler")
    assert sign(world, made, "urban_handler").state == HandOverState.EFFECTIVE
    assert (leads("M-CG", BEFORE), leads("M-CG", LATER)) == (["D-CG"], ["U-GS"])
    act = Act.objects.get(kind=ActKind.HANDED_OVER)
    assert (act.signed_unit.code, act.second_signed_unit.code) == ("D-CG", "U-GS")
    assert (act.from_version.number, act.to_version.number) == (1, 2)
    assert item_at(code="T-CG", on=LATER).hand_over == HandOver.objects.get()
    assert not item_at(code="T-CG", on=LATER).cooperations.exists()
    assert [one.kind for one in history_of(item=item())] == ["handed_over", "founded"]
    names = list(Event.objects.filter(case_id=made.pk).order_by("seq").values_list("name", flat=True))
    assert names == ["registry.hand_over_proposed", "registry.hand_over_signed", "registry.hand_over_signed"]
    for on, unit in ((BEFORE, "urban"), (LATER, "water")):
        answer = who_was_responsible(code="T-CG", place=EAST_VILLAGE, on=on)
        assert answer.responsibility.lead.unit_id == world.units[unit].pk
    assert answer.version.number == 2
    with refused(WrongState):
        sign(world, made, "urban_handler")


def test_a_duty_of_an_enterprise_moves_to_a_department(world):
    found(("D-GS-1", duty()))
    made = offered(world, code="D-GS-1", to="urban")
    sign(world, made, "water_handler")
    sign(world, made, "urban_handler")
    assert item("D-GS-1").unit == world.units["urban"]
    assert item_at(code="D-GS-1", on=BEFORE).lead_unit == world.units["water"]
    assert item_at(code="D-GS-1", on=LATER).lead_unit == world.units["urban"]


def test_who_signs_works_for_one_of_the_two(world):
    found(("T-CG", stall()))
    made = offered(world)
    with refused(NotAllowed):
        sign(world, made, "keeper")
    with refused(Missing):
        sign(world, made, "east_officer")


def test_a_township_is_not_handed_a_duty(world):
    found(("T-CG", stall()))
    for to in ("east_town", "west_village"):
        with refused(Invalid) as said:
            offered(world, to=to)
        assert "to_unit" in said.value.fields
    with refused(Invalid):
        offered(world, to="urban")
    with refused(Invalid):
        offered(world, effective=MONDAY.date() - timedelta(days=1))


def test_one_is_open_at_a_time_and_may_be_withdrawn(world):
    found(("T-CG", stall()))
    made = offered(world)
    with refused(Conflict):
        offered(world)
    with refused(Invalid):
        handover.withdraw(hand_over_id=made.pk, reason="", actor=world.actor("keeper"), at=MONDAY)
    handover.withdraw(hand_over_id=made.pk, reason="另行商定", actor=world.actor("keeper"), at=MONDAY)
    with refused(WrongState):
        sign(world, made, "urban_handler")
    offered(world)


def test_it_does_not_overtake_a_change(world):
    found(("T-CG", stall()))
    made = offered(world, effective=LATER + timedelta(days=1))
    sign(world, made, "water_handler")
    approved(world, ("change", "T-CG", {"safeguards": "新"}), effective=LATER + timedelta(days=1))
    with refused(Conflict):
        sign(world, made, "urban_handler")


def test_who_leads_by_place_has_no_one_to_hand_over(world):
    found(("T-HJ", stall(matter="M-HJ", lead_rule="village_of_place", lead_unit="", categories=[], conditions=[])))
    with refused(Invalid) as said:
        offered(world, code="T-HJ")
    assert "item_code" in said.value.fields
