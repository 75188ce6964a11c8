"""The pages of supervision: without JavaScript, by real requests."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from kernel import clock
from kernel.models import Event
from supervision.models import Listing, SupervisionOrder, Urging
from supervision.services.listing import list_case
from tests.supervision.steps import ANSWER, answered, in_hand, issued

pytestmark = pytest.mark.django_db
REPORTER = ("张三丰", "张**", "13812345678", "138****5678")


@pytest.fixture
def page(client, world):
    """Somebody's browser: page(name, path) reads, page(name, path, data) posts."""

    def call(name: str, path: str, said: dict | None = None, **headers):
        client.force_login(world.users[name])
        return client.get(path, headers=headers) if said is None else client.post(path, said, headers=headers)

    return call


@pytest.fixture
def work(world):
    return in_hand(world, at=clock.now() - timedelta(minutes=5))


@pytest.fixture
def old(world):
    """A work order that is overdue by more than its whole limit."""
    return in_hand(world, at=clock.now() - timedelta(days=40))


def text(response) -> str:
    return response.content.decode()


def test_one_press_on_the_file_urges_and_the_unit_is_told(page, work):
    here = f"/supervision/cases/{work.petition_id}/urge/"
    case = text(page("dispatcher", f"/cases/{work.petition_id}/"))
    assert f'action="{here}"' in case
    assert page("dispatcher", here, {"version": work.petition.version}).status_code == 302
    assert Urging.objects.get().number == 1
    assert work.petition.title in text(page("urban_handler", "/"))
    again = page("supervisor", here, {"version": work.petition.version})
    assert again.status_code == 409
    assert f"{timezone.localtime(Urging.objects.get().again_at):%Y-%m-%d %H:%M}" in text(again)
    assert f'action="{here}"' not in text(page("dispatcher", f"/cases/{work.petition_id}/"))


def test_a_whole_order_is_done_on_pages(page, work, world):
    form = text(page("supervisor", f"/supervision/cases/{work.petition_id}/issue/"))
    assert "综合执法局" in form
    assert "自来水公司" not in form
    said = {"version": work.petition.version, "unit": work.unit_id, "reason": "overdue", "level": "key"}
    lacking = page("supervisor", f"/supervision/cases/{work.petition_id}/issue/", {**said, "content": " "})
    assert lacking.status_code == 422
    done = page("supervisor", f"/supervision/cases/{work.petition_id}/issue/", {**said, "content": "请立即办理。"})
    assert done.status_code == 302
    order = SupervisionOrder.objects.get()
    here = f"/supervision/{order.pk}/"

    def does(name: str, move: str, /, **given) -> None:
        order.refresh_from_db()
        response = page(name, f"{here}{move}/", {"version": order.version, **given})
        assert response.status_code == 302, text(response)

    assert order.number in text(page("urban_handler", "/"))
    assert "请立即办理。" in text(page("urban_handler", here))
    does("urban_handler", "receive")
    does("urban_handler", "answer", **ANSWER)
    assert order.number in text(page("supervisor", "/"))
    does("supervisor", "send_back", note="未说明责任人。")
    does("urban_handler", "answer", text="已清理。", measures="责任人到位。")
    does("director", "accept", note="")
    order.refresh_from_db()
    assert order.state == "accepted"
    shown = text(page("urban_handler", here))
    assert "未说明责任人。" in shown
    assert order.number in text(page("supervisor", "/supervision/?tab=ended"))
    case = text(page("supervisor", f"/cases/{work.petition_id}/"))
    assert order.number in case


def test_the_letter_has_number_addressee_text_and_date_and_nothing_of_the_reporter(page, work, world):
    order = issued(world, work, at=clock.now())
    for name in ("supervisor", "urban_handler"):
        letter = text(page(name, f"/supervision/{order.pk}/document/"))
        for part in (order.number, "综合执法局", "请立即组织力量清理", "区指挥中心"):
            assert part in letter
        assert not any(secret in letter for secret in REPORTER)
        assert not any(secret in text(page(name, f"/supervision/{order.pk}/")) for secret in REPORTER)


def test_strangers_find_nothing(page, work, world):
    order = issued(world, work, at=clock.now())
    for name in ("water_handler", "west_officer"):
        assert page(name, f"/supervision/{order.pk}/").status_code == 404
        assert page(name, f"/supervision/{order.pk}/document/").status_code == 404
        assert page(name, f"/supervision/{order.pk}/receive/", {"version": 1}).status_code == 404
        assert order.number not in text(page(name, "/supervision/?tab=all"))
    for name in ("dispatcher", "gridworker", "citizen", "mediator"):
        assert page(name, f"/supervision/{order.pk}/").status_code == 404
        assert page(name, "/supervision/").status_code == 403
    assert page("urban_handler", f"/supervision/{order.pk}/withdraw/").status_code == 403
    assert page("supervisor", f"/supervision/{order.pk}/answer/").status_code == 403
    assert page("supervisor", f"/supervision/{order.pk}/nonsense/").status_code == 404
    assert page("urban_handler", f"/supervision/cases/{work.petition_id}/issue/").status_code == 403
    assert page("citizen", f"/supervision/cases/{work.petition_id}/urge/").status_code == 404


def test_a_form_that_came_too_late_keeps_what_was_typed(page, work, world):
    order = answered(world, work, at=clock.now())
    response = page("supervisor", f"/supervision/{order.pk}/send_back/", {"version": 1, "note": "请补充责任人。"})
    assert response.status_code == 412
    assert "请补充责任人。" in text(response)


def test_the_filters_stand_in_the_address_and_narrow(page, work, world):
    order = issued(world, work, at=clock.now())
    for query in (f"q={order.number}", f"q={work.petition.number}", "state=open", "level=ordinary", "reason=overdue"):
        assert str(order.pk) in text(page("supervisor", f"/supervision/?{query}")), query
    for query in (
        "q=第9号",
        "state=accepted",
        "level=urgent",
        "reason=refuses",
        "late=on",
        "since=2099-01-01",
        "unit=1",
    ):
        assert str(order.pk) not in text(page("supervisor", f"/supervision/?{query}")), query
    for query in ("state=nonsense", "since=yesterday", "unit=x", "until=9999-12-31"):
        assert page("supervisor", f"/supervision/?{query}").status_code == 200, query
    assert page("supervisor", "/supervision/?cursor=x").status_code == 400
    fragment = page("supervisor", "/supervision/?tab=all", **{"hx-request": "true"})
    assert "<html" not in text(fragment)


def test_the_register_is_exported_and_that_is_on_record(page, work, world):
    order = issued(world, work, at=clock.now())
    response = page("supervisor", "/supervision/export/?tab=all")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    cells = [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert order.number in cells
    assert not any(secret in cell for secret in REPORTER for cell in cells)
    assert Event.objects.get(name="supervision.exported").payload["rows"] == 1
    assert page("dispatcher", "/supervision/export/").status_code == 403


def test_a_case_is_listed_on_its_file_and_everybody_sees_it_without_a_name(page, old, world):
    here = f"/supervision/cases/{old.petition_id}/list/"
    assert here in text(page("supervisor", f"/cases/{old.petition_id}/"))
    today = timezone.localtime(clock.now()).date()
    said = {
        "version": old.petition.version,
        "demand": "限期清理。",
        "until": (today + timedelta(days=30)).isoformat(),
        "recheck_on": (today + timedelta(days=10)).isoformat(),
    }
    assert page("supervisor", here, {**said, "until": today.isoformat()}).status_code == 400
    assert page("supervisor", here, said).status_code == 302
    made = Listing.objects.get()
    for name in ("water_handler", "west_officer", "citizen", "gridworker"):
        board = text(page(name, "/supervision/listed/"))
        assert made.number in board
        assert "限期清理。" in board
        for secret in (*REPORTER, old.petition.number, old.petition.title, str(old.petition_id)):
            assert secret not in board
        assert page(name, f"/supervision/listed/{made.pk}/remove/").status_code == 403
    assert page("administrator", "/supervision/listed/").status_code == 403
    assert made.number in text(page("urban_handler", f"/cases/{old.petition_id}/"))
    assert page("director", f"/supervision/listed/{made.pk}/remove/").status_code == 200
    off = {"version": made.version, "why": "solved", "note": "已解决。"}
    assert page("director", f"/supervision/listed/{made.pk}/remove/", off).status_code == 302
    assert made.number in text(page("water_handler", "/supervision/listed/?tab=removed"))


def test_a_fresh_case_offers_no_listing(page, work):
    assert "/list/" not in text(page("supervisor", f"/cases/{work.petition_id}/"))
    today = timezone.localtime(clock.now()).date().isoformat()
    said = {"version": work.petition.version, "demand": "x", "until": today, "recheck_on": today}
    assert page("supervisor", f"/supervision/cases/{work.petition_id}/list/", said).status_code == 409


def test_a_listing_counts_days(world, old, page):
    made = list_case(
        petition_id=old.petition_id,
        until=timezone.localtime(clock.now()).date() + timedelta(days=20),
        recheck_on=timezone.localtime(clock.now()).date() + timedelta(days=5),
        demand="限期清理。",
        actor=world.actor("supervisor", on=clock.now()),
        at=clock.now(),
    )
    from supervision.clocks import age_of

    age = age_of(listing=made, at=clock.now() + timedelta(days=6))
    assert (age["days"], age["recheck"], age["over"]) == (6, True, False)


def test_the_form_begins_with_overdue_only_where_the_case_is(page, work, old):
    fresh = page("supervisor", f"/supervision/cases/{work.petition_id}/issue/").content.decode()
    late = page("supervisor", f"/supervision/cases/{old.petition_id}/issue/").content.decode()
    assert [one.count("checked") for one in (fresh, late)] == [1, 2]  # the level always, the reason where it is true
    assert "说明逾期原因" in late
    assert "说明逾期原因" not in fresh


def test_the_register_says_when_an_order_was_issued(page, world, work):
    made = issued(world, work, at=clock.now())
    shown = page("supervisor", "/supervision/?tab=all").content.decode()
    assert 'data-label="签发时间"' in shown
    assert timezone.localtime(made.issued_at).strftime("%m-%d %H:%M") in shown
