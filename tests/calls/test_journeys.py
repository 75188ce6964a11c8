"""Calls from end to end, with the real relay and a moved clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from calls.choices import PartState, State
from calls.models import Call, Escalation, Part, Round
from calls.services import answering, filing, judging, parts, ruling, triaging, turning
from kernel.chains import verify_case
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.models import Timer
from mediation.models import MediationCase
from mediation.services.opening import open_by_hand
from notices.models import Notice
from organizations.models import ResponsibilityEntry
from petitions.models import Petition
from petitions.services.closing import withdraw
from petitions.services.reception import accept
from registry.models.gap import Gap
from tests.calls.steps import HOUR, answered, called, filed, reported, solved, story
from tests.journeys import steps as petitions
from tests.journeys.steps import let_time_pass
from tests.world import EAST_VILLAGE, MONDAY, at

pytestmark = pytest.mark.django_db


def told(world, name, kind):
    return Notice.objects.filter(user=world.users[name], kind=kind).count()


def test_a_call_is_answered_by_a_named_person_and_rated_by_the_township(world):
    petition = petitions.filed(world, at=MONDAY)
    call = called(world, petition_id=petition.pk)
    assert call.case_id == petition.pk
    assert told(world, "urban_handler", "calls.called") == 1
    reported(world, call, at=MONDAY + 2 * HOUR)
    done = solved(world, call, at=MONDAY + 6 * HOUR)

    assert done.state == State.SOLVED
    assert done.person == world.users["urban_handler"]
    assert (done.answered_in_time, done.arrived_in_time, done.reported_in_time) == (True, True, True)
    assert (done.lng, done.lat, done.accuracy_m) == (117.59, 34.77, 12)
    assert (done.speed, done.quality) == (5, 4)
    assert story(call) == [
        "petition.filed", "call.filed", "call.triaged", "call.answered", "call.arrived", "call.reported", "call.solved",
    ]  # fmt: skip
    let_time_pass(until=MONDAY + timedelta(days=20))
    assert not Escalation.objects.exists()
    assert Petition.objects.get(pk=petition.pk).lead_unit_id is None  # the township keeps its case
    assert verify_case(case_id=petition.pk).intact


def test_an_enforcement_call_leaves_the_house_with_the_heads_signature_only(world):
    call = filed(world, kind="enforcement")
    assert call.state == State.SIGNING
    assert told(world, "east_head", "calls.to_sign") == 1
    assert not told(world, "dispatcher", "calls.to_triage")
    with pytest.raises(NotAllowed):
        filing.sign(call_id=call.pk, actor=world.actor("east_officer"), at=MONDAY + HOUR)
    signed = filing.sign(call_id=call.pk, actor=world.actor("east_head"), at=MONDAY + HOUR)
    assert signed.state == State.FILED
    assert told(world, "dispatcher", "calls.to_triage") == 1
    assert filed(world, kind="enforcement", by="east_head").state == State.FILED


def test_a_call_that_is_ignored_climbs_to_the_top_and_each_rung_fires_once(world):
    call = called(world)
    for day in range(1, 30):
        let_time_pass(until=MONDAY + timedelta(days=day))
        let_time_pass(until=MONDAY + timedelta(days=day))
    rungs = list(Escalation.objects.order_by("told_at").values_list("rung", "whom", "people"))
    assert rungs == [(1, "head", 1), (2, "leader", 1), (3, "director", 1)]
    for name in ("urban_head", "leader", "director"):
        assert told(world, name, "calls.late") == 1, name
    assert story(call).count("call.escalated") == 3
    assert not Timer.objects.filter(subject_id=str(call.pk), state="armed").exists()
    again = Escalation.objects.first()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_an_answer_in_time_stops_the_ladder_and_a_broken_promise_begins_another(world):
    call = called(world)
    answered(world, call, at=MONDAY + 2 * HOUR)
    for day in range(1, 12):
        let_time_pass(until=MONDAY + timedelta(days=day))
    found = list(Escalation.objects.order_by("rung").values_list("clock", "rung"))
    assert found == [("call.arrive", 1), ("call.arrive", 2), ("call.arrive", 3)]


def refused(world, call, *, when):
    row = ResponsibilityEntry.objects.get(code="M-CG-L")
    return answering.refuse(
        call_id=call.pk, entry_id=row.pk, note="不属本局职责", actor=world.actor("urban_handler"), at=when
    )


def test_a_refusal_that_is_upheld_goes_to_another_unit(world):
    call = called(world)
    assert refused(world, call, when=MONDAY + 2 * HOUR).state == State.REFUSED
    assert told(world, "director", "calls.refused") == 1
    with pytest.raises(NotAllowed):
        ruling.uphold(call_id=call.pk, note="成立", actor=world.actor("dispatcher"), at=MONDAY + 3 * HOUR)
    freed = ruling.uphold(call_id=call.pk, note="成立", actor=world.actor("director"), at=MONDAY + 3 * HOUR)
    assert (freed.state, freed.lead_id) == (State.FILED, None)
    again = triaging.triage(
        call_id=call.pk,
        unit_id=world.units["water"].pk,
        until=MONDAY + timedelta(days=4),
        actor=world.actor("dispatcher"),
        at=MONDAY + 4 * HOUR,
    )
    assert (again.state, again.lead_id, again.round) == (State.CALLED, world.units["water"].pk, 2)
    assert Round.objects.get().outcome == "upheld"


def test_a_refusal_that_is_overruled_binds(world):
    call = called(world)
    refused(world, call, when=MONDAY + 2 * HOUR)
    bound = ruling.overrule(call_id=call.pk, note="清单明确", actor=world.actor("director"), at=MONDAY + 3 * HOUR)
    assert (bound.state, bound.bound, bound.lead_id) == (State.CALLED, True, world.units["urban"].pk)
    with pytest.raises(NotAllowed, match=r"cannot refuse again|不能再次"):
        refused(world, call, when=MONDAY + 4 * HOUR)
    assert answered(world, call, at=MONDAY + 4 * HOUR).state == State.ANSWERED


def test_a_refusal_needs_a_row_that_speaks_of_the_matter(world):
    call = called(world)
    row = ResponsibilityEntry.objects.get(code="M-GS-L")
    with pytest.raises(Invalid) as said:
        answering.refuse(
            call_id=call.pk, entry_id=row.pk, note="不属", actor=world.actor("urban_handler"), at=MONDAY + 2 * HOUR
        )
    assert "entry" in said.value.fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**{"state": "refused"})


def test_cooperating_units_have_their_own_clock_and_lateness(world):
    call = called(world, assists=("water", "west_town"))
    mine = Part.objects.get(unit=world.units["west_town"])
    when, actor = MONDAY + 2 * HOUR, world.actor("west_officer")
    person = world.users["west_officer"].pk
    parts.answer_part(call_id=call.pk, part_id=mine.pk, person_id=person, promised_at=when + HOUR, actor=actor, at=when)
    parts.arrive_part(call_id=call.pk, part_id=mine.pk, actor=actor, at=when + HOUR)
    parts.report_part(call_id=call.pk, part_id=mine.pk, result="已劝离", actor=actor, at=when + 2 * HOUR)
    answered(world, call, at=MONDAY + 2 * HOUR)
    answering.arrive(call_id=call.pk, actor=world.actor("urban_handler"), at=MONDAY + 3 * HOUR)
    let_time_pass(until=MONDAY + timedelta(days=2))

    late = Part.objects.get(unit=world.units["water"])
    assert list(Escalation.objects.values_list("subject", "unit_id").distinct()) == [(late.pk, late.unit_id)]
    call.refresh_from_db()
    assert (call.parts_replied, call.parts_total) == (1, 2)
    # A late helper does not hold the lead up, and ends with the call.
    answering.report(
        call_id=call.pk, result="已清理", actor=world.actor("urban_handler"), at=MONDAY + timedelta(days=2)
    )
    done = solved(world, call, at=MONDAY + timedelta(days=2, hours=1))
    assert done.reported_in_time
    late.refresh_from_db()
    assert (late.state, late.answered_in_time) == (PartState.LAPSED, None)


def test_what_cannot_wait_goes_to_the_lead_of_the_list_in_the_same_deed(world):
    night = at("2026-11-16 22:00")
    call = filed(world, kind="emergency", at=night)
    assert (call.state, call.lead_id) == (State.CALLED, world.units["urban"].pk)
    assert call.entry.code == "M-CG-L"
    assert call.answer_due_at == night + timedelta(minutes=15)
    assert told(world, "urban_handler", "calls.called") == 1
    with pytest.raises(Invalid) as said:
        answering.answer(
            call_id=call.pk,
            person_id=world.users["urban_handler"].pk,
            promised_at=night + timedelta(minutes=62),
            actor=world.actor("urban_handler"),
            at=night + timedelta(minutes=1),
        )
    assert "promised_at" in said.value.fields


def test_what_cannot_wait_goes_to_the_centre_where_the_list_is_silent_and_leaves_a_gap(world):
    petition = petitions.filed(world, at=MONDAY)
    call = filed(world, kind="emergency", petition_id=petition.pk, category_code="010199")
    assert (call.state, call.lead_id) == (State.FILED, None)
    assert call.stage_due_at == MONDAY + timedelta(minutes=15)
    assert told(world, "dispatcher", "calls.to_triage") == 1
    assert Gap.objects.get().first_case == petition.pk


def test_what_is_not_solved_is_called_again(world):
    call = called(world, assists=("water",))
    reported(world, call, at=MONDAY + 2 * HOUR)
    when = MONDAY + 5 * HOUR
    again = judging.send_back(call_id=call.pk, note="次日又摆出来", actor=world.actor("east_officer"), at=when)
    assert (again.state, again.round, again.person_id, again.result) == (State.CALLED, 2, None, "")
    kept = Round.objects.get()
    assert (kept.result, kept.outcome) == ("已清理，商户书面承诺。", "sent_back")
    assert [one.state for one in Part.objects.order_by("round")] == [PartState.LAPSED, PartState.CALLED]
    reported(world, again, at=when + HOUR)
    assert solved(world, again, at=when + timedelta(days=1)).state == State.SOLVED


def test_a_call_that_becomes_a_mediation_keeps_one_case(world):
    call = called(world)
    assert call.petition_id is None
    when = MONDAY + 2 * HOUR
    turned = turning.file_for_call(
        call_id=call.pk,
        nature="complaint",
        channel="township",
        title="摊贩与商户纠纷",
        description="双方为摊位争执。",
        actor=world.actor("east_officer"),
        at=when,
    )
    assert turned.petition_id == turned.case_id == call.pk
    petition = Petition.objects.get(pk=call.pk)
    assert petition.place.startswith("370404001")
    accept(petition_id=petition.pk, category_code="010104", actor=world.actor("dispatcher", on=when), at=when + HOUR)
    let_time_pass(until=when + HOUR)
    opened = open_mediation(world, petition, when + 2 * HOUR)
    assert opened.petition_id == call.case_id
    assert {"call.filed", "call.triaged", "petition.filed", "call.turned", "mediation.opened"} <= set(story(call))
    assert verify_case(case_id=call.case_id).intact
    with pytest.raises(Conflict):
        turning.file_for_call(
            call_id=call.pk, nature="complaint", channel="township", title="又", description="又",
            actor=world.actor("east_officer"), at=when + HOUR,
        )  # fmt: skip


def open_mediation(world, petition, when):
    open_by_hand(petition_id=petition.pk, actor=world.actor("east_officer"), at=when)
    return MediationCase.objects.get()


def test_a_call_ends_with_its_petition(world):
    petition = petitions.filed(world, at=MONDAY)
    call = called(world, petition_id=petition.pk)
    withdraw(petition_id=petition.pk, actor=world.actor("dispatcher"), at=MONDAY + 2 * HOUR)
    let_time_pass(until=MONDAY + 2 * HOUR)
    call.refresh_from_db()
    assert (call.state, call.end_note) == (State.WITHDRAWN, "petition_withdrawn")
    assert not Timer.objects.filter(subject_id=str(call.pk), state="armed").exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"asked": "  "}, "asked"),
        ({"place": "370404100000"}, "place"),
        ({"place": "999999999999"}, "place"),
        ({"wanted_by": MONDAY - HOUR}, "wanted_by"),
        ({"wanted_by": MONDAY + timedelta(days=400)}, "wanted_by"),
        ({"category_code": "nope"}, "category"),
    ],
)
def test_bad_input_names_its_field(world, said, field):
    with pytest.raises(Invalid) as found:
        filed(world, **said)
    assert field in found.value.fields
    assert not Call.objects.exists()


def test_only_people_of_the_called_unit_are_named(world):
    call = called(world)
    with pytest.raises(Invalid) as said:
        answering.answer(
            call_id=call.pk,
            person_id=world.users["water_handler"].pk,
            promised_at=MONDAY + 2 * HOUR,
            actor=world.actor("urban_handler"),
            at=MONDAY + HOUR + timedelta(minutes=1),
        )
    assert "person" in said.value.fields


def test_a_township_that_only_cooperates_is_never_made_to_lead(world):
    call = filed(world, by="urban_handler", place=EAST_VILLAGE, kind="livelihood")
    with pytest.raises(Invalid) as said:
        triaging.triage(
            call_id=call.pk, unit_id=world.units["east_town"].pk, until=MONDAY + timedelta(days=1),
            actor=world.actor("dispatcher"), at=MONDAY + HOUR,
        )  # fmt: skip
    assert said.value.code == "only_cooperating"
