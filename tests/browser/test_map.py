"""The map as it is used: drill down and back, clusters and heat, a border drawn anew by its corner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from grids.models import Cell
from kernel import clock
from tests.browser.looking import both, looked, turned
from tests.journeys.steps import filed
from tests.world import CELL, COUNTY, EAST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAP = "document.querySelector('#grid-map')"


def at_place(page, prefix):
    """The map has arrived at a place and drawn it."""
    page.wait_for_selector(f"#grid-map[data-ready='{prefix}']")
    assert page.locator("#grid-map").get_attribute("data-fault") is None
    return looked(page)


def click_on(page, lng, lat):
    place = f"{MAP}.map.latLngToContainerPoint([{lat}, {lng}])"
    x, y = page.evaluate(f"[{place}.x, {place}.y]")
    box = page.locator("#grid-map").bounding_box()
    page.mouse.click(box["x"] + x, box["y"] + y)


def test_a_name_that_looks_like_markup_is_text(sign_in, county):
    Cell.objects.filter(code=CELL).update(name="<img src=x id=evil>")
    page = sign_in("director")
    page.goto(f"/grids/{CELL}/")
    page.wait_for_function("() => Object.keys(document.querySelector('[data-map]').cells?._layers || {}).length")
    said = page.evaluate(
        """() => {
          const box = document.querySelector('[data-map]');
          const [layer] = box.cells.getLayers();
          layer.openTooltip();
          L.tooltip().setLatLng([34, 117]).setContent(() => '<b class=evil>').addTo(box.map);
          return document.querySelector('.leaflet-tooltip-pane').textContent;
        }"""
    )
    assert "<img src=x id=evil>" in said
    assert "<b class=evil>" in said
    assert page.locator("#evil, .evil").count() == 0


def test_from_the_county_to_the_grid_and_a_corner_moved(sign_in, county):
    when = clock.now() - timedelta(hours=1)
    for lng in (117.5900, 117.5901):
        filed(county, at=when, lng=lng)
    page = sign_in("director", width=1440)
    page.goto("/map/")
    at_place(page, COUNTY[:6])
    page.wait_for_selector("#grid-map[data-points='2']")
    assert page.locator(".cluster").inner_text() == "2"
    click_on(page, 117.612, 34.763)
    at_place(page, EAST[:9])
    assert f"place={EAST[:9]}" in page.url
    assert page.locator("#map-rows tbody tr").count() == 2
    page.get_by_label("Heat").check()
    page.wait_for_selector("#grid-map[data-squares='1']")
    assert "layers=heat" in page.url
    both(page)
    page.go_back()
    at_place(page, COUNTY[:6])

    page = sign_in("administrator", width=390)
    page.goto(f"/grids/{CELL}/draw/")
    page.wait_for_selector("[data-grid-edit][data-ready]")
    turned(page)
    before = page.locator("[data-boundary]").input_value()
    corner = page.locator(".marker-icon:not(.marker-icon-middle)").first.bounding_box()
    page.mouse.move(corner["x"] + 4, corner["y"] + 4)
    page.mouse.down()
    page.mouse.move(corner["x"] + 34, corner["y"] + 24, steps=4)
    page.mouse.up()
    page.wait_for_selector("[data-grid-edit][data-written]")
    assert page.locator("[data-boundary]").input_value() != before
    page.get_by_role("button", name="Check").click()
    page.locator("main [role=alert], main [role=status]").first.wait_for()
