"""The bell of an open page, in a real browser."""

from __future__ import annotations

import pytest
from django.db import transaction

from notices.services.telling import tell
from tests.notices.conftest import SUBJECT, kinds  # noqa: F401  (used by being there)
from tests.world import MONDAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def say(people, *, kind="tests.news"):
    return tell(kind=kind, people=people, subject=SUBJECT, facts={"number": 1}, once="a", at=MONDAY)


def test_an_open_page_rings_by_itself(sign_in, county):
    page = sign_in("dispatcher", width=390)
    person = county.users["dispatcher"].pk
    assert page.locator("#bell .bell-count").count() == 0
    with transaction.atomic():
        say([person], kind="tests.alarm")
    page.locator("#toasts .warning").wait_for(timeout=15_000)
    assert page.locator("#bell .bell-count").inner_text().startswith("1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#bell").click()
    page.wait_for_url("**/notices/")
    page.get_by_role("button", name="Mark as read").click()
    page.get_by_text("Nothing unread").wait_for()
    assert page.locator("#bell .bell-count").count() == 0


def test_without_scripts_the_number_is_simply_there(sign_in, county):
    with transaction.atomic():
        say([county.users["dispatcher"].pk])
    page = sign_in("dispatcher", script=False)
    assert page.locator("#bell .bell-count").inner_text().startswith("1")
