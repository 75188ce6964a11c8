"""Typing that is never lost, in a real browser: kept, offered again, filled, and gone with its deed."""

from __future__ import annotations

import pytest

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
