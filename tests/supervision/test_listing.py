"""Listed supervision: when a case may be listed, for how long, who sees it, and how it leaves the list."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from dispatch.services import verifying, working
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from petitions.services.closing import record_callback
from petitions.services.closing import withdraw as withdraw_petition
from supervision.models import Escalation, Listing
from supervision.queries import grounds_of, open_order
from supervision.services import ending
from supervision.services.issuing import issue
from supervision.services.listing import extend, list_case, remove
from tests.journeys.steps import let_time_pass
from tests.refusals import refused
from tests.supervision.steps import SAID as ORDER
from tests.supervision.steps import armed, in_hand, issued, names
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
# Due on Monday 23 November at 17:30; twice its five working days are over on Monday 30 at 17:30.
ONCE, TWICE = at("2026-11-30 17:30"), at("2026-12-01 09:00")
SAID = {"until": date(2026, 12, 31), "recheck_on": date(2026, 12, 10), "demand": "限期清理并长效管理。"}


def listed(world, work, *, by="supervisor", on=TWICE, **said):
    return list_case(petition_id=work.petition_id, actor=world.actor(by, on=on), at=on, **{**SAID, **said})


def grounds(work, on):
    return [one.value for one in grounds_of(petition=work.petition, order=open_order(petition=work.petition), at=on)]


def test_overdue_by_more_than_its_whole_limit_lets_a_case_be_listed(world):
    work = in_hand(world)
    with refused(Conflict):
        listed(world, work, on=ONCE)
    made = listed(world, work)
    assert (made.number, made.ground, made.unit) == ("〔2026〕督挂字第1号", "twice", world.units["urban"])
    assert (made.township.name, made.category_id) == ("坛山街道", "010101")
    assert armed(work.petition_id) == {"supervision.recheck"}
    assert names(work.petition_id) == ["listed"]


def test_two_supervision_orders_let_it_be_listed_too_but_not_those_withdrawn(world):
    work = in_hand(world)
    first = issued(world, work)
    ending.withdraw(order_id=first.pk, note="重发。", actor=world.actor("supervisor"), at=MONDAY.replace(day=18))
    issued(world, work)
    assert grounds(work, at("2026-11-18 09:00")) == []
    town = world.units["east_town"]
    supervisor = world.actor("supervisor")
    moment = at("2026-11-18 10:00")
    issue(petition_id=work.petition_id, unit_id=town.pk, said=ORDER, actor=supervisor, at=moment)
    assert grounds(work, moment) == ["two_orders"]


def test_two_work_orders_that_went_red_do(world):
    work = in_hand(world)
    late = at("2026-11-24 09:00")
    handler, verifier = world.actor("urban_handler"), world.actor("verifier")
    assert grounds(work, late) == []
    working.complete(order_id=work.pk, result="已清理", actor=handler, at=late)
    verifying.verify(order_id=work.pk, passed=True, actor=verifier, at=late)
    record_callback(petition_id=work.petition_id, reached=True, satisfaction="dissatisfied", actor=verifier, at=late)
    let_time_pass(until=late)
    again = open_order(petition=type(work.petition).objects.get(pk=work.petition_id))
    assert again is not None
    assert again.round == 2
    after = at("2026-12-20 09:00")
    assert "two_reds" in [one.value for one in grounds_of(petition=again.petition, order=again, at=after)]


@pytest.mark.parametrize("name", ["dispatcher", "verifier", "urban_handler", "east_officer", "citizen"])
def test_only_director_and_supervisor_list(world, name):
    with pytest.raises((NotAllowed, Missing)):
        listed(world, in_hand(world), by=name)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("until", {"until": date(2026, 12, 1), "recheck_on": date(2026, 12, 1)}),
        ("until", {"until": date(2027, 5, 1)}),
        ("until", {"until": date.max, "recheck_on": date(2026, 12, 10)}),
        ("recheck_on", {"recheck_on": date(2027, 1, 5)}),
        ("recheck_on", {"recheck_on": date(2026, 12, 1)}),
        ("demand", {"demand": " "}),
    ],
)
def test_what_a_listing_lacks_is_named(world, field, said):
    with pytest.raises(Invalid) as found:
        listed(world, in_hand(world), **said)
    assert field in found.value.fields


def test_a_case_is_listed_once_at_a_time(world):
    work = in_hand(world)
    made = listed(world, work)
    with refused(Conflict):
        listed(world, work, by="director")
    remove(listing_id=made.pk, why="moved", note="职责调整。", actor=world.actor("supervisor"), at=TWICE)
    assert listed(world, work).number == "〔2026〕督挂字第2号"


def test_it_is_extended_once(world):
    made = listed(world, in_hand(world))
    supervisor = world.actor("supervisor")
    with refused(Invalid):
        extend(listing_id=made.pk, until=date(2026, 12, 31), note="等待招标。", actor=supervisor, at=TWICE)
    with refused(Invalid):
        extend(listing_id=made.pk, until=date(2027, 3, 2), note="等待招标。", actor=supervisor, at=TWICE)
    longer = extend(listing_id=made.pk, until=date(2027, 2, 28), note="等待招标。", actor=supervisor, at=TWICE)
    assert (longer.extended_from, longer.until, longer.recheck_on) == (
        date(2026, 12, 31),
        date(2027, 2, 28),
        date(2027, 2, 28),
    )
    with refused(Conflict):
        extend(listing_id=made.pk, until=date(2027, 3, 15), note="再等。", actor=supervisor, at=TWICE)
    with pytest.raises(NotAllowed):
        remove(listing_id=made.pk, why="solved", note="已解决。", actor=world.actor("urban_handler"), at=TWICE)


def test_the_day_of_looking_again_and_the_end_of_the_period_are_told(world):
    made = listed(world, in_hand(world))
    let_time_pass(until=at("2026-12-10 09:00"))
    let_time_pass(until=at("2027-01-01 08:59"))
    told = Escalation.objects.filter(subject=made.pk).order_by("rung")
    assert [(one.rung, one.told_unit_id) for one in told] == [(1, world.units["county"].pk)]
    let_time_pass(until=at("2027-01-01 09:00"))
    let_time_pass(until=at("2027-02-01 09:00"))
    assert list(told.values_list("rung", "told_unit")) == [
        (1, world.units["county"].pk),
        (2, world.units["city"].pk),
    ]
    assert Listing.objects.get().state == "listed"  # it ages until somebody takes it off


def test_a_case_that_is_closed_leaves_the_list(world):
    work = in_hand(world)
    made = listed(world, work)
    later = at("2026-12-03 09:00")
    working.complete(order_id=work.pk, result="已清理", actor=world.actor("urban_handler"), at=later)
    verifying.verify(order_id=work.pk, passed=True, actor=world.actor("verifier"), at=later)
    let_time_pass(until=at("2026-12-12 09:00"))  # nobody rates, so it closes by itself
    made.refresh_from_db()
    assert (made.state, made.removal) == ("removed", "closed")
    assert armed(work.petition_id) == set()


def test_a_case_that_is_withdrawn_leaves_it_too(world):
    work = in_hand(world)
    made = listed(world, work)
    withdraw_petition(petition_id=work.petition_id, actor=world.actor("dispatcher"), at=TWICE)
    let_time_pass(until=TWICE)
    made.refresh_from_db()
    assert (made.state, made.removal) == ("removed", "closed")


def test_the_database_lists_once_and_keeps_the_extension_later(world):
    made = listed(world, in_hand(world))
    with pytest.raises(IntegrityError, match="supervision_listing_extended"), transaction.atomic():
        Listing.objects.filter(pk=made.pk).update(extended_from=date(2027, 1, 5), extension_note="x")
    with pytest.raises(IntegrityError, match="supervision_unlisted_why"), transaction.atomic():
        Listing.objects.filter(pk=made.pk).update(state="removed")
