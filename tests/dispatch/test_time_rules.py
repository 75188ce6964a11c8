"""Rules on extensions and suspensions: rows by area and kind of unit, in periods that never overlap or change."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from dispatch import ageing
from dispatch.models import TimeRequest, TimeRule
from dispatch.services.time_rules import Said, load_time_rule, set_time_rule
from dispatch.time_rules import all_rules, room_of, rooms_of
from dispatch.times import USUAL, usual_figures
from kernel import clock
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.models import Event
from organizations.models import Area
from tests.dispatch.test_time import decide, extension, in_hand, pause
from tests.world import COUNTY, EAST, MONDAY

pytestmark = pytest.mark.django_db
FIGURES = usual_figures() | {"quota_share": Decimal("0.10")}


def ruled(world, *, by="director", on=MONDAY, area=COUNTY, kind="", since=None, grounds="从严", **figures):
    said = Said(area_code=area, unit_kind=kind, figures=FIGURES | figures, grounds=grounds, valid_from=since or on)
    return set_time_rule(said=said, actor=world.actor(by), at=on)


def days_of(world, *, unit="urban", on=MONDAY):
    return room_of(unit_id=world.units[unit].pk, at=on).extension["ordinary"]


def test_without_a_rule_the_usual_figures_hold_and_loading_them_changes_nothing(world):
    assert room_of(unit_id=world.units["urban"].pk, at=MONDAY) == USUAL
    assert (USUAL.extension["ordinary"], USUAL.pause["season"], USUAL.quota.number) == (30, 180, 3)
    for times in (1, 0):
        assert load_time_rule(at=clock.now()) is bool(times)
    (row,) = all_rules()
    assert row.room == USUAL
    assert (row.area, row.unit_kind, row.set_by) == (None, "", None)
    out = StringIO()
    call_command("load_time_rules", stdout=out)
    assert "unchanged" in out.getvalue()


def test_the_smaller_area_and_the_named_kind_go_first(world):
    kind, city = world.units["urban"].kind, Area.objects.get(level="city").pk
    ruled(world, by="administrator", area="", extension_ordinary=25)
    assert days_of(world) == 25
    ruled(world, by="keeper", area=city, extension_ordinary=20)
    assert days_of(world) == 20
    ruled(world, extension_ordinary=15)
    assert days_of(world) == 15
    ruled(world, kind=kind, extension_ordinary=10)
    assert days_of(world) == 10
    assert days_of(world, unit="east_town") == 15


def test_a_rule_ends_where_the_next_begins_and_can_be_planned(world):
    later = MONDAY + timedelta(days=3)
    first = ruled(world, extension_ordinary=10)
    second = ruled(world, on=MONDAY + timedelta(hours=1), since=later, extension_ordinary=5)
    first.refresh_from_db()
    assert (first.valid_until, second.valid_until) == (later, None)
    assert [days_of(world, on=at) for at in (MONDAY, later - timedelta(seconds=1), later)] == [10, 10, 5]
    assert days_of(world, on=MONDAY - timedelta(seconds=1)) == 30
    with pytest.raises(Conflict) as clash:
        ruled(world, on=MONDAY + timedelta(days=1), extension_ordinary=7)
    assert clash.value.code == "later_rule"
    said = Event.objects.filter(name="order.time_rule_set").order_by("seq")
    assert [one.payload["extension"][0] for one in said] == [10, 5]


@pytest.mark.parametrize(
    "wrong",
    [
        {"extension_ordinary": 31},
        {"extension_urgent": -1},
        {"pause_season": 367},
        {"quota_share": Decimal("1.01")},
        {"grounds": " "},
        {"kind": "nobody"},
        {"area": EAST},
        {"area": "370499000000"},
        {"since": MONDAY - timedelta(seconds=1)},
    ],
)
def test_figures_that_no_rule_may_have_are_refused(world, wrong):
    with pytest.raises(Invalid):
        ruled(world, by="keeper", **wrong)
    assert not TimeRule.objects.exists()


def test_who_keeps_the_rules(world):
    for by in ("urban_handler", "dispatcher", "supervisor"):
        with pytest.raises(NotAllowed):
            ruled(world, by=by)
    with pytest.raises(NotAllowed):  # a director of the county does not decide for everybody
        ruled(world, by="director", area="")
    for number, by in enumerate(("director", "keeper", "administrator")):
        ruled(world, by=by, on=MONDAY + timedelta(hours=number))
    assert TimeRule.objects.count() == 3


def test_the_database_refuses_two_rules_at_once_and_changes_to_one(world):
    made = ruled(world)
    twin = {name: getattr(made, name) for name in (*FIGURES, "area", "unit_kind", "grounds", "set_at")}
    twin["id"] = "01900000-0000-7000-8000-000000000001"
    with pytest.raises(IntegrityError, match="dispatch_time_rule_one"), transaction.atomic():
        TimeRule.objects.create(**twin, valid_from=MONDAY + timedelta(days=1))
    everywhere = twin | {"area": None}
    TimeRule.objects.create(**everywhere, valid_from=MONDAY)
    other = everywhere | {"id": "01900000-0000-7000-8000-000000000002"}
    with pytest.raises(IntegrityError, match="dispatch_time_rule_one"), transaction.atomic():
        TimeRule.objects.create(**other, valid_from=MONDAY + timedelta(days=1))
    rows = TimeRule.objects.filter(pk=made.pk)
    for change in ({"extension_ordinary": 9}, {"grounds": "别的"}, {"set_by": None}):
        with pytest.raises(IntegrityError, match="dispatch_time_rule_stands"), transaction.atomic():
            rows.update(**change)
    rows.update(valid_until=MONDAY + timedelta(days=1))
    with pytest.raises(IntegrityError, match="dispatch_time_rule_stands"), transaction.atomic():
        rows.update(valid_until=MONDAY + timedelta(days=2))
    with pytest.raises(IntegrityError, match="dispatch_time_rule_stands"), transaction.atomic():
        rows.delete()


def test_an_extension_keeps_to_the_rule_when_it_is_asked_and_when_it_is_granted(world):
    ruled(world, extension_ordinary=8)
    order = in_hand(world)
    with pytest.raises(Invalid) as many:
        extension(world, order, days=9)
    assert "days" in many.value.fields
    extension(world, order, days=8)
    ruled(world, on=MONDAY + timedelta(minutes=90), extension_ordinary=7)
    with pytest.raises(Conflict) as lowered:
        decide(world, order)
    assert lowered.value.code == "over_the_rule"
    assert lowered.value.details == {"n": 8, "most": 7}
    ruled(world, on=MONDAY + timedelta(minutes=100), extension_ordinary=8)
    decide(world, order)
    assert TimeRequest.objects.get().outcome == "granted"


def test_a_suspension_keeps_to_the_rule_and_the_quota_is_the_areas(world):
    ruled(world, pause_appraisal=5, quota_number=1, quota_share=Decimal(0))
    one, two = in_hand(world, title="甲"), in_hand(world, title="乙")
    with pytest.raises(Invalid) as far:
        pause(world, one, until=date(2026, 11, 22))
    assert "until" in far.value.fields
    pause(world, one, until=date(2026, 11, 21))
    pause(world, two, until=date(2026, 11, 20))
    ruled(world, on=MONDAY + timedelta(minutes=90), pause_appraisal=4, quota_number=1, quota_share=Decimal(0))
    with pytest.raises(Conflict) as lowered:
        decide(world, one)
    assert lowered.value.code == "over_the_rule"
    decide(world, two)
    (unit,) = ageing.by_unit(at=MONDAY + timedelta(hours=3))
    assert (unit.standing, unit.most) == (1, 1)


def test_no_extension_at_all_may_be_the_rule(world):
    ruled(world, extension_ordinary=0)
    with pytest.raises(Invalid):
        extension(world, in_hand(world), days=1)


def test_rooms_of_many_units_cost_what_one_does(world, django_assert_num_queries):
    ids = [one.pk for one in world.units.values()]
    with django_assert_num_queries(2):
        assert len(rooms_of(unit_ids=ids, at=MONDAY)) == len(set(ids))
    with django_assert_num_queries(0):
        assert rooms_of(unit_ids=[], at=MONDAY) == {}


def test_the_page_shows_every_rule_and_sets_one(enter, world):
    page = "/dispatch/time-rules/"
    figures = {name: value for name, value in usual_figures().items()} | {"quota_share": "20", "grounds": "市里从严"}
    asked = {"area": COUNTY, "unit_kind": "", "valid_from": "", **figures, "extension_ordinary": "12"}
    director = enter("director")
    assert 'name="extension_ordinary"' in director.get(page).content.decode()
    assert director.post(page, asked).status_code == 302
    shown = director.get(page).content.decode()
    assert "市里从严" in shown
    assert "3, or 20 %" in shown
    assert director.post(page, asked | {"extension_ordinary": "31"}).status_code == 422
    assert director.post(page, asked | {"area": ""}).status_code == 403
    past = director.post(page, asked | {"valid_from": "2026-01-05"})
    assert past.status_code == 400
    assert "never backwards" in past.content.decode()
    handler = enter("urban_handler")
    read = handler.get(page)
    assert read.status_code == 200
    assert 'name="extension_ordinary"' not in read.content.decode()
    assert handler.post(page, asked).status_code == 403
    assert TimeRule.objects.count() == 1


def test_the_forms_say_how_much_is_left(enter, world):
    at = clock.now() - timedelta(hours=1)
    order = in_hand(world, at_=at)
    ruled(world, by="keeper", on=clock.now(), extension_ordinary=6, pause_hearing=11)
    handler = enter("urban_handler")
    assert "At most 6 calendar days" in handler.get(f"/dispatch/{order.pk}/ask_extension/").content.decode()
    shown = handler.get(f"/dispatch/{order.pk}/ask_pause/").content.decode()
    assert "at most 11 calendar days" in shown
    assert "at most 3 may be: 3 more" in shown
