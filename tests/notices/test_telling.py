"""Telling: there with the deed, once per happening and person, ids and codes only, in one statement."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kernel import lanes
from notices.choices import Outward
from notices.models import Delivery, Mute, Notice, Preference
from notices.services.telling import Telling, tell, tell_many
from organizations.choices import Role
from organizations.models import Posting
from organizations.queries import people_by_unit, people_posted
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


def news(world, *names, once="a", kind="tests.news", **facts):
    return {
        "kind": kind,
        "people": [world.users[name].pk for name in names],
        "subject": "7",
        "facts": {"unit": world.units["urban"].pk, "number": 3} | facts,
        "once": once,
    }


def test_each_person_is_told_once_of_a_happening(world):
    assert tell(**news(world, "dispatcher", "verifier", "dispatcher"), at=MONDAY) == 2
    assert tell(**news(world, "dispatcher", "verifier", "director"), at=at("2026-11-16 10:00")) == 1
    assert tell(**news(world, "dispatcher", once="b"), at=MONDAY) == 1
    told = Notice.objects.filter(user=world.users["dispatcher"]).order_by("pk")
    assert [(one.once, one.told_at, one.read_at, one.muted, one.urgent) for one in told] == [
        ("a", MONDAY, None, False, False),
        ("b", MONDAY, None, False, False),
    ]
    assert told[0].facts == {"unit": world.units["urban"].pk, "number": 3}


def test_the_database_itself_refuses_to_tell_the_same_twice(world):
    tell(**news(world, "dispatcher"), at=MONDAY)
    one = Notice.objects.get()
    one.pk = None
    with pytest.raises(IntegrityError, match="notice_once"), transaction.atomic():
        one.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_what_is_told_goes_when_the_deed_fails(world):
    with pytest.raises(RuntimeError, match="the deed fails"):
        _fail_after_telling(world)
    assert not Notice.objects.exists()
    with pytest.raises(RuntimeError, match="inside the transaction"):
        tell(**news(world, "dispatcher"), at=MONDAY)


def _fail_after_telling(world):
    with transaction.atomic():
        tell(**news(world, "dispatcher"), at=MONDAY)
        raise RuntimeError("the deed fails")


@pytest.mark.parametrize("value", ["张三", "x" * 65])
@pytest.mark.parametrize("where", ["number", "subject", "once"])
def test_prose_and_names_are_refused(world, value, where):
    said = news(world, "dispatcher")
    said |= {"facts": {"number": value}} if where == "number" else {where: value}
    with pytest.raises(ValueError, match="ids and codes only"):
        tell(**said, at=MONDAY)


def test_a_kind_that_nobody_declared_cannot_be_told(world):
    with pytest.raises(KeyError):
        tell(**news(world, "dispatcher", kind="tests.unheard"), at=MONDAY)


def test_many_tellings_to_many_people_are_one_statement(world):
    names = ("dispatcher", "verifier", "director")
    tellings = [Telling(**news(world, *names, once=f"order:{number}")) for number in range(50)]
    with CaptureQueriesContext(connection) as asked:
        assert tell_many(tellings, at=MONDAY) == 150
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert tell_many([], at=MONDAY) == 0
        assert tell(**news(world), at=MONDAY) == 0
    assert not len(asked)


def test_a_muted_kind_is_noted_down_but_does_not_count(world):
    Mute.objects.create(user=world.users["verifier"], kind="tests.news")
    assert tell(**news(world, "dispatcher", "verifier"), at=MONDAY) == 2
    assert list(Notice.objects.counted().values_list("user__username", flat=True)) == ["dispatcher"]


def test_what_is_urgent_is_heard_whatever_was_muted(world):
    Mute.objects.create(user=world.users["verifier"], kind="tests.alarm")
    tell(**news(world, "verifier", kind="tests.alarm"), at=MONDAY)
    assert list(Notice.objects.values_list("urgent", "muted")) == [(True, False)]
    with pytest.raises(IntegrityError, match="notice_urgent_is_heard"), transaction.atomic():
        Notice.objects.update(muted=True)


def test_somebody_who_was_switched_off_is_not_told(world):
    world.users["verifier"].is_active = False
    world.users["verifier"].save()
    assert tell(**news(world, "dispatcher", "verifier"), at=MONDAY) == 1


@pytest.mark.parametrize(
    ("outward", "news_leave"), [(None, False), (Outward.URGENT, False), (Outward.DAILY, False), (Outward.EACH, True)]
)
def test_what_leaves_the_product_is_owed_in_the_same_write(world, outward, news_leave):
    if outward:
        Preference.objects.create(user=world.users["dispatcher"], outward=outward)
    tell(**news(world, "dispatcher"), at=MONDAY)
    tell(**news(world, "dispatcher", kind="tests.alarm"), at=MONDAY)
    owed = Delivery.objects.order_by("pk").values_list("notice__kind", "urgent", "outcome", "due_at")
    assert list(owed) == [
        *([("tests.news", False, "waiting", MONDAY)] if news_leave else []),
        ("tests.alarm", True, "waiting", MONDAY),
    ]


def test_a_muted_kind_does_not_leave(world):
    Preference.objects.create(user=world.users["dispatcher"], outward=Outward.EACH)
    Mute.objects.create(user=world.users["dispatcher"], kind="tests.news")
    tell(**news(world, "dispatcher"), at=MONDAY)
    assert not Delivery.objects.exists()


def test_a_played_history_calls_nobody_at_home(world):
    with lanes.entered(lanes.HISTORY):
        tell(**news(world, "dispatcher", kind="tests.alarm"), at=MONDAY)
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_people_are_those_posted_to_the_units_at_the_time(world):
    units, users = world.units, world.users
    both = [units["urban"].pk, units["water"].pk]

    def posted(**said):
        found = people_posted(**said)
        return {name for name, user in users.items() if user.pk in found}

    everybody = {"urban_head", "leader", "urban_handler", "enforcer", "water_handler"}
    assert posted(unit_ids=both, roles=None, at=MONDAY) == everybody
    assert posted(unit_ids=both, roles=[Role.HANDLER], at=MONDAY) == {"urban_handler", "water_handler"}
    assert posted(unit_ids=[], roles=None, at=MONDAY) == set()
    Posting.objects.filter(user=users["urban_handler"]).update(valid_until=MONDAY)
    users["water_handler"].is_active = False
    users["water_handler"].save()
    assert posted(unit_ids=both, roles=[Role.HANDLER], at=MONDAY) == set()
    assert people_by_unit(unit_ids=both, roles=[Role.DEPARTMENT_HEAD], at=MONDAY) == {
        units["urban"].pk: [users["urban_head"].pk]
    }
