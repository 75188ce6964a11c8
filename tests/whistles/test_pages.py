"""The pages of whistles: each is answered, each button does what it says, alive without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kernel import clock
from tests.journeys.steps import filed
from tests.whistles import steps
from whistles.models import CheckIn, Summons, Task, Whistle
from whistles.services import gathering

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=20)


@pytest.fixture
def enter(world):
    """A browser with somebody signed in."""

    def sign_in(name):
        client = Client()
        client.force_login(world.users[name])
        return client

    return sign_in


@pytest.fixture
def now():
    return clock.now()


def blown(world, at, **changes):
    """An emergency in the east that begins in twenty minutes, seen from `at`."""
    return steps.issued(world, on=at, kind="emergency", meets_at=at + SOON, **changes)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"whistles:{name}", args=args), query)
    assert answer.status_code == 200, answer.content[:800]
    return answer.content.decode()


def typed(world, **changes):
    return {
        "kind": "emergency", "form": "whistle", "matter": "燃气泄漏处置", "when": "now", "where": "立新社区",
        "area_code": "370404001000", "units": [world.units["urban"].pk, world.units["water"].pk], **changes,
    }  # fmt: skip


def test_the_head_blows_it_on_one_page_and_a_second_press_does_nothing(world, enter):
    client = enter("east_head")
    form = page(client, "new")
    key = form.split('name="idempotency_key" value="')[1].split('"')[0]
    said = {**typed(world), "idempotency_key": key}
    first = client.post(reverse("whistles:new"), said)
    again = client.post(reverse("whistles:new"), said)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url
    made = Whistle.objects.get()
    assert (made.state, made.kind, made.summonses.count()) == ("issued", "emergency", 2)


def test_an_officer_asks_and_the_head_signs_with_other_units(world, enter):
    assert enter("east_officer").post(reverse("whistles:new"), typed(world)).status_code == 302
    asked = Whistle.objects.get()
    assert asked.state == "asked"
    head = enter("east_head")
    assert "综合执法局" in page(head, "deed", asked.pk, "issue")
    sent = {
        "version": asked.version,
        "meets_at": (clock.now() + timedelta(hours=8, minutes=40)).strftime("%Y-%m-%dT%H:%M"),
        "units": [world.units["water"].pk],
    }
    assert head.post(reverse("whistles:deed", args=[asked.pk, "issue"]), sent).status_code == 302
    assert list(Summons.objects.values_list("unit__name", flat=True)) == ["自来水公司"]


def test_what_is_typed_badly_comes_back_with_what_was_typed(world, enter):
    client = enter("east_head")
    answer = client.post(reverse("whistles:new"), typed(world, when="other", meets_at="", units=[]))
    assert answer.status_code == 422
    assert "燃气泄漏处置" in answer.content.decode()
    far = client.post(reverse("whistles:new"), typed(world, when="other", meets_at="2027-11-30T09:00"))
    assert far.status_code == 400
    assert Whistle.objects.count() == 0


def test_the_desk_of_the_called_unit_leads_to_receipt_and_one_tap_check_in(world, enter, now):
    whistle = blown(world, now)
    client = enter("urban_handler")
    assert whistle.matter in page(client, "desk")
    shown = page(client, "whistle", whistle.pk)
    assert reverse("whistles:deed", args=[whistle.pk, "receive"]) in shown
    sent = {"version": 1, "attendees": "李队长等2人"}
    assert client.post(reverse("whistles:deed", args=[whistle.pk, "receive"]), sent).status_code == 302
    form = page(client, "deed", whistle.pk, "check_in")
    assert "data-locate" in form
    # Without a place, and with an old version: both count.
    done = client.post(reverse("whistles:deed", args=[whistle.pk, "check_in"]), {"version": 1, "lng": "", "lat": ""})
    assert done.status_code == 302
    assert CheckIn.objects.get().metres is None
    assert steps.attendance(whistle)["综合执法局"] == "present"


def test_minutes_with_rows_of_tasks_and_more_rows_without_javascript(world, enter, now):
    whistle = blown(world, now - timedelta(minutes=40))
    gathering.gather(whistle_ids=[whistle.pk], at=now)
    whistle.refresh_from_db()
    client = enter("east_head")
    address = reverse("whistles:deed", args=[whistle.pk, "record"])
    sent = {"version": whistle.version, "rows": 3, "minutes": "当场处置完毕。", "decisions": "一\n二", "more": "1"}
    more = client.post(address, sent)
    assert more.status_code == 200
    assert "task6_what" in more.content.decode()
    assert "当场处置完毕。" in more.content.decode()
    del sent["more"]
    sent |= {"rows": 6, "task5_what": "更换管道", "task5_unit": world.units["water"].pk, "task5_limit_value": 1}
    sent |= {"task5_limit_unit": "workday", "task5_helpers": [world.units["urban"].pk]}
    assert client.post(address, sent).status_code == 302
    task = Task.objects.get()
    assert (task.what, task.unit, list(task.helpers.all())) == (
        "更换管道",
        world.units["water"],
        [world.units["urban"]],
    )
    shown = page(enter("water_handler"), "tasks")
    assert "更换管道" in shown
    done = reverse("whistles:task-deed", args=[task.pk, "report"])
    assert enter("water_handler").post(done, {"version": 1, "report": "已更换"}).status_code == 302
    assert enter("east_head").get(reverse("whistles:task-deed", args=[task.pk, "confirm"])).status_code == 200
    assert "更换管道" in page(client, "bulletin", whistle.pk)


def test_each_deed_has_a_page_that_is_shown_to_whom_it_is_for(world, enter, now):
    whistle = blown(world, now)
    for name in ("excuse", "summon", "move", "add_item", "call_off", "call_roll", "hold"):
        page(enter("east_head"), "deed", whistle.pk, name)
    for name in ("receive", "ask_leave", "add_item", "check_in"):
        page(enter("urban_handler"), "deed", whistle.pk, name)
    assert enter("urban_handler").get(reverse("whistles:deed", args=[whistle.pk, "call_off"])).status_code == 403
    assert enter("west_officer").get(reverse("whistles:whistle", args=[whistle.pk])).status_code == 404
    assert enter("east_head").get(reverse("whistles:deed", args=[whistle.pk, "dance"])).status_code == 404


def test_the_month_the_export_and_every_tab(world, enter, now):
    blown(world, now)
    client = enter("director")
    shown = page(client, "month")
    assert "坛山街道" in shown
    assert "综合执法局" in shown
    page(client, "month", month="2026-01")
    page(client, "month", month="nonsense")
    for tab in ("mine", "gather", "doing", "ended", "all"):
        page(client, "desk", tab=tab)
    for tab in ("mine", "open", "late", "all"):
        page(client, "tasks", tab=tab)
    for query in ({"q": "夜市"}, {"late": "on"}, {"unit": world.units["urban"].pk}, {"since": "2026-01-01"}):
        page(client, "desk", **query)
    book = client.get(reverse("whistles:export"))
    assert book.status_code == 200
    assert enter("verifier").get(reverse("whistles:desk")).status_code == 403


def test_a_called_unit_sees_neither_the_case_nor_who_reported_it(world, enter, now):
    petition = filed(world, at=now)
    whistle = blown(world, now, petition_id=petition.pk, area_code="", units=("water",))
    assert whistle.case_id == petition.pk
    shown = page(enter("water_handler"), "whistle", whistle.pk)
    assert petition.number not in shown
    assert "张三丰" not in shown
    assert petition.number in page(enter("east_head"), "whistle", whistle.pk)
    form = page(enter("east_head"), "new-for", petition.pk)
    assert petition.title in form
    named = enter("east_head").post(
        reverse("whistles:new-for", args=[petition.pk]), typed(world, matter="张三丰反映的占道问题")
    )
    assert named.status_code == 400
