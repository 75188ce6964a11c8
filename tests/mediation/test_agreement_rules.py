"""What an agreement must hold, how it comes into force, how a mediation ends, and who sees a case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from kernel.errors import Conflict, Invalid, NotAllowed, WrongState
from kernel.models import Event
from mediation.choices import State
from mediation.endings import ENDINGS, endings_from
from mediation.entry import becomes_mediation
from mediation.models import Agreement, MediationCase, Party, Promise, Signature
from mediation.services import agreeing, assigning, ending, opening, parties, performing, sitting
from mediation.services.agreeing import Pledge
from mediation.workflow import WORKFLOW
from organizations.choices import UnitKind, UnitLevel
from organizations.models import Unit
from petitions.services.filing import ReporterData
from tests.journeys.steps import let_time_pass
from tests.mediation.steps import LI, TEXT, ZHANG, drawn, held, opened, signed, taken
from tests.refusals import refused
from tests.world import EAST, MONDAY, at

LATER = at("2026-11-17 10:00")
ZHANG_AS_REPORTER = ReporterData(name=ZHANG.name, identity=ZHANG.identity)


def test_there_is_no_session_with_one_side_only(world):
    case = opened(world, at=MONDAY)
    mediator = world.users["mediator"].pk
    actor = world.actor("mediator")
    assigning.assign(case_id=case.pk, mediator_id=mediator, relation="none", identity="", actor=actor, at=MONDAY)
    with refused(NotAllowed):
        held(world, case, at=MONDAY)
    parties.add_party(case_id=case.pk, side="respondent", about=LI, actor=world.actor("mediator"), at=MONDAY)
    applicant = case.parties.get(side="applicant").pk
    with refused(Invalid) as found:
        sitting.hold(
            case_id=case.pk, held_at=MONDAY, place="调解室", present=[applicant], record_text="仅一方到场",
            outcome="continue", actor=world.actor("mediator"), at=MONDAY,
        )  # fmt: skip
    assert set(found.value.fields) == {"present"}


def test_a_clear_refusal_ends_it_and_names_who_refused(world):
    case = taken(world, at=MONDAY)
    respondent = case.parties.get(side="respondent")
    with refused(Invalid):
        ending.terminate(case_id=case.pk, reason="refused", actor=world.actor("mediator"), at=LATER)
    ended = ending.terminate(
        case_id=case.pk, reason="refused", party_id=respondent.pk, actor=world.actor("mediator"), at=LATER
    )
    respondent.refresh_from_db()
    assert (ended.state, ended.ending, respondent.refused_at) == ("terminated", "refused", LATER)
    assert len(ENDINGS["refused"].ways) == 3


@pytest.mark.parametrize("lacking", ["facts", "points", "responsibilities", "terms"])
def test_an_agreement_that_lacks_a_part_of_article_29_is_refused(world, lacking):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    pledge = Pledge(party_id=case.parties.first().pk, what="支付", due_on=date(2026, 12, 1))
    with refused(Invalid) as found:
        agreeing.draw(
            case_id=case.pk,
            form="written",
            promises=[pledge],
            actor=world.actor("mediator"),
            at=MONDAY,
            **{**TEXT, lacking: "  "},
        )
    assert set(found.value.fields) == {lacking}


def test_an_agreement_without_a_performance_is_refused(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    with refused(Invalid) as found:
        agreeing.draw(case_id=case.pk, form="written", promises=[], actor=world.actor("mediator"), at=MONDAY, **TEXT)
    assert set(found.value.fields) == {"promises"}


def test_the_database_refuses_an_agreement_without_its_contents_signatures_or_promises(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    agreement = drawn(world, case, at=MONDAY, due_on=date(2026, 12, 1))
    rows, day = Agreement.objects.filter(pk=agreement.pk), MONDAY.date()
    in_force = {"in_force_at": MONDAY, "confirm_by": LATER, "mediator_signed_on": day, "sealed_on": day}
    with refused(DatabaseError, match="mediation_agreement_contents"):
        rows.update(terms=b"")
    with refused(DatabaseError, match="not signed by every party"):
        rows.update(**in_force)
    for party in case.parties.all():
        Signature.objects.create(agreement=agreement, party=party, kind="signature", signed_on=day)
    with refused(DatabaseError, match="mediation_agreement_in_force"):
        rows.update(**{**in_force, "sealed_on": None})
    promise = Promise.objects.filter(agreement=agreement)
    kept = list(promise.values())
    promise.delete()
    with refused(DatabaseError, match="says nothing of how and by when"):
        rows.update(**in_force)
    Promise.objects.create(**kept[0])
    assert rows.update(**in_force) == 1
    with refused(DatabaseError, match="its text stands"):
        rows.update(terms=b"other")


def test_it_binds_only_when_the_last_one_has_signed(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    drawn(world, case, at=MONDAY, due_on=date(2026, 12, 1))
    mediator, day = world.actor("mediator"), MONDAY.date()
    first, second = case.parties.order_by("pk").values_list("pk", flat=True)
    say = {"case_id": case.pk, "actor": mediator, "at": MONDAY}
    agreeing.sign(signed={first: ("signature", day)}, sealed_on=day, **say)
    with refused(Conflict):
        agreeing.sign(signed={first: ("seal", day)}, **say)
    with refused(Invalid):
        agreeing.sign(signed={second: ("signature", day + timedelta(days=1))}, **say)
    with refused(Invalid):
        agreeing.sign(**say)
    assert agreeing.sign(mediator_on=day, **say).in_force_at is None
    assert agreeing.sign(signed={second: ("fingerprint", day)}, **say).in_force_at == MONDAY


def test_a_draft_that_is_not_signed_is_withdrawn_and_the_mediation_goes_on(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    first = drawn(world, case, at=MONDAY, due_on=date(2026, 12, 1))
    agreeing.drop(case_id=case.pk, reason="一方反悔", actor=world.actor("mediator"), at=LATER)
    second = drawn(world, case, at=LATER, due_on=date(2026, 12, 5))
    assert first.pk != second.pk
    case.refresh_from_db()
    assert case.state == "signing"


def test_more_time_is_given_once_and_not_without_end(world):
    case = taken(world, at=MONDAY)
    mediator = world.actor("mediator")
    for until in (date(2026, 12, 16), date(2027, 3, 1)):
        with refused(Invalid):
            sitting.extend(case_id=case.pk, until=until, reason="等待鉴定", actor=mediator, at=MONDAY)
    sitting.extend(case_id=case.pk, until=date(2026, 12, 31), reason="等待鉴定", actor=mediator, at=MONDAY)
    with refused(NotAllowed):
        sitting.extend(case_id=case.pk, until=date(2027, 1, 9), reason="再延", actor=mediator, at=MONDAY)


def test_the_court_is_asked_within_thirty_days(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    drawn(world, case, at=MONDAY, due_on=date(2027, 2, 1))
    signed(world, case, at=MONDAY)
    late = at("2026-12-30 10:00")
    mediator = world.actor("mediator", on=late)
    with refused(Invalid):
        performing.record_confirmation(case_id=case.pk, confirmation="applied", on=late.date(), actor=mediator, at=late)
    performing.record_confirmation(
        case_id=case.pk, confirmation="applied", on=date(2026, 12, 16), actor=mediator, at=late
    )
    assert Agreement.objects.get().confirmation == "applied"


def test_an_agreement_that_is_not_performed_ends_with_the_ways_that_are_left(world):
    case = taken(world, at=MONDAY)
    held(world, case, at=MONDAY)
    drawn(world, case, at=MONDAY, due_on=date(2026, 11, 20))
    signed(world, case, at=MONDAY)
    after = at("2026-12-01 09:00")
    let_time_pass(until=after)
    with refused(Invalid):
        ending.terminate(case_id=case.pk, reason="apart", actor=world.actor("mediator"), at=after)
    ending.terminate(case_id=case.pk, reason="unperformed", actor=world.actor("mediator"), at=after)
    let_time_pass(until=at("2026-12-20 09:00"))
    remembered = Event.objects.filter(name="mediation.promise_remembered", occurred_at__gt=after)
    assert not remembered.exists()


def test_a_township_committee_goes_before_the_county_and_passes_up_what_it_does_not_take(world):
    committee = Unit.objects.create(
        code="MC-EAST", name="坛山调委会", kind=UnitKind.MEDIATION_COMMITTEE, level=UnitLevel.TOWNSHIP,
        area_id=EAST, superior=world.units["east"],
    )  # fmt: skip
    case = opened(world, at=MONDAY)
    assert case.committee == committee
    let_time_pass(until=at("2026-11-19 17:31"))
    case.refresh_from_db()
    assert case.committee == world.units["mediators"]


def test_only_the_committee_and_those_who_oversee_the_place_see_a_case(world):
    opened(world, at=MONDAY)
    seen = {one for one in world.users if MediationCase.objects.visible_to(world.actor(one)).exists()}
    assert seen == {"mediator", "director", "dispatcher", "dispatcher2", "east_dispatcher", "east_officer"}


def test_parties_lie_sealed_and_the_log_knows_no_name(world):
    case = taken(world, at=MONDAY)
    for party in Party.objects.all():
        stored = b"".join(bytes(getattr(party, field)) for field in ("name", "phone", "identity", "address"))
        assert "李四光".encode() not in stored
    log = " ".join(Event.objects.filter(case_id=case.petition_id).values_list("canonical", flat=True))
    assert LI.identity not in log
    assert LI.phone not in log


def test_the_reporter_of_a_withheld_identity_is_not_made_a_party(world):
    assert not opened(world, at=MONDAY, confidential=True).parties.exists()


def test_the_same_person_is_a_party_once(world):
    case = taken(world, at=MONDAY)
    with refused(Conflict):
        parties.add_party(case_id=case.pk, side="applicant", about=LI, actor=world.actor("mediator"), at=MONDAY)


def test_one_mediation_at_a_time_for_a_petition(world):
    case = taken(world, at=MONDAY)
    director = world.actor("director")
    with refused(Conflict):
        opening.open_by_hand(petition_id=case.petition_id, actor=director, at=MONDAY)
    ending.terminate(case_id=case.pk, reason="outside", actor=world.actor("mediator"), at=MONDAY)
    again = opening.open_by_hand(petition_id=case.petition_id, actor=director, at=LATER)
    assert (again.entry, again.number) == ("hand", "（2026）峄人调字第2号")


def test_legal_services_are_no_dispute_but_a_request_for_mediation_is_one():
    assert [becomes_mediation(category=code) for code in ("150101", "150601", "150603", "010101", "")] == [
        True,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("state", list(State))
def test_every_open_state_can_be_ended_and_no_final_one(state):
    assert bool(endings_from(state=state)) == (state not in WORKFLOW.final)


def test_a_move_from_the_wrong_state_changes_nothing(world):
    case = opened(world, at=MONDAY)
    with refused(WrongState):
        sitting.extend(case_id=case.pk, until=date(2027, 1, 1), reason="x", actor=world.actor("mediator"), at=MONDAY)
    assert timezone.localtime(MediationCase.objects.get().changed_at) == MONDAY
