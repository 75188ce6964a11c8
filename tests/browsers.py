"""Browser journeys need a Chromium: where there is none they are left out, and the report says so in capitals."""

import shutil
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The program of an installed Chromium; None if there is none."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def enter(page: Any, *, username: str, password: str, address: str = "") -> None:
    """Sign in by the form, as people do; `address` where the page has none of its own."""
    page.goto(f"{address}/sign-in/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Leave out what drives a browser where there is none."""
    if chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium"))


def pytest_terminal_summary(terminalreporter):
    """Say in capitals what was not run."""
    left_out = [
        report for report in terminalreporter.getreports("skipped") if report.longrepr[2].endswith("no Chromium")
    ]
    if left_out:
        line = f"{len(left_out)} BROWSER JOURNEYS WERE NOT RUN: no Chromium here (.ci/run installs Debian's)"
        terminalreporter.write_sep("!", line, red=True, bold=True)
