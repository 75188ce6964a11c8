"""A township sends its own team: at once, with a clock and a result, assessed by the township, seen by the home."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calls.models import Call, Escalation
from calls.services import answering, filing, judging, sending, turning
from calls.services.drawing import Wanted
from kernel.actors import SYSTEM
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.models import Event
from notices.models import Notice
from organizations.choices import Role
from organizations.models import Posting, User
from organizations.services.teams import found_team, post_down, recall
from petitions.models import Petition
from tests.calls.steps import HOUR, called, filed, story
from tests.journeys import steps as petitions
from tests.journeys.steps import let_time_pass
from tests.world import MONDAY, START, at

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def team(world):
    """The east's squad, with somebody of urban management in it."""
    given = {"valid_from": SINCE, "actor": SYSTEM, "at": MONDAY}
    made = found_team(
        code="T-1", name="执法中队", township_id=world.units["east_town"].pk, kind="squad", powers=["M-CG"], **given
    )
    home = world.units["urban"].pk
    post_down(team_id=made.pk, user_id=world.users["enforcer"].pk, home_id=home, **given)
    return made


def sent(world, team, *, by="east_officer", on=MONDAY, **said):
    wanted = Wanted(**{"kind": "enforcement", "asked": "清理北门摊点", "category_code": "010101", **said})
    return sending.send_team(wanted=wanted, team_id=team.pk, actor=world.actor(by, on=on), at=on)


def reported(world, call, *, on):
    enforcer = world.actor("enforcer", on=on)
    person = world.users["enforcer"].pk
    answering.answer(call_id=call.pk, person_id=person, promised_at=on + HOUR, actor=enforcer, at=on)
    answering.arrive(call_id=call.pk, lng=117.59, lat=34.77, actor=enforcer, at=on + HOUR)
    return answering.report(call_id=call.pk, result="已劝离", actor=enforcer, at=on + 2 * HOUR)


def test_it_goes_at_once_reports_and_is_assessed_by_the_township(world, team):
    call = sent(world, team)
    town, urban = world.units["east_town"].pk, world.units["urban"].pk
    assert (call.state, call.lead_id, call.involved, call.signed_at) == ("called", town, [urban], None)
    assert (call.stage_due_at, call.work_due_at) == (at("2026-11-16 15:00"), at("2026-11-23 17:30"))
    told = Notice.objects.filter(subject=str(call.pk), kind="calls.sent")
    assert list(told.values_list("user_id", flat=True)) == [world.users["enforcer"].pk]
    done = reported(world, call, on=MONDAY + HOUR)
    assert (done.state, done.person_id, done.arrived_in_time) == ("reported", world.users["enforcer"].pk, True)
    officer = world.actor("east_officer", on=MONDAY + 4 * HOUR)
    judging.solve(call_id=call.pk, speed=5, quality=5, actor=officer, at=MONDAY + 4 * HOUR)
    assert story(call) == ["call.filed", "call.sent", "call.answered", "call.arrived", "call.reported", "call.solved"]
    said = Event.objects.get(name="call.sent").payload
    assert (said["people"], said["homes"]) == ([world.users["enforcer"].pk], [urban])


def test_only_its_people_act_the_home_sees_it_and_others_do_not(world, team):
    call = sent(world, team)
    seen = {name: Call.objects.visible_to(world.actor(name)).exists() for name in world.users}
    watching = {name for name, sees in seen.items() if sees}
    assert {"enforcer", "urban_handler", "urban_head", "east_officer", "east_head", "director"} <= watching
    assert watching.isdisjoint({"water_handler", "west_officer", "company", "citizen", "administrator"})
    said = {"call_id": call.pk, "promised_at": MONDAY + HOUR, "at": MONDAY}
    for name in ("urban_handler", "east_officer"):
        with pytest.raises(NotAllowed):
            answering.answer(person_id=world.users["enforcer"].pk, actor=world.actor(name), **said)
    with pytest.raises(NotAllowed):
        answering.refuse(call_id=call.pk, entry_id=1, note="x", actor=world.actor("enforcer"), at=MONDAY)
    with pytest.raises(Invalid):
        answering.answer(person_id=world.users["urban_handler"].pk, actor=world.actor("enforcer"), **said)


def test_the_enforcer_sees_what_the_team_is_sent_for_and_no_other_call_to_the_home(world, team):
    other = called(world)
    own = sent(world, team)
    enforcer = world.actor("enforcer")
    assert list(Call.objects.visible_to(enforcer)) == [own]
    assert list(Call.objects.visible_to(enforcer).to_team(enforcer)) == [own]
    officer = world.actor("east_officer")
    assert not Call.objects.visible_to(officer).to_units(officer).exists()
    with pytest.raises(Missing):
        answering.arrive(call_id=other.pk, actor=enforcer, at=MONDAY + 2 * HOUR)


def test_whoever_was_recalled_before_it_was_sent_neither_sees_nor_is_sent(world, team):
    member = team.members.get()
    recall(team_id=team.pk, membership_id=member.pk, on=MONDAY.date(), actor=SYSTEM, at=MONDAY)
    with pytest.raises(Invalid) as refused:
        sent(world, team)
    assert list(refused.value.fields) == ["team"]
    assert not Call.objects.visible_to(world.actor("enforcer")).exists()


def test_a_team_of_another_township_and_a_matter_without_power_are_refused(world, team):
    with pytest.raises(Invalid):
        sent(world, team, by="west_officer")
    with pytest.raises(NotAllowed):
        sent(world, team, by="enforcer")
    with pytest.raises(Invalid) as refused:
        sent(world, team, category_code="010102")
    assert list(refused.value.fields) == ["team"]
    assert sent(world, team, kind="emergency", category_code="010102").state == "called"


def test_beside_a_call_to_a_department_the_case_stays_one(world, team):
    call = called(world)
    then = MONDAY + 2 * HOUR
    officer = world.actor("east_officer", on=then)
    own = sending.send_beside(call_id=call.pk, team_id=team.pk, actor=officer, at=then)
    assert (own.case_id, own.beside_id, own.asked, own.place) == (call.case_id, call.pk, call.asked, call.place)
    with pytest.raises(Conflict):
        sending.send_beside(call_id=call.pk, team_id=team.pk, actor=officer, at=then)
    said = {"nature": "help", "channel": "township", "title": "求助", "description": "求助"}
    turning.file_for_call(call_id=call.pk, actor=officer, at=then, **said)
    assert set(Call.objects.values_list("petition_id", flat=True)) == {call.case_id}
    assert not Petition.objects.visible_to(world.actor("enforcer")).exists()


def test_on_a_petition_it_stands_on_the_petitions_chain(world, team):
    petition = petitions.filed(world, at=MONDAY)
    own = sent(world, team, petition_id=petition.pk, by="east_officer")
    assert (own.case_id, own.petition_id) == (petition.pk, petition.pk)
    assert "call.sent" in story(own)


def test_what_the_team_is_late_with_stays_in_the_house(world, team):
    call = sent(world, team)
    for day in range(1, 10):  # day by day: each rung arms the next
        let_time_pass(until=MONDAY + timedelta(days=day))
    told = Escalation.objects.filter(call=call)
    assert list(told.values_list("clock", "rung", "whom")) == [("call.answer", 1, "head")]
    assert told.get().told_unit_id == world.units["east_town"].pk


def test_a_department_call_still_needs_its_signature_and_names_no_team(world, team):
    call = filed(world, kind="enforcement")
    assert (call.state, call.team_id) == ("signing", None)
    assert filing.sign(call_id=call.pk, actor=world.actor("east_head"), at=MONDAY).state == "filed"


def enforcer_of(world, name):
    """Somebody else whom urban management may post down."""
    user = User.objects.create_user(username=name, password="grid-demo-1", display_name=name)
    Posting.objects.create(user=user, unit=world.units["urban"], role=Role.ENFORCER, valid_from=START)
    world.users[name] = user
    return user


def test_who_left_the_team_before_it_is_sent_is_not_sent_and_who_comes_later_is(world, team):
    given = {"home_id": world.units["urban"].pk, "valid_from": SINCE, "actor": SYSTEM, "at": MONDAY}
    left = post_down(team_id=team.pk, user_id=enforcer_of(world, "left").pk, **given)
    enforcer_of(world, "stranger")
    recall(team_id=team.pk, membership_id=left.pk, on=MONDAY.date(), actor=SYSTEM, at=MONDAY)
    call = sent(world, team)
    assert Event.objects.get(name="call.sent").payload["people"] == [world.users["enforcer"].pk]
    for name in ("left", "stranger"):
        assert not Call.objects.visible_to(world.actor(name)).exists()
        with pytest.raises(Missing):
            answering.arrive(call_id=call.pk, actor=world.actor(name), at=MONDAY)
    tomorrow = MONDAY + timedelta(days=1)
    came = enforcer_of(world, "came").pk
    post_down(team_id=team.pk, user_id=came, **{**given, "valid_from": tomorrow.date(), "at": tomorrow})
    said = {"call_id": call.pk, "person_id": came, "promised_at": tomorrow + HOUR, "at": tomorrow}
    assert answering.answer(actor=world.actor("came", on=tomorrow), **said).person_id == came
