"""The map on a telephone, by finger: from the city down to one case and back, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grids.models import Cell
from kernel import clock
from tests.browser.looking import looked
from tests.browser.test_map import at_place
from tests.browsers import enter
from tests.journeys.steps import filed
from tests.world import CELL, COUNTY, EAST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD, CITY = "grid-demo-1", COUNTY[:4]
DOWN = (COUNTY[:6], EAST[:9], CELL[:12])


@pytest.fixture
def telephone(browser, live_server, county):
    """A telephone with a touch screen, signed in, in a language."""
    opened, faults = [], []

    def open_one(name, *, language):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
            device_scale_factor=2,
        )  # fmt: skip
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        enter(page, username=name, password=PASSWORD)
        return page

    yield open_one
    for context in opened:
        context.close()
    assert not faults


def narrow(page):
    """Nothing is wrong with the page, and it does not scroll sideways."""
    looked(page)
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner, page.url
    return page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_the_city_to_one_case_by_finger(telephone, county, language):
    case = filed(county, at=clock.now() - timedelta(hours=1), lng=117.59, title="长标题" * 12)
    page = telephone("director", language=language)
    page.goto(f"/map/?place={CITY}")
    at_place(page, CITY)
    narrow(page)
    for place in DOWN:
        page.locator(f"#map-rows tr[data-code='{place}'] a.title").tap()
        page.wait_for_selector(f"#map-state[data-place='{place}']")
        at_place(page, place)
        assert f"place={place}" in page.url
        narrow(page)
    number = page.locator(f"#map-rows tr[data-code='{CELL}'] td.num a").first
    assert number.inner_text() == "1"
    page.locator(f"#map-rows tr[data-code='{CELL}'] a.title").tap()
    page.wait_for_url(f"**/grids/{CELL}/")
    narrow(page)
    assert Cell.objects.get(code=CELL).name in page.locator("h1").inner_text()
    page.locator(f"main ul.rows a[href*='cell={CELL}']:not([href*='overdue'])").first.tap()
    page.wait_for_url(f"**/petitions/**cell={CELL}**")
    narrow(page)
    page.get_by_role("link", name=case.title).first.tap()
    page.wait_for_url("**/cases/**")
    narrow(page)
    assert case.title in page.locator("h1").inner_text()
    for _ in range(2):
        page.go_back()
    page.wait_for_url(f"**/grids/{CELL}/")
    page.go_back()
    at_place(page, CELL[:12])
