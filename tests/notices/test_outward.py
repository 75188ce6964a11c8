"""Out of the product: at once where urgent, later in quiet hours, once a day as a digest, tried again, given up."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import time, timedelta

import pytest
from django.db import ProgrammingError, connections, transaction

from kernel.errors import Invalid, Stale
from notices import channels
from notices.carriers import carry
from notices.choices import Outcome, Outward
from notices.models import Attempt, Delivery, Notice
from notices.policies import end_of_quiet, next_try
from notices.queries import wishes_of
from notices.services import digest, forgetting, reading, sending, wishing
from notices.services.sending import NotCarriedError
from notices.services.wishing import Wishes
from tests.architecture.sources import ROOT
from tests.notices.gateway import Gateway
from tests.refusals import refused
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
QUIET = {"quiet_from": time(21, 0), "quiet_until": time(7, 30)}
PHONE = "13912345678"


@pytest.fixture
def gateway(settings):
    found = Gateway()
    settings.NOTICE_CHANNELS = {"sms": found.url("sms/{phone}", "?rto=0.5&cto=0.5"), "robot": found.url("robot")}
    settings.SITE_ADDRESS = "https://grid.example"
    yield found
    found.stop()


def prefer(world, name="dispatcher", *, outward=Outward.EACH, channel="", hour=8, now=MONDAY, version=None, **said):
    wishes = Wishes(**{"outward": outward, "channel": channel, "digest_hour": hour, **QUIET, **said})
    return wishing.prefer(wishes=wishes, actor=world.actor(name), at=now, version=version)


def send(now=MONDAY):
    return sending.send_due(carry=carry, at=now)


def outcomes():
    return list(Delivery.objects.order_by("pk").values_list("outcome", flat=True))


def tries():
    return list(Attempt.objects.order_by("pk").values_list("channel", "succeeded", "error"))


def test_a_message_holds_the_title_and_a_link_and_reaches_the_person(world, told, gateway):
    wishing.reach(means="phone", address="139 1234 5678", actor=world.actor("dispatcher"), at=MONDAY)
    told("dispatcher", kind="tests.alarm")
    assert send() == 1
    ((path, body),) = gateway.arrived
    assert path.rstrip("/") == f"/sms/{PHONE}"
    assert body["message"] == f"Alarm until 11-16 10:00\nhttps://grid.example/notices/{Notice.objects.get().pk}/"
    assert outcomes() == [Outcome.SENT]
    assert tries() == [("sms", True, "")]
    assert send(at("2026-11-17 09:00")) == 0


def test_whoever_gave_no_address_is_reached_over_the_next_channel(told, gateway):
    told("dispatcher", kind="tests.alarm")
    send()
    assert [path.rstrip("/") for path, _body in gateway.arrived] == ["/robot"]


def test_a_gateway_that_fails_is_tried_again_and_then_left_for_the_next(world, told, gateway):
    wishing.reach(means="phone", address=PHONE, actor=world.actor("dispatcher"), at=MONDAY)
    told("dispatcher", kind="tests.alarm")
    gateway.refused = "/sms"
    send()
    assert outcomes() == [Outcome.FAILED]
    assert send(MONDAY + timedelta(seconds=4)) == 0
    send(MONDAY + timedelta(seconds=5))
    assert tries() == [("sms", False, "not_taken"), ("sms", False, "not_taken"), ("robot", True, "")]
    assert outcomes() == [Outcome.SENT]


def test_what_no_channel_takes_is_given_up_and_stands_in_the_log(told, gateway, settings, signed_in):
    settings.NOTICE_CHANNELS = {"robot": gateway.url("robot")}
    gateway.status = 500
    told("dispatcher", kind="tests.alarm")
    for seconds in (0, 5, 10, 600):
        send(MONDAY + timedelta(seconds=seconds))
    assert outcomes() == [Outcome.GIVEN_UP]
    assert len(tries()) == 2
    page = signed_in("administrator").get("/notices/deliveries/?outcome=given_up&channel=robot").content.decode()
    assert "not_taken" in page
    assert "Alarm until" not in page
    assert "not_taken" not in signed_in("director").get("/notices/deliveries/?channel=sms").content.decode()
    assert signed_in("dispatcher").get("/notices/deliveries/").status_code == 403


def test_a_gateway_that_hangs_is_a_failure_like_any_other(world, told, gateway):
    wishing.reach(means="phone", address=PHONE, actor=world.actor("dispatcher"), at=MONDAY)
    gateway.seconds = 1.5
    told("dispatcher", kind="tests.alarm")
    send()
    assert tries() == [("sms", False, "not_taken")]


def test_nobody_who_can_be_reached_is_a_message_given_up(told, settings):
    settings.NOTICE_CHANNELS = {"sms": "json://127.0.0.1:9/{phone}"}
    told("dispatcher", kind="tests.alarm")
    send()
    assert (outcomes(), tries()) == ([Outcome.GIVEN_UP], [("", False, "no_way")])


def test_the_first_choice_of_the_person_goes_first(world, gateway):
    contacts = {"phone": PHONE}
    assert [name for name, _url in channels.route(first="", contacts=contacts)] == ["sms", "robot"]
    assert [name for name, _url in channels.route(first="robot", contacts=contacts)] == ["robot", "sms"]
    assert channels.fill("json://x/{email}", {"email": "a/b@c.cn"}) == "json://x/a%2Fb%40c.cn"
    with refused(Invalid):
        prefer(world, channel="pigeon")


def test_in_quiet_hours_only_what_is_urgent_leaves(world, told, gateway):
    prefer(world)
    night = at("2026-11-16 22:15")
    told("dispatcher", at=night)
    told("dispatcher", kind="tests.alarm", at=night)
    send(night)
    assert [text.split()[0] for text in gateway.texts()] == ["Alarm"]
    send(at("2026-11-17 07:29"))
    assert len(gateway.arrived) == 1
    send(at("2026-11-17 07:30"))
    assert [text.split()[0] for text in gateway.texts()] == ["Alarm", "News"]


@pytest.mark.parametrize(
    ("now", "start", "end", "over"),
    [
        ("2026-11-16 20:59", time(21), time(7), None),
        ("2026-11-16 21:00", time(21), time(7), "2026-11-17 07:00"),
        ("2026-11-17 06:59", time(21), time(7), "2026-11-17 07:00"),
        ("2026-11-17 07:00", time(21), time(7), None),
        ("2026-11-17 12:30", time(12), time(14), "2026-11-17 14:00"),
        ("2026-11-17 14:00", time(12), time(14), None),
        ("2026-11-17 12:00", time(12), time(12), None),
    ],
)
def test_quiet_hours_run_on_the_clock_of_the_office(now, start, end, over):
    assert end_of_quiet(at=at(now), start=start, end=end) == (at(over) if over else None)


def test_the_waits_between_tries_grow():
    waits = [next_try(failures=number, urgent=False, at=MONDAY) for number in (1, 2, 3)]
    assert waits == [MONDAY + timedelta(seconds=30), MONDAY + timedelta(minutes=3), None]
    assert next_try(failures=2, urgent=True, at=MONDAY) is None


def test_what_was_read_meanwhile_need_not_be_sent(world, told, gateway):
    told("dispatcher", kind="tests.alarm")
    reading.read_all(actor=world.actor("dispatcher"), at=MONDAY)
    send()
    assert (outcomes(), gateway.arrived) == ([Outcome.NEEDLESS], [])


def test_one_message_a_day_at_the_hour_chosen_and_none_when_nothing_is_new(world, told, gateway):
    prefer(world, outward=Outward.DAILY, hour=18)
    told("dispatcher", once="a")
    told("dispatcher", once="b")
    assert digest.make_digests(at=at("2026-11-16 17:59")) == 0
    assert digest.make_digests(at=at("2026-11-16 18:00")) == 1
    assert digest.make_digests(at=at("2026-11-16 19:00")) == 0
    send(at("2026-11-16 19:00"))
    assert gateway.texts() == ["您有 2 条未读通知\nhttps://grid.example/notices/"]
    assert digest.make_digests(at=at("2026-11-17 18:00")) == 0
    told("dispatcher", once="c", at=at("2026-11-17 20:00"))
    # The machine slept over the hour of the next day: made when it wakes, of what came since the day before.
    assert digest.make_digests(at=at("2026-11-18 23:00")) == 1
    assert Delivery.objects.get(day="2026-11-18").amount == 1


def test_choosing_the_daily_message_after_its_hour_waits_for_tomorrow(world, told):
    told("dispatcher")
    prefer(world, outward=Outward.DAILY, hour=8, now=at("2026-11-16 09:00"))
    assert digest.make_digests(at=at("2026-11-16 09:01")) == 0
    told("dispatcher", once="b", at=at("2026-11-16 10:00"))
    assert digest.make_digests(at=at("2026-11-17 08:00")) == 1


def test_neither_the_log_nor_the_rows_hold_an_address(world, told, gateway, caplog):
    wishing.reach(means="phone", address=PHONE, actor=world.actor("dispatcher"), at=MONDAY)
    told("dispatcher", kind="tests.alarm")
    gateway.status = 500
    with caplog.at_level(logging.DEBUG, logger="notices"):
        send()
    assert logging.getLogger("apprise").getEffectiveLevel() == logging.CRITICAL
    assert PHONE not in caplog.text
    assert PHONE not in str(list(Attempt.objects.values())) + str(list(Delivery.objects.values()))


def test_by_default_a_line_of_the_log_is_all_that_leaves(told, settings, monkeypatch):
    lines = []
    settings.NOTICE_CHANNELS = {"log": "log://"}
    monkeypatch.setattr("notices.carriers.log.info", lambda *said, **named: lines.append((said, named)))
    told("dispatcher", kind="tests.alarm")
    send()
    assert outcomes() == [Outcome.SENT]
    ((said, named),) = lines
    assert said == ("notice",)
    assert named["text"].startswith("Alarm until")


def test_an_address_that_is_none_is_refused_by_name(told):
    with pytest.raises(NotCarriedError, match="not_a_channel"):
        carry("nonsense://x", sending.Message(1, "a", "b"))


def test_somebody_who_was_faster_is_not_overwritten(world, signed_in):
    prefer(world, version=0)
    with refused(Stale):
        prefer(world, version=0)
    said = {"outward": "daily", "digest_hour": "8", "quiet_from": "21:00", "quiet_until": "07:30", "version": "0"}
    client = signed_in("dispatcher")
    answer = client.post("/notices/wishes/", said)
    assert answer.status_code == 412
    assert 'name="version" value="2"' in answer.content.decode() or 'value="1"' in answer.content.decode()


def test_kinds_are_muted_and_heard_again_on_the_page(world, told, signed_in):
    client = signed_in("dispatcher")
    client.post("/notices/wishes/kinds/", {"heard": []})
    told("dispatcher")
    assert "News 3" not in client.get("/notices/").content.decode()
    client.post("/notices/wishes/kinds/", {"heard": ["tests.news"]})
    told("dispatcher", once="b")
    assert "News 3" in client.get("/notices/").content.decode()


def test_old_notices_are_forgotten_with_what_was_sent_of_them(world, told, gateway):
    told("dispatcher", kind="tests.alarm")
    told("verifier", once="new", at=MONDAY + timedelta(days=100))
    send()
    assert forgetting.forget_old(at=MONDAY + timedelta(days=181)) == 1
    assert [one.user.username for one in Notice.objects.all()] == ["verifier"]
    assert not Delivery.objects.exists()
    assert forgetting.forget_old(at=MONDAY + timedelta(days=181)) == 0


def test_a_try_is_never_rewritten(told, gateway):
    told("dispatcher", kind="tests.alarm")
    send()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        Attempt.objects.update(succeeded=False)


def test_whoever_dies_while_sending_leaves_the_message_to_the_next(told, gateway):
    told("dispatcher", kind="tests.alarm")
    assert len(sending.take(at=MONDAY)) == 1
    assert send(MONDAY + timedelta(seconds=119)) == 0
    assert send(MONDAY + timedelta(seconds=120)) == 1
    assert outcomes() == [Outcome.SENT]


def test_one_sender_works_at_a_time(told, gateway):
    told("dispatcher", kind="tests.alarm")
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [sending.SENDER])
            assert send() == 0
            cursor.execute("SELECT pg_advisory_unlock(%s)", [sending.SENDER])
    finally:
        other.close()
    assert send() == 1


def test_pages_do_without_what_only_the_workers_need():
    program = "import django; django.setup(); import governance.urls, sys; sys.exit('apprise' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_whoever_chose_nothing_has_the_quiet_hours_of_the_installation(world, settings, told, gateway, client):
    settings.NOTICE_QUIET_HOURS = (time(9, 0), time(11, 0))
    assert wishes_of(user_id=world.users["dispatcher"].pk).quiet_from == time(9)
    prefer(world, "director", quiet_from=time(21), quiet_until=time(7))
    assert wishes_of(user_id=world.users["director"].pk).quiet_from == time(21)
    client.force_login(world.users["dispatcher"])
    page = client.get("/notices/wishes/").content.decode()
    assert "本系统免打扰时段：09:00至11:00" in page
    assert 'value="09:00"' in page
