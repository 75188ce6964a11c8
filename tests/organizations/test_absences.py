"""Stand-ins: rights from one minute to another, in one's own name, and never over one's own work."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dispatch.policies import verdict
from dispatch.services.verifying import verify
from dispatch.services.working import complete, sign
from kernel import clock
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.models import Event
from kernel.relay import deliver_everything
from notices.models import Notice
from notices.queries import said
from notices.services.telling import tell
from organizations.api.absences import row_of
from organizations.choices import Role
from organizations.models import Absence, Posting
from organizations.services.absences import end_absence, enter_absence
from tests.journeys import steps
from tests.races import at_once, tried
from tests.world import MONDAY, START

BEGINS, ENDS = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=5)


def away(world, who="verifier", stand_in="dispatcher", *, by=None, unit="county", begins=BEGINS, ends=ENDS, at=MONDAY):
    return enter_absence(
        user_id=world.users[who].pk,
        unit_id=world.units[unit].pk,
        stand_in_id=world.users[stand_in].pk,
        reason="leave",
        begins_at=begins,
        ends_at=ends,
        actor=world.actor(by or who, on=at),
        at=at,
    )


def may_verify(world, name, at):
    return world.actor(name, on=at).holds("order.verify")


def test_the_seat_is_lent_from_the_minute_it_begins_until_the_minute_it_ends(world):
    made = away(world)
    second = timedelta(seconds=1)
    held = [may_verify(world, "dispatcher", at) for at in (BEGINS - second, BEGINS, ENDS - second, ENDS)]
    assert held == [False, True, True, False]
    actor = world.actor("dispatcher", on=BEGINS)
    assert (actor.key, actor.stands_for) == (f"user:{actor.user_id}", {made.user_id})
    assert world.actor("verifier", on=BEGINS).persons == actor.persons == {actor.user_id, made.user_id}
    back = BEGINS + timedelta(hours=1)
    end_absence(absence_id=made.pk, actor=world.actor("verifier", on=back), at=back)
    assert [may_verify(world, "dispatcher", at) for at in (back - second, back)] == [True, False]


def test_who_leaves_the_unit_leaves_the_seat_and_so_does_a_seat_that_ends(world):
    away(world)
    own = Posting.objects.filter(user=world.users["dispatcher"])
    own.update(valid_until=BEGINS + timedelta(hours=1))
    later = BEGINS + timedelta(hours=2)
    assert not may_verify(world, "dispatcher", later)
    own.update(valid_until=None)
    assert may_verify(world, "dispatcher", later)
    Posting.objects.filter(user=world.users["verifier"]).update(valid_until=BEGINS + timedelta(hours=1))
    assert not may_verify(world, "dispatcher", later)


def test_what_administers_and_what_speaks_for_a_company_is_never_lent(world):
    with pytest.raises(Invalid):
        away(world, "administrator", "dispatcher")
    Posting.objects.create(
        user=world.users["administrator"], unit=world.units["county"], role=Role.DISPATCHER, valid_from=START
    )
    away(world, "administrator", "supervisor")
    lent = world.actor("supervisor", on=BEGINS)
    assert lent.holds("order.assign")
    assert not lent.holds("account.manage")


def test_neither_of_the_two_verifies_what_the_other_handled(world):
    Posting.objects.create(user=world.users["verifier"], unit=world.units["urban"], role=Role.HANDLER, valid_from=START)
    order = steps.dispatched(world, at=MONDAY)
    sign(order_id=order.pk, actor=world.actor("verifier"), at=MONDAY)
    complete(order_id=order.pk, result="已清理", actor=world.actor("verifier"), at=MONDAY)
    order.refresh_from_db()
    away(world)
    for name in ("dispatcher", "verifier"):
        actor = world.actor(name, on=BEGINS)
        assert not verdict(capability="order.verify", order=order, actor=actor)
        with pytest.raises(NotAllowed):
            verify(order_id=order.pk, passed=True, actor=actor, at=BEGINS)
    assert verdict(capability="order.verify", order=order, actor=world.actor("director", on=BEGINS))


def test_the_log_says_who_acted_and_for_whom(world):
    order = steps.dispatched(world, at=MONDAY)
    sign(order_id=order.pk, actor=world.actor("urban_handler"), at=MONDAY)
    complete(order_id=order.pk, result="已清理", actor=world.actor("urban_handler"), at=MONDAY)
    made = away(world)
    stand_in = world.actor("dispatcher", on=BEGINS)
    verify(order_id=order.pk, passed=True, actor=stand_in, at=BEGINS)
    told = Event.objects.filter(case_id=order.petition_id, name="order.verified").get()
    assert told.actor_key == stand_in.key
    assert told.payload["stands_for"] == [made.user_id]
    deliver_everything(at=BEGINS)  # nobody who is told of it stumbles over who did it
    assert not Event.objects.filter(case_id=order.petition_id, payload__has_key="stands_for").exclude(
        actor_key=stand_in.key
    )


def test_what_the_absent_person_is_told_the_stand_in_is_told_too(world):
    away(world)
    deliver_everything(at=MONDAY)
    assert set(Notice.objects.values_list("user__username", "kind")) == {
        ("dispatcher", "desk.stand_in"),
        ("verifier", "desk.stood_in_for"),
    }
    Notice.objects.all().delete()
    people = [world.users["verifier"].pk]
    facts = {"number": "YC1", "unit": world.units["county"].pk}
    for at, once in ((MONDAY, "before"), (BEGINS, "while"), (ENDS, "after")):
        with transaction.atomic():
            tell(kind="dispatch.assigned", people=people, subject="x", facts=facts, once=once, at=at)
            tell(kind="desk.back", people=people, subject="x", facts={"number": "1", "why": "time"}, once=once, at=at)
    (passed,) = Notice.objects.filter(user=world.users["dispatcher"])
    assert (passed.kind, passed.once) == ("dispatch.assigned", "while")
    assert "verifier" in said([passed])[0].title


def test_why_somebody_is_away_stands_in_no_log_and_before_no_colleague(world, enter):
    made = away(world, at=clock.now(), begins=clock.now(), ends=clock.now() + timedelta(days=1))
    (told,) = Event.objects.filter(subject_id=str(made.pk), name="absence.entered")
    assert set(told.payload) == {"user_id", "stand_in", "unit", "begins_at", "ends_at"}
    page = reverse("organizations:absences")
    shown = {
        name: ">leave<" in enter(name).get(page).content.decode() for name in ("verifier", "director", "dispatcher")
    }
    assert shown == {"verifier": True, "director": True, "dispatcher": False}
    told = {name: row_of(made, actor=world.actor(name))["reason"] for name in shown}
    assert told == {"verifier": "leave", "director": "leave", "dispatcher": None}


def test_whose_seat_lends_itself_to_nothing_stands_in_for_nobody(world, enter):
    with pytest.raises(Invalid) as refused:
        away(world, stand_in="administrator")
    assert set(refused.value.fields) == {"stand_in"}
    for name in ("citizen", "company"):
        assert enter(name).get(reverse("organizations:absence-enter")).status_code == 403


def test_who_has_no_seat_of_the_absent_person_is_told_nothing(world):
    away(world)
    deliver_everything(at=MONDAY)

    def told(once):
        with transaction.atomic():
            tell(
                kind="dispatch.assigned",
                people=[world.users["verifier"].pk],
                subject="x",
                facts={"number": "YC1", "unit": world.units["county"].pk},
                once=once,
                at=BEGINS,
            )
        return Notice.objects.filter(once=once, user=world.users["dispatcher"]).exists()

    assert told("in the only seat")
    # A second unit, in which nobody stands in: a notice may be for that one, and it is not the stand-in's to read.
    other = Posting.objects.create(
        user=world.users["verifier"], unit=world.units["urban"], role=Role.HANDLER, valid_from=START
    )
    assert not told("of two units")
    other.delete()
    Posting.objects.filter(user=world.users["dispatcher"]).update(valid_until=MONDAY)
    assert not told("left the unit")


def test_who_enters_an_absence_and_who_does_not(world):
    with pytest.raises(NotAllowed):
        away(world, by="supervisor")  # a colleague
    with pytest.raises(NotAllowed):
        away(world, stand_in="director", by="director")  # nobody names himself
    with pytest.raises(NotAllowed):
        away(world, "urban_handler", "enforcer", unit="urban", by="director")  # head of another unit
    made = away(world, by="director")
    with pytest.raises(NotAllowed):
        end_absence(absence_id=made.pk, actor=world.actor("supervisor"), at=MONDAY)
    ended = end_absence(absence_id=made.pk, actor=world.actor("dispatcher"), at=MONDAY)  # the stand-in lays it down
    assert ended.called_off
    with pytest.raises(Conflict):
        end_absence(absence_id=made.pk, actor=world.actor("director"), at=ENDS)
    away(world, by="administrator")


def test_what_is_no_absence_is_refused(world):
    for wrong in (
        {"stand_in": "verifier"},
        {"stand_in": "urban_handler"},
        {"unit": "urban", "by": "administrator"},
        {"ends": BEGINS},
        {"ends": BEGINS + timedelta(days=400)},
    ):
        with pytest.raises(Invalid):
            away(world, **wrong)
    made = away(world, begins=MONDAY - timedelta(days=3))
    assert made.begins_at == MONDAY, "nobody gets a right for the past"


def test_no_overlap_and_no_chain_in_code_and_in_the_database(world):
    made = away(world)
    for second in (("verifier", "supervisor"), ("dispatcher", "supervisor"), ("supervisor", "verifier")):
        with pytest.raises(Conflict):
            away(world, *second, by="administrator")
    away(world, "verifier", "supervisor", begins=ENDS, ends=ENDS + timedelta(hours=1))
    for changes in ({"user": made.stand_in, "stand_in": world.users["director"]}, {"stand_in": world.users["keeper"]}):
        copy = Absence.objects.get(pk=made.pk)
        copy.pk = None
        copy.id = "00000000-0000-7000-8000-000000000001"
        for name, value in changes.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.filter(pk=made.pk).update(ends_at=ENDS + timedelta(days=1))


def test_pages(world, enter):
    page = reverse("organizations:absence-enter")
    head, other = enter("director"), enter("urban_handler")
    unit, verifier, stand_in = world.units["county"].pk, world.users["verifier"].pk, world.users["dispatcher"].pk
    now = clock.now()
    form = {
        "person": f"{verifier}-{unit}",
        "stand_in": f"{stand_in}-{unit}",
        "begins_at": f"{now:%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "reason": "leave",
    }
    assert head.get(page).status_code == 200
    assert head.post(page, {**form, "ends_at": form["begins_at"]}).status_code in (400, 422)
    assert other.post(page, form).status_code == 422  # not among the people one may name
    assert head.post(page, form).status_code == 302
    assert head.post(page, form).status_code == 409
    made = Absence.objects.get()
    shown = enter("dispatcher").get(reverse("governance:workbench")).content.decode()
    assert "You stand in for verifier" in shown
    assert "verifier" in head.get(reverse("organizations:absences")).content.decode()
    assert "verifier" not in other.get(reverse("organizations:absences")).content.decode()
    assert other.post(reverse("organizations:absence-end", args=[made.pk])).status_code == 404
    assert enter("supervisor").post(reverse("organizations:absence-end", args=[made.pk])).status_code == 403
    assert head.post(reverse("organizations:absence-end", args=[made.pk])).status_code == 302
    assert "You stand in for" not in enter("dispatcher").get(reverse("governance:workbench")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_absences_entered_at_once(world):
    """A is stood in for by B, B by C, A by C: either the first stands alone, or the two others beside each other."""
    results = at_once(
        [
            lambda: tried(lambda: away(world, "verifier", "dispatcher")),
            lambda: tried(lambda: away(world, "dispatcher", "supervisor")),
            lambda: tried(lambda: away(world, "verifier", "supervisor")),
        ]
    )
    made = [result == "done" for result in results]
    assert made in ([True, False, False], [False, True, True]), results
    assert Absence.objects.count() == sum(made)
