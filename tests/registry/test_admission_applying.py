"""What an application has to say, who may make it, and how it is turned down before anybody is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kernel.actors import SYSTEM
from kernel.errors import Invalid, NotAllowed, Unprocessable, WrongState
from registry.models import Admission
from registry.services.admission import applying, reviewing
from tests.refusals import refused
from tests.registry.admissions import (
    MONEY,
    applied,
    opine,
    proposal,
)
from tests.world import MONDAY, World, at

LATER = at("2026-11-17 10:00")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"township_duty": " "}, "township_duty"),
        ({"money": replace(MONEY, source="")}, "money_source"),
        ({"money": replace(MONEY, amount=Decimal(-1))}, "money_amount"),
        ({"powers": ""}, "powers"),
        ({"basis": ""}, "basis"),
        ({"steps": ()}, "steps"),
        ({"lead_unit_id": None}, "lead_unit"),
        ({"matter_id": None}, "matter"),
        ({"into": "grid"}, "grid_work"),
        ({"into": "grid", "grid_work": "work", "township_role": "lead", "lead_unit_id": None}, "township_role"),
        ({"limit_value": 0}, "limit_value"),
        ({"limit_unit": "moon"}, "limit_unit"),
    ],
)
def test_an_application_names_everything_that_has_to_follow_the_duty(world: World, said, field):
    with refused(Unprocessable) as found:
        applied(world, on=MONDAY, **said)
    assert field in found.value.fields
    assert not Admission.objects.exists()


def test_a_department_does_not_pass_its_lead_to_a_township_by_name(world: World):
    with refused(Unprocessable) as found:
        applied(world, on=MONDAY, lead_unit_id=world.units["east_town"].pk)
    assert set(found.value.fields) == {"lead_unit"}


def test_one_applies_for_ones_own_department_only(world: World):
    with refused(NotAllowed):
        applied(world, on=MONDAY, by="water_handler")
    with refused(NotAllowed):
        applied(world, on=MONDAY, by="east_villager")
    with refused(Invalid):  # a township does not pass a duty to townships
        applied(world, on=MONDAY, by="east_officer", applicant_id=world.units["east_town"].pk)
    with refused(NotAllowed):  # and the system signs no papers
        applying.apply(proposal=proposal(world), actor=SYSTEM, at=MONDAY)


def test_the_keeper_refuses_with_a_reason_and_nobody_is_asked(world: World):
    case = applied(world, on=MONDAY)
    keeper = world.actor("keeper")
    with refused(Invalid):
        reviewing.reject(admission_id=case.pk, reason=" ", actor=keeper, at=MONDAY)
    with refused(NotAllowed):
        reviewing.reject(admission_id=case.pk, reason="无依据", actor=world.actor("urban_handler"), at=MONDAY)
    reviewing.reject(admission_id=case.pk, reason="没有法律依据。", actor=keeper, at=MONDAY)
    case.refresh_from_db()
    assert (case.state, case.end_reason) == ("refused", "没有法律依据。")
    with refused(WrongState):
        opine(world, case, "east_officer", "agrees", on=MONDAY)


def test_a_limit_for_opinions_is_neither_hasty_nor_endless(world: World):
    case = applied(world, on=MONDAY)
    for days in (1, 31):
        with refused(Invalid):
            reviewing.review(admission_id=case.pk, finding="合法", days=days, actor=world.actor("keeper"), at=MONDAY)
