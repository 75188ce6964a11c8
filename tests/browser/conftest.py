"""A real browser before a real server: one process serves, pages are driven from outside."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, sync_playwright

from kernel import clock
from kernel.relay import deliver_everything
from tests.browsers import chromium, enter
from tests.world import World, build

PASSWORD = "grid-demo-1"
# The browser's own loop runs in this thread; Django would take it for ours and refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def county(live_server) -> World:
    """The little county, committed: the server sees it from its own connections."""
    return build()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def sign_in(browser, live_server, county):
    """Signs somebody in by the form and hands out the page; faults in the browser's console fail the test."""
    opened, faults = [], []

    def sign_in(name: str, *, script: bool = True, width: int = 1280, language: str = "en") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            locale="en-GB",
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        enter(page, username=name, password=PASSWORD)
        return page

    yield sign_in
    for context in opened:
        context.close()
    assert not faults


@pytest.fixture
def relay():
    """What the worker would do by now."""
    return lambda: deliver_everything(at=clock.now())


@pytest.fixture
def switch(live_server):
    """Changes language and theme in the middle of a day, as the menu of the person does; the page comes anew."""

    def switch(page: Page, *, language: str, theme: str) -> Page:
        chosen = {"django_language": language, "theme": theme}
        page.context.add_cookies([{"name": name, "value": it, "url": live_server.url} for name, it in chosen.items()])
        page.reload()
        return page

    return switch
