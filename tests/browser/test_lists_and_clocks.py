"""The registry, the objection, the extension and the replay, done by the pages alone: at a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from dispatch.models import Replay, WorkOrder
from dispatch.services import opening, replaying, returning, working
from kernel import clock
from kernel.clock import today
from registry.choices import DraftOrigin, LineOp
from registry.models import Draft, Item, SheetImport
from registry.services import drafts, sheet_export
from registry.tasks import continue_sheets
from tests.browser.looking import looked
from tests.journeys.steps import dispatched
from tests.registry.steps import duty, found, stall, unhelped
from tests.registry.test_sheets import cell, changed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHINESE = "zh-hans"


@pytest.fixture
def enter(sign_in, request):
    """Somebody's browser on the screen of the test."""
    width, language = request.param

    def enter(name: str) -> Page:
        return sign_in(name, width=width, language=language)

    return enter


screens = pytest.mark.parametrize("enter", [(1440, CHINESE), (390, CHINESE)], ids=["desk", "phone"], indirect=True)
english = pytest.mark.parametrize("enter", [(1440, "en"), (390, CHINESE)], ids=["desk", "phone"], indirect=True)


def go(page: Page, path: str) -> Page:
    page.goto(path)
    return looked(page)


def deed(page: Page, name: str, **said: str) -> Page:
    """Open a deed of the page at hand from its buttons, fill it in by the names of its fields, send it."""
    page.locator(f'.moves a[href$="/{name}/"]').click()
    page.wait_for_selector("form .form-foot")
    looked(page)
    fill(page, **said)
    page.locator("form .form-foot button[type=submit]").click()
    page.locator("#toasts .success").wait_for()
    return looked(page)


def fill(page: Page, **said: str) -> None:
    for name, value in said.items():
        control = page.locator(f'form:has(.form-foot) [name="{name}"]')
        if control.first.get_attribute("type") == "radio":
            control.and_(page.locator(f'[value="{value}"]')).check()
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


@english
def test_an_item_is_changed_by_a_draft_that_another_approves(enter, county):
    found(("T-CG", stall()))
    keeper = go(enter("keeper"), "/registry/items/T-CG/")
    keeper.locator('.moves a[href$="/change/"]').click()
    keeper.wait_for_url("**/change/")
    looked(keeper)
    fill(keeper, title="缩短时限", reason="群众反映办理慢", limit_value="3")
    keeper.locator("form .form-foot button[type=submit]").click()
    keeper.wait_for_url("**/registry/drafts/*/")
    deed(keeper, "submit")
    draft = Draft.objects.get(title="缩短时限")
    assert draft.state == "submitted"
    director = enter("director")
    director.locator(f'#papers a[href="/registry/drafts/{draft.pk}/"]').click()
    director.wait_for_url("**/registry/drafts/*/")
    assert director.locator("del", has_text="5").first.is_visible()
    deed(director, "approve", document="峄政办字〔2026〕31号")
    go(keeper, "/registry/items/T-CG/")
    assert keeper.get_by_text("3 working days").or_(keeper.get_by_text("3 工作日")).first.is_visible()
    assert keeper.get_by_text("峄政办字〔2026〕31号").first.is_visible()
    go(keeper, "/registry/items/T-CG/versions/")
    assert keeper.locator("ins", has_text="3").first.is_visible()


@screens
def test_a_workbook_with_a_wrong_row_says_which_and_why(enter, county, tmp_path):
    found(("T-CG", stall()), ("D-GS-1", duty()), ("D-GS-2", duty(name="供水应急")))
    whole = tmp_path / "whole.xlsx"
    whole.write_bytes(sheet_export.export_items(items=Item.objects.all(), on=today()).read())

    def change(content: Any) -> None:
        cell(content, "unit_duty", "D-GS-1", "主体责任", "维护并巡检供水管网。")
        cell(content, "unit_duty", "D-GS-2", "主责单位", "没有这个单位")

    keeper = go(enter("keeper"), "/registry/import/")
    keeper.locator("input[type=file]").set_input_files(changed(whole, tmp_path / "new.xlsx", change))
    fill(keeper, title="年度调整", reason="机构改革", effective=str(today() + timedelta(days=10)))
    keeper.locator("form .form-foot button[type=submit], form button.btn-primary[type=submit]").last.click()
    keeper.wait_for_url("**/registry/import/*/")
    looked(keeper)
    assert keeper.locator("progress").is_visible()
    continue_sheets()
    go(keeper, f"/registry/import/{SheetImport.objects.get().pk}/")
    wrong = keeper.get_by_text("没有这个单位").first
    assert wrong.is_visible()
    assert keeper.get_by_text("D-GS-2").first.is_visible()
    draft = Draft.objects.get(title="年度调整")
    keeper.locator(f'a[href="/registry/drafts/{draft.pk}/"]').first.click()
    keeper.wait_for_url("**/registry/drafts/*/")
    looked(keeper)
    assert keeper.locator('.moves a[href$="/submit/"]').count() == 0  # a draft with a wrong line waits to be mended
    go(keeper, f"/registry/drafts/{draft.pk}/?verdict=wrong")
    assert keeper.get_by_text("D-GS-2").first.is_visible()
    assert keeper.get_by_text("D-GS-1").count() == 0


@screens
def test_the_second_objection_is_adjudicated_and_binds(enter, county):
    at = clock.now() - timedelta(minutes=20)
    water, center = county.actor("water_handler", on=at), county.actor("dispatcher", on=at)
    first = dispatched(county, at=at, category="010102")
    returning.request_return(order_id=first.pk, reason_code="not_ours", note="不属供水", actor=water, at=at)
    returning.rule_return(order_id=first.pk, granted=True, actor=center, at=at + timedelta(minutes=1))
    opened = {"petition_id": first.petition_id, "unit_id": county.units["urban"].pk}
    second = opening.assign(**opened, actor=center, at=at + timedelta(minutes=1))
    here = f"/cases/{first.petition_id}/"
    deed(go(enter("urban_handler"), here), "return", reason="not_ours", note="属供水管网")
    director = enter("director")
    # Followed by its address: the list may be drawn anew under a click.
    go(director, director.get_by_role("link", name=first.petition.title).first.get_attribute("href") or "")
    assert director.url.endswith(here)
    said = {"unit": str(county.units["water"].pk), "note": "属供水设施", "basis": "清单 M-GS"}
    deed(director, "adjudicate", **said)
    ruled = WorkOrder.objects.get(petition=first.petition_id, state="assigned")
    assert (ruled.unit, ruled.bound) == (county.units["water"], True)
    second.refresh_from_db()
    bound = go(enter("water_handler"), here)
    assert bound.locator('.moves a[href$="/return/"]').count() == 0
    go(bound, f"/dispatch/{ruled.pk}/why/")
    assert bound.get_by_text("属供水设施").first.is_visible()


@screens
def test_an_extension_is_asked_for_granted_and_named_where_the_deadline_is_explained(enter, county):
    at = clock.now() - timedelta(hours=1)
    order = dispatched(county, at=at, by="dispatcher")
    working.sign(order_id=order.pk, actor=county.actor("urban_handler", on=at), at=at + timedelta(minutes=1))
    here, why = f"/cases/{order.petition_id}/", f"/dispatch/why-until/{order.petition_id}/"
    order.refresh_from_db()
    before = order.handle_due_at
    deed(go(enter("urban_handler"), here), "ask_extension", days="5", grounds="需要鉴定排水管网")
    director = go(enter("director"), here)
    deed(director, "decide_time", granted="yes")
    order.refresh_from_db()
    assert order.handle_due_at > before
    director.locator(f'a[href="{why}"]').first.click()
    director.wait_for_url(f"**{why}*")
    looked(director)
    assert director.get_by_text("需要鉴定排水管网").first.is_visible()


@screens
def test_a_draft_is_tried_on_past_cases_and_drawn(enter, county):
    at = clock.now() - timedelta(days=3)
    dispatched(county, at=at)
    keeper = go(enter("keeper"), "/registry/")
    by = {"actor": county.actor("keeper", on=clock.now()), "at": clock.now()}
    draft = drafts.open_draft(
        title="换一个单位", origin=DraftOrigin.BY_HAND, reason="试行", effective=today() + timedelta(days=10), **by
    )
    moved = unhelped(lead_unit="U-GS", limit_value="1")
    drafts.put_line(draft_id=draft.pk, op=LineOp.NEW, item_code="T-1", payload=moved, **by)
    go(keeper, f"/registry/drafts/{draft.pk}/")
    keeper.locator('.moves a[href^="/dispatch/replay/"]').click()
    keeper.wait_for_url("**/dispatch/replay/**")
    looked(keeper)
    assert keeper.locator("select[name=draft]").input_value() == str(draft.pk)
    keeper.locator("form .form-foot button[type=submit]").click()
    keeper.locator("progress").wait_for()
    made = Replay.objects.get()
    while made.is_running:
        made = replaying.step(replay_id=made.pk, at=clock.now())
    go(keeper, f"/dispatch/replay/{made.pk}/")
    picture = keeper.locator('[data-chart="replay-units"] svg, [data-chart="replay-units"] canvas').first
    picture.wait_for()
    assert picture.bounding_box()["height"] > 100
    assert keeper.locator("td.title", has_text="自来水公司").is_visible()
