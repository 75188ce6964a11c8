"""The inbox: one's own only, unread and all, opened and marked, muted kinds kept apart; the bell counts along."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel.errors import Missing, NotAllowed
from kernel.events import EVENTS
from kernel.models import Event
from notices.models import Mute, Notice
from notices.queries import bell_of
from notices.services import reading, wishing
from tests.notices.conftest import SUBJECT
from tests.refusals import refused
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_a_notice_speaks_with_the_names_that_hold_when_it_is_read(world, told, signed_in):
    told("dispatcher")
    world.units["urban"].short_name = "城管局"
    world.units["urban"].save()
    page = text(signed_in("dispatcher").get("/notices/"))
    assert "News 3 of 城管局" in page
    assert "综合执法局" not in page


def test_nobody_reads_the_notices_of_another_whatever_their_office(world, told, signed_in):
    told("dispatcher")
    notice = Notice.objects.get()
    for name in ("director", "administrator", "dispatcher2", "urban_handler"):
        other = signed_in(name)
        assert "News 3" not in text(other.get("/notices/?tab=all"))
        text(other.get(f"/notices/{notice.pk}/"), 404)
        text(other.post(f"/notices/{notice.pk}/read/"), 404)
        other.post("/notices/read/")
        with refused(Missing):
            reading.read(notice_id=notice.pk, actor=world.actor(name), at=MONDAY)
    notice.refresh_from_db()
    assert notice.read_at is None
    assert Client().get("/notices/").status_code == 302


def test_opening_marks_as_read_and_goes_where_it_leads(told, signed_in):
    told("dispatcher")
    notice = Notice.objects.get()
    answer = signed_in("dispatcher").get(f"/notices/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/supervision/{SUBJECT}/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_one_that_leads_nowhere_goes_back_to_the_list(told, signed_in):
    told("dispatcher", kind="tests.alarm")
    answer = signed_in("dispatcher").get(f"/notices/{Notice.objects.get().pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/notices/")


def test_a_notice_of_a_kind_that_is_gone_still_stands_in_the_list(told, signed_in, monkeypatch):
    told("dispatcher")
    monkeypatch.setattr("notices.queries.saying.KINDS", {})
    page = text(signed_in("dispatcher").get("/notices/"))
    assert "tests.news" in page


def test_unread_and_all_kind_and_pages(told, signed_in):
    for number in range(60):
        told("dispatcher", once=f"n{number}", number=number, at=at(f"2026-11-16 09:{number:02}"))
    told("dispatcher", kind="tests.alarm")
    client = signed_in("dispatcher")
    first = text(client.get("/notices/?kind=tests.news"))
    assert "News 59 of" in first
    assert "News 9 of" not in first
    assert "Alarm until 11-16 10:00" not in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = text(client.get(f"/notices/{following}"))
    assert "News 9 of" in second
    assert "Alarm" not in second.split("<tbody")[1]
    client.post("/notices/read/", {"kind": "tests.news"})
    unread = text(client.get("/notices/"))
    assert "News 59" not in unread
    assert "Alarm until 11-16 10:00" in unread
    assert "News 59" in text(client.get("/notices/?tab=all"))


@pytest.mark.parametrize("query", ["kind=nonsense", "cursor=nonsense", "tab=nonsense", "kind=%00"])
def test_nonsense_in_the_address_is_never_a_fault_of_the_server(told, signed_in, query):
    told("dispatcher")
    assert signed_in("dispatcher").get(f"/notices/?{query}").status_code in (200, 400)


def test_an_empty_inbox_says_what_will_come(signed_in, world):
    page = text(signed_in("dispatcher").get("/notices/"))
    assert "bell-check" in page


def test_reading_is_remembered_once_and_never_before_it_was_told(world, told):
    told("dispatcher", at=at("2026-11-16 10:00"))
    notice, actor = Notice.objects.get(), world.actor("dispatcher")
    assert reading.read(notice_id=notice.pk, actor=actor, at=MONDAY).read_at == at("2026-11-16 10:00")
    assert reading.read(notice_id=notice.pk, actor=actor, at=at("2026-11-17 10:00")).read_at == at("2026-11-16 10:00")
    assert reading.read_all(actor=actor, at=at("2026-11-17 10:00")) == 0


@pytest.mark.parametrize("change", [{"subject": "8"}, {"facts": {}}, {"once": "b"}, {"kind": "x"}, {"read_at": None}])
def test_what_was_told_is_not_rewritten(world, told, change):
    told("dispatcher")
    reading.read_all(actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises((ProgrammingError, IntegrityError), match="not changed"), transaction.atomic():
        Notice.objects.update(**change)


def test_muting_takes_what_is_unread_off_the_bell_and_keeps_it_in_the_list(world, told, signed_in):
    told("dispatcher")
    user, actor = world.users["dispatcher"], world.actor("dispatcher")
    assert bell_of(user_id=user.pk).unread == 1
    wishing.mute(kind="tests.news", actor=actor, at=MONDAY)
    wishing.mute(kind="tests.news", actor=actor, at=MONDAY)
    told("dispatcher", once="b")
    assert bell_of(user_id=user.pk).unread == 0
    assert "News 3" in text(signed_in("dispatcher").get("/notices/?tab=all"))
    wishing.unmute(kind="tests.news", actor=actor, at=MONDAY)
    told("dispatcher", once="c")
    assert bell_of(user_id=user.pk).unread == 1
    assert list(Event.objects.filter(name__startswith="notices.").values_list("name", flat=True).order_by("seq")) == [
        "notices.muted",
        "notices.unmuted",
    ]
    assert "notices.muted" in EVENTS


def test_what_is_urgent_cannot_be_muted(world):
    with refused(NotAllowed):
        wishing.mute(kind="tests.alarm", actor=world.actor("dispatcher"), at=MONDAY)
    with refused(Missing):
        wishing.mute(kind="tests.unheard", actor=world.actor("dispatcher"), at=MONDAY)
    assert not Mute.objects.exists()


def test_every_page_shows_the_bell_for_one_statement_more(world, told, signed_in):
    told("dispatcher")
    client = signed_in("dispatcher")
    assert '<b class="bell-count">1' in text(client.get("/account/"))
    with CaptureQueriesContext(connection) as asked:
        client.get("/account/")
    assert sum("notices_" in one["sql"] for one in asked) == 1
    assert 'id="bell"' not in text(Client().get("/sign-in/"))


def test_the_bell_is_asked_for_news_and_answers_only_where_there_is_some(told, signed_in, world):
    told("dispatcher")
    client = signed_in("dispatcher")
    mark = bell_of(user_id=world.users["dispatcher"].pk).mark
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/notices/bell/", {"seen": mark})
    assert (answer.status_code, answer.content) == (204, b"")
    assert len(asked) <= 3
    told("dispatcher", once="b")
    answer = client.get("/notices/bell/", {"seen": mark})
    changed = text(answer)
    assert answer["HX-Trigger"] == "case-changed"  # the lists of the page ask again
    assert '<b class="bell-count">2' in changed
    assert "toast-line" not in changed


def test_an_urgent_notice_comes_as_a_toast_once(told, signed_in, world):
    told("dispatcher", kind="tests.alarm", once="old")
    client, user = signed_in("dispatcher"), world.users["dispatcher"].pk
    mark = bell_of(user_id=user).mark
    told("dispatcher", kind="tests.alarm", once="new", due_at="2026-11-16T03:00:00.000000Z")
    shown = text(client.get("/notices/bell/", {"seen": mark}))
    assert "Alarm until 11-16 11:00" in shown
    assert "Alarm until 11-16 10:00" not in shown
    assert client.get("/notices/bell/", {"seen": bell_of(user_id=user).mark}).status_code == 204


def test_reading_brings_no_old_alarm_back_as_a_toast(told, world):
    for number in range(8):
        told("dispatcher", kind="tests.alarm", once=f"n{number}")
    actor, user = world.actor("dispatcher"), world.users["dispatcher"].pk
    before = bell_of(user_id=user)
    reading.read(notice_id=before.urgent[0], actor=actor, at=MONDAY)
    assert bell_of(user_id=user).newer_than(before.mark) == []


@pytest.mark.parametrize("seen", ["", "x", "1-x", "-", "1-99999999999999999999999", "1--2"])
def test_a_mark_that_is_not_ours_brings_no_toast_and_no_fault(told, signed_in, seen):
    told("dispatcher", kind="tests.alarm")
    answer = signed_in("dispatcher").get("/notices/bell/", {"seen": seen})
    assert answer.status_code == 200


def test_whoever_signed_out_meanwhile_is_told_to_stop_asking(db):
    answer = Client().get("/notices/bell/")
    assert (answer.status_code, answer["HX-Reswap"]) == (286, "none")


def test_nobody_reads_beyond_ninety_nine(told, world):
    for number in range(105):
        told("dispatcher", once=f"n{number}")
    bell = bell_of(user_id=world.users["dispatcher"].pk)
    assert (bell.unread, bell.more) == (99, True)
