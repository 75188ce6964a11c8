"""The big screen in a real browser: it turns by itself, stops, opens what it counts, and an emergency takes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import clock
from petitions.models import Petition
from tests.browser.looking import both, looked, turned
from tests.journeys.steps import dispatched, filed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The bar that says how long is the clock itself: it is wound on instead of waiting for it.
WIND_ON = "document.getAnimations().find((one) => one.id === 'turn').finish()"
TURNING = "document.getAnimations().filter((one) => one.id === 'turn' && one.playState === 'running').length"

LOOKS_AGAIN = """() => {
  window.htmx.trigger("#wall-asks", "look");
  return document.querySelector("#wall").dataset.scene === "today";
}"""


def test_a_wall_turns_stops_drills_and_warns(sign_in, county):
    at = clock.now() - timedelta(minutes=2)
    dispatched(county, at=at - timedelta(days=20))
    page = sign_in("director", width=1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/wall/")
    page.wait_for_selector("#wall-map[data-ready]")
    looked(page)
    both(page)
    wall = page.locator("#wall")
    assert wall.get_attribute("data-scene") == "today"
    page.evaluate(WIND_ON)
    page.wait_for_selector("#wall[data-scene=ranking]")
    assert page.locator(".scene:visible").count() == 2, "one scene, left and right"
    page.keyboard.press(" ")
    assert page.evaluate(TURNING) == 0
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#wall[data-scene=people]")
    turned(page)
    assert page.evaluate(TURNING) == 0, "stopped is stopped"
    page.keyboard.press(" ")
    assert page.evaluate(TURNING) == 1

    case = filed(county, at=at, urgency="critical", lng=117.61, lat=34.765)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live-change', {detail: {cases: []}}))")
    page.wait_for_selector("#wall[data-scene=emergency]")
    assert page.locator("#wall-alarm").get_attribute("data-case") == str(case.pk)
    assert page.evaluate(TURNING) == 0, "an emergency stays"
    turned(page)
    # Over: the screen goes back to its turns by itself.
    Petition.objects.filter(pk=case.pk).update(urgency="ordinary")
    page.wait_for_function(LOOKS_AGAIN, polling=1000)  # what was asked a moment before is answered from the cache

    overdue = page.locator("#wall-tiles .tile.red")
    number = overdue.locator(".tile-number").inner_text().split("/")[0].strip()
    overdue.click()
    page.wait_for_url("**/dashboard/overdue/**")
    assert page.locator("#cases tbody tr").count() == int(number) == 1


def test_on_a_phone_everything_stands_below_each_other(sign_in, county):
    page = sign_in("east_officer", width=390, language="zh-hans")
    page.goto("/wall/")
    both(page)
    assert page.locator(".scene:visible").count() == 6
    assert page.evaluate("document.getAnimations().length") == 0
