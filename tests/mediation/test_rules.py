"""Who may mediate: nobody with an interest of one's own."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from dispatch.models import WorkOrder
from kernel.errors import Invalid, NotAllowed
from mediation.models import MediationCase
from mediation.services import assigning, parties
from organizations.choices import Role
from organizations.models import Posting, User
from petitions.services.filing import ReporterData
from tests.mediation.steps import LI, ZHANG, held, opened, taken
from tests.refusals import refused
from tests.world import MONDAY, START, World, at

LATER = at("2026-11-17 10:00")
ZHANG_AS_REPORTER = ReporterData(name=ZHANG.name, identity=ZHANG.identity)


def second_mediator(world: World, **fields) -> User:
    """Another mediator of the county's committee."""
    user = User.objects.create_user(username="second", password="grid-demo-1", **fields)
    Posting.objects.create(user=user, unit=world.units["mediators"], role=Role.MEDIATOR, valid_from=START)
    world.users["second"] = user
    return user


def name(world: World, case: MediationCase, user: User, *, relation="none", identity=""):
    return assigning.assign(
        case_id=case.pk,
        mediator_id=user.pk,
        relation=relation,
        identity=identity,
        actor=world.actor("mediator"),
        at=MONDAY,
    )


@pytest.mark.parametrize("relation", ["kin", "interest", "other"])
def test_whoever_declares_a_relation_does_not_mediate(world, relation):
    case = opened(world, at=MONDAY)
    with refused(NotAllowed) as found:
        name(world, case, world.users["mediator"], relation=relation)
    assert found.value.code == "conflict_of_interest"


def test_whoever_has_the_telephone_of_a_party_does_not_mediate(world):
    case = opened(world, at=MONDAY)  # 张三丰, 13812345678
    with refused(NotAllowed):
        name(world, case, second_mediator(world, work_phone="138 1234-5678"))


def test_whoever_has_the_identity_number_of_a_party_does_not_mediate(world):
    case = opened(world, at=MONDAY, reporter=ZHANG_AS_REPORTER)
    with refused(NotAllowed):
        name(world, case, world.users["mediator"], identity=ZHANG.identity)


def test_whoever_handles_the_order_does_not_mediate(world):
    case = opened(world, at=MONDAY)
    WorkOrder.objects.filter(petition=case.petition).update(signed_by=world.users["mediator"])
    with refused(NotAllowed):
        name(world, case, world.users["mediator"])


def test_whoever_works_for_the_unit_that_handles_it_does_not_mediate(world):
    case = opened(world, at=MONDAY)
    second = second_mediator(world)
    Posting.objects.create(user=second, unit=world.units["east_village"], role=Role.HANDLER, valid_from=START)
    with refused(NotAllowed):
        name(world, case, second)


def test_only_mediators_of_the_committee_are_named(world):
    case = opened(world, at=MONDAY)
    with refused(Invalid):
        name(world, case, world.users["dispatcher"])


def test_a_party_added_later_is_compared_with_the_mediator_too(world):
    case = opened(world, at=MONDAY)
    name(world, case, second_mediator(world), identity=LI.identity)
    with refused(NotAllowed) as found:
        parties.add_party(case_id=case.pk, side="respondent", about=LI, actor=world.actor("second"), at=MONDAY)
    assert found.value.code == "conflict_of_interest"


def test_another_mediator_may_be_named_and_the_first_has_no_say_any_more(world):
    case = taken(world, at=MONDAY)
    second = second_mediator(world)
    assigning.replace(
        case_id=case.pk,
        mediator_id=second.pk,
        relation="none",
        reason="当事人要求",
        actor=world.actor("mediator"),
        at=LATER,
    )
    with refused(NotAllowed):
        held(world, case, at=LATER)


def test_the_database_refuses_a_mediator_with_a_relation(world):
    case = taken(world, at=MONDAY)
    with refused(DatabaseError, match="mediation_impartial_mediator"):
        MediationCase.objects.filter(pk=case.pk).update(relation="kin")
