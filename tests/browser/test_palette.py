"""From any page to a case by the keyboard alone, and to the place of the manual that explains the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import looked
from tests.journeys.steps import filed
from tests.world import MONDAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_case_is_opened_without_the_mouse_and_help_opens_at_the_page(sign_in, county):
    case = filed(county, at=MONDAY, title="承水路路灯不亮")
    page = sign_in("dispatcher", width=390, language="zh-hans")
    page.keyboard.press("Control+k")
    words = page.get_by_role("combobox", name="搜索与前往")
    expect(words).to_be_focused()
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    words.fill("路灯")
    expect(page.get_by_role("option", name="承水路路灯不亮")).to_have_attribute("aria-selected", "true")
    assert words.get_attribute("aria-activedescendant") == "palette-cases-1"
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="承水路路灯不亮")).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type(case.number[-6:])
    page.keyboard.press("Enter")  # at once: what is opened is what was typed
    page.wait_for_url(f"**/cases/{case.pk}/")
    assert "/search/palette" not in page.url
    page.get_by_role("link", name="本页帮助").first.click()
    page.wait_for_url("**/help/dispatcher/#case")
    looked(page)


def test_without_scripts_the_button_leads_to_the_search(sign_in, county):
    case = filed(county, at=MONDAY, title="Street lamp")
    page = sign_in("dispatcher", script=False)
    page.get_by_role("link", name="Search").first.click()
    page.locator("main input[name=q]").fill("lamp")
    page.locator("main button[type=submit]").first.click()
    page.get_by_role("link", name="Street lamp").click()
    page.wait_for_url(f"**/cases/{case.pk}/")
