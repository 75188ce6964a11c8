"""A page that hears what changes: a case arrives by itself, colleagues show, and who signs out elsewhere is let go."""

from __future__ import annotations

import threading

import pytest
import uvicorn
from django.contrib.sessions.models import Session

from governance.embedded.ports import free_port
from governance.live.application import Live
from kernel import clock
from tests.browser.looking import both, turned
from tests.journeys.steps import filed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON_MS = 15_000  # asking by itself would take thirty seconds


@pytest.fixture
def live(live_server, settings):
    """The live process, as a thread of this one, on a port of its own."""
    port = free_port()
    settings.LIVE_PORT, settings.LIVE_ORIGINS = port, [live_server.url]
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = [*rules["connect-src"], f"http://localhost:{port}"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**rules, "connect-src": allowed}}
    quiet = {"log_level": "warning", "lifespan": "on", "timeout_graceful_shutdown": 1}
    server = uvicorn.Server(uvicorn.Config(Live(), host="localhost", port=port, **quiet))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.should_exit = True
    thread.join()


def test_a_case_arrives_by_itself_and_colleagues_see_each_other(live, sign_in, county):
    page = sign_in("director")
    page.goto("/dashboard/")
    page.locator("#live[data-state=live]").wait_for(timeout=SOON_MS)
    one = filed(county, at=clock.now(), title="路面积水")
    page.locator("main").get_by_text("路面积水").first.wait_for(timeout=SOON_MS)
    both(page)

    page.goto(f"/cases/{one.pk}/")
    beside = sign_in("east_officer", width=390, language="zh-hans")
    beside.goto(f"/cases/{one.pk}/")
    beside.locator(".presence [title=director]").wait_for(timeout=SOON_MS)
    turned(beside)
    turned(page)

    page.locator("#live[data-state=live]").wait_for(timeout=SOON_MS)
    Session.objects.all().delete()
    page.locator("#live[data-state=polling]").wait_for(timeout=SOON_MS)
    turned(page)
    assert page.locator("#live-words").text_content() == "Changes show every half minute"
