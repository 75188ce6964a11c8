"""Typing that is never lost, in a real browser: kept, offered again, filled, and gone with its deed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from desk.models import Draft
from kernel import clock
from tests.browser.looking import looked
from tests.journeys.steps import filed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "已经电话联系，明天上午回复"


def test_what_was_begun_is_offered_again_and_gone_when_it_is_done(sign_in, county):
    petition = filed(county, at=clock.now())
    deed = f"/petitions/{petition.pk}/reply/"
    page = sign_in("dispatcher", width=390)
    page.goto(deed)
    with page.expect_response(lambda answer: "/desk/drafts/" in answer.url and answer.request.method == "POST"):
        page.locator("textarea").fill(TEXT)
    page.goto("/")
    page.goto(deed)
    page.locator(".draft-offer").wait_for()
    looked(page)
    assert page.locator("textarea").input_value() == ""
    page.get_by_role("button", name="Take it over").click()
    assert page.locator("textarea").input_value() == TEXT
    page.locator("main form.stack button[type=submit]").click()
    page.wait_for_url(f"**/cases/{petition.pk}/")
    assert not Draft.objects.exists()


def test_leaving_in_a_hurry_keeps_the_draft_and_throwing_away_is_for_good(sign_in, county):
    petition = filed(county, at=clock.now())
    deed = f"/petitions/{petition.pk}/reply/"
    page = sign_in("dispatcher")
    page.goto(deed)
    page.locator("textarea").fill(TEXT)
    page.goto("/")  # before the pause after which it is kept
    page.goto(deed)
    page.locator(".draft-offer").wait_for()
    with page.expect_response(lambda answer: answer.url.endswith("/discard/")):
        page.get_by_role("button", name="Throw it away").click()
    assert not Draft.objects.exists()


def test_a_form_that_another_case_pushes_aside_is_kept_whole(sign_in, county):
    first, second = (filed(county, at=clock.now(), title=title, reporter=None) for title in ("路灯不亮", "井盖丢失"))
    page = sign_in("dispatcher", width=1440)

    def reply(petition):
        page.locator(f"#row-{petition.pk}").click()
        expect(page.locator("#desk-here")).to_have_value(str(petition.pk))
        page.locator('.desk-pane .moves a[href*="/do/reply/"]').click()
        return page.locator("#slot select[name=kind]")

    page.goto("/desk/?queue=accept")
    kind = reply(first)
    chosen = kind.locator("option").last.get_attribute("value")
    kind.select_option(chosen)
    page.locator("#slot textarea").fill(TEXT)
    with page.expect_response(lambda answer: "/desk/drafts/" in answer.url and answer.request.method == "POST"):
        page.locator(f"#row-{second.pk}").click()  # before the pause after which it is kept
    kind = reply(first)
    page.get_by_role("button", name="Take it over").click()
    assert page.locator("#slot textarea").input_value() == TEXT
    assert kind.input_value() == chosen != ""
