"""Put aside: off one desk, never beyond a deadline, and back by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desk.choices import Returned
from desk.models import Snooze
from desk.queries.snoozed import latest_return, snoozed_count, snoozed_ids
from desk.services.snoozing import snooze, wake, wake_disturbed
from kernel import clock
from kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from kernel.models import Event
from kernel.timers import fire_everything
from notices.models import Notice
from notices.queries import said
from organizations.events import person
from organizations.models import Posting
from petitions.services.closing import withdraw
from petitions.services.reception import accept, classify
from tests.journeys import steps
from tests.world import MONDAY

SOON = MONDAY + timedelta(minutes=10)
# A lock on one row that somebody else holds for too long, as the database says it.
HELD = """
CREATE FUNCTION pg_temp.held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'held' USING ERRCODE = '55P03'; END $$;
CREATE TRIGGER held BEFORE UPDATE ON desk_snooze FOR EACH ROW WHEN (OLD.id = '{}'::uuid)
    EXECUTE FUNCTION pg_temp.held();
"""


def put_aside(world, petition, *, name="dispatcher", until=SOON, at=MONDAY, reason="answer", note=""):
    return snooze(case_id=petition.pk, until=until, reason=reason, note=note, actor=world.actor(name), at=at)


def test_it_leaves_one_desk_alone_and_no_date_moves(world):
    petition = steps.filed(world, at=MONDAY)
    due, version, log = petition.stage_due_at, petition.version, Event.objects.filter(case_id=petition.pk).count()
    put_aside(world, petition)
    petition.refresh_from_db()
    assert (petition.stage_due_at, petition.version) == (due, version)
    assert Event.objects.filter(case_id=petition.pk).count() == log, "a mark of a person is no fact of the case"
    assert set(snoozed_ids(actor=world.actor("dispatcher")).values_list("petition_id", flat=True)) == {petition.pk}
    assert snoozed_count(actor=world.actor("dispatcher2")) == 0
    own = Event.objects.get(case_id=person(user_id=world.users["dispatcher"].pk), name="desk.snoozed")
    assert own.payload["petition"] == str(petition.pk)


def test_it_comes_back_when_the_time_is_reached_and_says_so(world):
    petition = steps.filed(world, at=MONDAY)
    made = put_aside(world, petition, note="等张三回话")
    assert made.note == "等张三回话"
    fire_everything(at=SOON - timedelta(seconds=1))
    assert snoozed_count(actor=world.actor("dispatcher")) == 1
    fire_everything(at=SOON)
    made.refresh_from_db()
    assert (made.ended_at, made.ended_by, made.note) == (SOON, Returned.TIME, "")
    (told,) = said(Notice.objects.filter(user=world.users["dispatcher"], kind="desk.back"))
    assert petition.number in told.title
    assert told.target == reverse("governance:case", args=[petition.pk])


def test_a_remark_is_sealed_to_its_row_and_gone_with_it(world):
    first, second, third = (steps.filed(world, at=MONDAY, title=title) for title in "甲乙丙")
    one, other = put_aside(world, first, note="等张三"), put_aside(world, second)
    kept = bytes(Snooze.objects.filter(pk=one.pk).values_list("sealed", flat=True).get())
    assert kept
    assert "等张三".encode() not in kept
    Snooze.objects.filter(pk=other.pk).update(sealed=kept)
    assert Snooze.objects.get(pk=one.pk).note == "等张三"
    with pytest.raises(ValueError, match="moved"):
        Snooze.objects.get(pk=other.pk).note  # noqa: B018  (it is opened by being read)
    with pytest.raises(IntegrityError), transaction.atomic():
        Snooze.objects.update(ended_at=SOON, ended_by="taken")
    with pytest.raises(Invalid):
        put_aside(world, third, note="长" * 121)


def test_several_come_back_by_a_few_statements(world):
    def woken(number):
        for turn in range(number):
            petition = steps.filed(world, at=MONDAY, title=f"第{number}-{turn}件")
            put_aside(world, petition, until=None)
            classify(petition_id=petition.pk, urgency="urgent", actor=world.actor("dispatcher2"), at=MONDAY)
        with CaptureQueriesContext(connection) as seen:
            assert wake_disturbed(at=SOON) == number
        return [one["sql"] for one in seen.captured_queries]

    few, many = woken(1), woken(5)
    assert len(many) == len(few)
    assert any("SKIP LOCKED" in one for one in many)
    assert Notice.objects.filter(kind="desk.back", facts__why="changed").count() == 6


def test_it_comes_back_when_somebody_else_does_something(world):
    petition = steps.filed(world, at=MONDAY)
    put_aside(world, petition, until=None)
    made = Snooze.objects.get()
    assert (made.until, made.named) == (petition.stage_due_at, False)
    assert wake_disturbed(at=SOON) == 0
    accept(petition_id=petition.pk, category_code="010101", actor=world.actor("dispatcher2"), at=SOON)
    assert snoozed_count(actor=world.actor("dispatcher")) == 0, "at once, and not when the beat looks"
    assert wake_disturbed(at=SOON) == 1
    assert wake_disturbed(at=SOON) == 0
    made.refresh_from_db()
    assert made.ended_by == Returned.CHANGED
    assert Notice.objects.filter(kind="desk.back", facts__why="changed").count() == 1
    fire_everything(at=petition.stage_due_at)
    assert Notice.objects.filter(kind="desk.back").count() == 1


def test_it_never_goes_beyond_what_is_due(world):
    petition = steps.filed(world, at=MONDAY)
    for until in (petition.stage_due_at + timedelta(seconds=1), MONDAY, MONDAY - timedelta(days=1)):
        with pytest.raises(Invalid):
            put_aside(world, petition, until=until)
    with pytest.raises(Invalid):
        put_aside(world, petition, reason="tired")
    with pytest.raises(Conflict):
        put_aside(world, petition, until=None, at=petition.stage_due_at)
    put_aside(world, petition, until=petition.stage_due_at)
    with pytest.raises(Conflict):
        put_aside(world, petition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Snooze.objects.update(until=MONDAY - timedelta(days=1))


def test_the_clock_of_ones_own_order_counts_too(world):
    order = steps.dispatched(world, at=MONDAY)
    mine = latest_return(petition=order.petition, actor=world.actor("urban_handler"))
    assert mine == order.sign_due_at
    assert latest_return(petition=order.petition, actor=world.actor("dispatcher")) == order.petition.stage_due_at


def test_by_ones_own_deed_it_may_be_due_sooner_and_is_back_then(world):
    petition = steps.filed(world, at=MONDAY)
    put_aside(world, petition, until=None)
    dispatcher = world.actor("dispatcher")
    assert snoozed_count(actor=dispatcher) == 1
    Snooze.objects.update(until=petition.stage_due_at + timedelta(seconds=1))  # as a stage that ends sooner leaves it
    assert snoozed_count(actor=dispatcher) == 0
    assert wake_disturbed(at=SOON) == 1


def test_and_so_it_is_with_the_clock_of_ones_own_order(world):
    order = steps.dispatched(world, at=MONDAY)
    handler = world.actor("urban_handler")
    put_aside(world, order.petition, name="urban_handler", until=order.sign_due_at)
    assert snoozed_count(actor=handler) == 1
    Snooze.objects.update(until=order.sign_due_at + timedelta(seconds=1))
    assert order.sign_due_at < order.petition.stage_due_at
    assert snoozed_count(actor=handler) == 0
    Snooze.objects.update(user=world.users["dispatcher"])
    assert snoozed_count(actor=world.actor("dispatcher")) == 1, "the clock of another unit is not one's own"


def test_a_case_that_somebody_changed_is_not_put_aside_unseen(world, enter):
    petition = steps.filed(world, at=clock.now())
    classify(petition_id=petition.pk, urgency="urgent", actor=world.actor("dispatcher2"), at=clock.now())
    page = reverse("desk:deed", args=[petition.pk, "snooze"])
    late = enter("dispatcher").post(page, {"version": 1, "reason": "other"})
    assert late.status_code == 412
    assert not Snooze.objects.exists()


def test_what_left_ones_scope_leaves_ones_list_too(world, enter):
    order = steps.dispatched(world, at=clock.now())
    put_aside(world, order.petition, name="urban_handler", until=None, at=clock.now())
    client, page = enter("urban_handler"), reverse("desk:snoozes")
    assert order.petition.number in client.get(page).content.decode()
    Posting.objects.filter(user=world.users["urban_handler"]).update(unit=world.units["water"])
    assert order.petition.number not in client.get(page).content.decode()
    assert snoozed_count(actor=world.actor("urban_handler", on=clock.now())) == 0


def test_one_that_cannot_be_ended_just_now_stops_no_other(world):
    for title in ("甲", "乙"):
        petition = steps.filed(world, at=MONDAY, title=title)
        put_aside(world, petition, until=None)
        classify(petition_id=petition.pk, urgency="urgent", actor=world.actor("dispatcher2"), at=MONDAY)
    held = Snooze.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute(HELD.format(held.pk))
    assert wake_disturbed(at=SOON) == 1
    assert Snooze.objects.running().get() == held


def test_the_button_is_there_while_the_case_may_be_put_aside(world, enter):
    petition = steps.filed(world, at=clock.now())
    client, pane = enter("dispatcher"), f"/desk/?case={petition.pk}"
    button = reverse("desk:deed", args=[petition.pk, "snooze"])
    assert button in client.get(pane).content.decode()
    put_aside(world, petition, until=None, at=clock.now())
    assert button not in client.get(pane).content.decode()


def test_who_may_and_who_may_not(world):
    petition = steps.filed(world, at=MONDAY)
    with pytest.raises(Missing):
        put_aside(world, petition, name="urban_handler")
    with pytest.raises(NotAllowed):
        put_aside(world, petition, name="citizen")
    with pytest.raises(Missing):
        wake(case_id=petition.pk, actor=world.actor("dispatcher"), at=MONDAY)
    put_aside(world, petition)
    with pytest.raises(Missing):
        wake(case_id=petition.pk, actor=world.actor("dispatcher2"), at=MONDAY)
    wake(case_id=petition.pk, actor=world.actor("dispatcher"), at=SOON)
    assert not Notice.objects.filter(kind="desk.back").exists(), "who takes a case back knows it"
    withdraw(petition_id=petition.pk, actor=world.actor("dispatcher"), at=SOON, version=petition.version)
    with pytest.raises(WrongState):
        put_aside(world, petition, at=SOON, until=SOON + timedelta(minutes=1))


def test_pages(world, enter):
    petition = steps.filed(world, at=clock.now())
    client, form = enter("dispatcher"), reverse("desk:deed", args=[petition.pk, "snooze"])
    assert client.get(form).status_code == 200
    beyond = {"until": f"{petition.stage_due_at + timedelta(days=2):%Y-%m-%dT%H:%M}", "reason": "visit", "version": 1}
    assert client.post(form, beyond).status_code == 400
    assert client.post(form, {"until": "soon", "reason": "visit", "version": 1}).status_code == 422
    assert client.post(form, {"until": "", "reason": "visit", "note": "等张三回话", "version": 1}).status_code == 302
    assert client.post(form, {"until": "", "reason": "visit", "version": 1}).status_code == 409
    assert "等张三回话" in client.get(reverse("desk:snoozes")).content.decode()
    everybody = reverse("desk:snoozes") + "?tab=all"
    assert "等张三回话" in enter("director").get(everybody).content.decode()
    assert "等张三回话" not in enter("dispatcher2").get(everybody).content.decode()
    assert enter("dispatcher2").post(reverse("desk:wake", args=[petition.pk])).status_code == 404
    assert client.post(reverse("desk:wake", args=[petition.pk])).status_code == 302
    assert "等张三回话" not in client.get(reverse("desk:snoozes")).content.decode()
    assert enter("urban_handler").get(form).status_code == 404
