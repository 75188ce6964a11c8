"""What the rules of whistles refuse, at the deed and again in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from notices.models import Notice
from tests.journeys.steps import filed, let_time_pass
from tests.whistles import steps
from tests.whistles.steps import ABSENT_AT, TUESDAY, held
from tests.world import EAST_VILLAGE, MONDAY, WEST, at
from whistles.models import CheckIn, Decision, Escalation, Rating, Summons, Whistle
from whistles.services import answering, arriving, asking, changing, gathering, issuing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"form": "party"}, "form"),
        ({"matter": "  "}, "matter"),
        ({"where": ""}, "where"),
        ({"units": ()}, "units"),
        ({"meets_at": MONDAY - timedelta(minutes=1)}, "meets_at"),
        ({"kind": "emergency"}, "meets_at"),  # an emergency does not wait until tomorrow
        ({"meets_at": TUESDAY + timedelta(days=2)}, "meets_at"),
        ({"agenda": ["x"] * 31}, "agenda"),
    ],
)
def test_what_is_lacking_or_impossible_is_named(world, changes, field):
    with pytest.raises(Invalid) as refused:
        steps.issued(world, **changes)
    assert list(refused.value.fields) == [field]
    assert Whistle.objects.count() == 0


def test_a_joint_meeting_is_called_ten_working_days_ahead_and_carries_its_own_number(world):
    late = at("2026-11-30 17:30")
    meeting = steps.issued(world, form="joint_meeting", kind="key_work", meets_at=late, agenda=["北门摊点", "垃圾清运"])
    assert meeting.number == "〔2026〕联席字第1号"
    assert list(meeting.agenda.values_list("number", "text")) == [(1, "北门摊点"), (2, "垃圾清运")]
    with pytest.raises(Invalid):
        steps.issued(world, form="joint_meeting", kind="key_work", meets_at=late + timedelta(minutes=1))


def test_centres_and_committees_and_whoever_calls_are_not_called(world):
    for key in ("county", "mediators", "east_town"):
        with pytest.raises(Invalid):
            steps.issued(world, units=(key,))


def test_a_township_calls_on_its_own_ground_only_and_an_officer_does_not_blow(world):
    with pytest.raises(NotAllowed):
        steps.issued(world, area_code=WEST)
    with pytest.raises(NotAllowed):
        steps.issued(world, by="east_officer")
    with pytest.raises(NotAllowed):
        steps.asked(world, by="west_officer")
    department = steps.asked(world, by="urban_handler", area_code=WEST, units=("water",))
    assert department.asker == world.units["urban"]
    assert Notice.objects.get().user == world.users["director"]


def test_numbers_of_the_county_have_no_gaps_and_are_never_given_back(world):
    first = steps.issued(world)
    with pytest.raises(Invalid):
        steps.issued(world, units=("county",))
    second = steps.issued(world, by="director")
    assert (first.serial, second.serial) == (1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.delete()


def test_a_changed_time_is_told_and_moves_the_minute_of_absence(world):
    whistle = steps.issued(world)
    steps.received(world, whistle)
    later = at("2026-11-17 15:00")
    changing.move(
        whistle_id=whistle.pk, meets_at=later, note="降雨", actor=world.actor("east_head"), at=MONDAY, version=1
    )
    assert Notice.objects.filter(kind="whistles.moved", user=world.users["water_handler"]).count() == 1
    let_time_pass(until=ABSENT_AT + timedelta(hours=1))
    assert set(steps.attendance(whistle).values()) == {"awaited"}
    steps.here(world, whistle, on=later)
    let_time_pass(until=later + timedelta(minutes=30))
    assert steps.attendance(whistle) == {"综合执法局": "present", "自来水公司": "absent"}
    with pytest.raises(WrongState):
        changing.move(whistle_id=whistle.pk, meets_at=later, note="x", actor=world.actor("east_head"), at=later)


def test_what_was_called_off_has_no_clocks_and_nobody_checks_in(world):
    whistle = steps.issued(world)
    changing.call_off(whistle_id=whistle.pk, note="险情排除", actor=world.actor("east_head"), at=MONDAY)
    assert steps.armed(whistle) == []
    with pytest.raises(WrongState):
        steps.here(world, whistle)
    let_time_pass(until=ABSENT_AT)
    assert set(steps.attendance(whistle).values()) == {"awaited"}
    other = steps.issued(world)
    steps.here(world, other)
    with pytest.raises(Conflict):
        changing.call_off(whistle_id=other.pk, note="x", actor=world.actor("east_head"), at=TUESDAY)


def test_a_person_checks_in_once_not_too_early_and_for_the_own_unit(world):
    whistle = steps.issued(world)
    with pytest.raises(Conflict, match="07:00"):
        steps.here(world, whistle, on=TUESDAY - timedelta(hours=2, seconds=1))
    steps.here(world, whistle)
    with pytest.raises(Conflict):
        steps.here(world, whistle)
    steps.here(world, whistle, by=steps.colleague(world, "urban_second", unit="urban"))
    assert CheckIn.objects.count() == 2
    with pytest.raises(NotAllowed):
        steps.here(world, whistle, by="west_officer")
    with pytest.raises(Invalid):
        steps.here(world, whistle, by="water_handler", lng=117.0)
    with pytest.raises(Invalid):
        arriving.check_in(
            whistle_id=whistle.pk,
            spot=arriving.Spot(lng=500.0, lat=1.0),
            actor=world.actor("water_handler"),
            at=TUESDAY,
        )


def test_the_distance_is_told_where_both_places_are_known(world):
    whistle = steps.issued(world, area_code="", **steps.ON_SITE)
    assert whistle.place.startswith(EAST_VILLAGE)
    near = steps.here(world, whistle, lng=117.591, lat=34.77)
    far = steps.here(world, whistle, by="water_handler", lng=117.69, lat=34.77)
    unknown = arriving.call_roll(
        whistle_id=whistle.pk,
        unit=world.units["urban"].pk,
        name="王五",
        actor=world.actor("east_head"),
        at=TUESDAY,
    )
    assert 88 <= near.metres <= 94
    assert far.metres > 9000
    assert unknown.metres is None


def test_nobody_excuses_what_he_asked_for_himself_and_nobody_after_the_time(world):
    steps.colleague(world, "east_second", unit="east_town", role="township_head")
    whistle = steps.issued(world, by="director", units=("east_town", "urban"))
    answering.ask_leave(whistle_id=whistle.pk, reason="防汛", actor=world.actor("east_head"), at=MONDAY)
    east = world.units["east_town"].pk
    with pytest.raises(NotAllowed):
        answering.excuse(whistle_id=whistle.pk, unit=east, actor=world.actor("east_head"), at=MONDAY)
    answering.excuse(whistle_id=whistle.pk, unit=east, actor=world.actor("director"), at=MONDAY)
    with pytest.raises(Invalid):  # no reason was asked for, and none is given
        answering.excuse(whistle_id=whistle.pk, unit=world.units["urban"].pk, actor=world.actor("director"), at=MONDAY)
    with pytest.raises(Conflict):
        answering.ask_leave(whistle_id=whistle.pk, reason="太晚", actor=world.actor("urban_handler"), at=TUESDAY)


def test_a_late_receipt_is_told_apart_and_escalated_once(world):
    whistle = steps.issued(world, units=("urban",))
    let_time_pass(until=at("2026-11-16 16:00"))
    let_time_pass(until=at("2026-11-16 17:00"))
    assert Escalation.objects.filter(clock="whistle.receipt").count() == 1
    assert Notice.objects.filter(kind="whistles.not_signed", user=world.users["urban_head"]).count() == 1
    summons = steps.received(world, whistle, on=at("2026-11-16 17:00"))
    assert summons.received_at > summons.receipt_due_at
    with pytest.raises(Conflict):
        steps.received(world, whistle, on=at("2026-11-16 17:10"))


def test_the_database_keeps_what_has_been(world):
    whistle = held(world)
    steps.minuted(world, whistle)
    steps.scored(world, whistle, unit="urban", by="east_head", on=at("2026-11-18 09:00"))
    forbidden = (
        lambda: Whistle.objects.filter(pk=whistle.pk).update(matter="另一事项"),
        lambda: Whistle.objects.filter(pk=whistle.pk).update(minutes="另一纪要"),
        lambda: Summons.objects.filter(whistle=whistle).update(arrived_at=None, attendance="awaited"),
        lambda: Summons.objects.filter(whistle=whistle).update(attendance="late"),
        lambda: CheckIn.objects.all().delete(),
        lambda: Rating.objects.update(response=5),
        lambda: Decision.objects.update(text="改"),
    )
    for change in forbidden:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_petition_that_one_does_not_see_cannot_be_whistled_for(world):
    petition = filed(world, at=MONDAY)
    with pytest.raises(Missing):
        steps.asked(world, by="urban_handler", petition_id=petition.pk, area_code="")
    whistle = steps.issued(world, petition_id=petition.pk, area_code="")
    assert (whistle.case_id, whistle.place) == (petition.pk, petition.place)
    with pytest.raises(Invalid) as refused:
        steps.issued(world, petition_id=petition.pk, area_code="", details="联系 13812345678")
    assert list(refused.value.fields) == ["details"]


def test_what_is_asked_for_is_decided_once_and_withdrawn_only_before(world):
    asked = steps.asked(world)
    with pytest.raises(NotAllowed):
        asking.withdraw(whistle_id=asked.pk, note="x", actor=world.actor("urban_handler"), at=MONDAY)
    let_time_pass(until=at("2026-11-17 09:00"))
    assert Escalation.objects.get(clock="whistle.decide").told_unit == world.units["county"]
    with pytest.raises(Invalid):  # its time is over: the head names another one
        issuing.issue_asked(
            whistle_id=asked.pk,
            meets_at=asked.meets_at,
            units=[world.units["urban"].pk],
            actor=world.actor("east_head"),
            at=at("2026-11-17 09:30"),
        )
    asking.withdraw(whistle_id=asked.pk, note="已解决", actor=world.actor("east_officer"), at=at("2026-11-17 10:00"))
    with pytest.raises(WrongState):
        asking.decline(whistle_id=asked.pk, why="own_duty", actor=world.actor("east_head"), at=TUESDAY)


def test_a_clock_that_fires_for_an_earlier_time_records_nobody_absent(world):
    whistle = steps.issued(world)
    assert gathering.gather(whistle_ids=[whistle.pk], at=ABSENT_AT - timedelta(seconds=1)) == 0
    assert set(steps.attendance(whistle).values()) == {"awaited"}
    assert gathering.gather(whistle_ids=[whistle.pk], at=ABSENT_AT) == 2
