"""The map as it is changed: faults of a file found from both sides, a grid split on a telephone without a mouse."""

from __future__ import annotations

import pytest

from grids.importing.reading import Read
from grids.models import Cell
from grids.services.importing import prepare_import
from kernel import clock
from kernel.actors import SYSTEM
from tests.browser.looking import looked
from tests.factories.grids import square
from tests.world import CELL, EAST_VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAULTS = "[data-grid-faults]"


def handed_in():
    """A file with a grid over another one, a border that crosses itself, and a grid with a slit beside it."""
    bow = {
        "type": "Polygon",
        "coordinates": [[[117.5, 34.7], [117.51, 34.71], [117.51, 34.7], [117.5, 34.71], [117.5, 34.7]]],
    }
    said = [("003", square(117.595, 34.765, side=0.004)), ("004", bow), ("005", square(117.5599, 34.76, side=0.02))]
    features = [{"said": {"code": EAST_VILLAGE + n, "name": f"网格{n}"}, "boundary": shape} for n, shape in said]
    return prepare_import(read=Read("wgs84", features), actor=SYSTEM, at=clock.now())


def test_a_fault_is_found_from_the_table_and_from_the_map_and_a_grid_is_split(sign_in, county):
    held = handed_in()
    page = sign_in("administrator", width=390)
    page.goto(f"/grids/import/{held.pk}/")
    page.wait_for_selector(f"{FAULTS}[data-ready]")
    looked(page)
    page.locator("[data-pick='1'][data-mark='0']").click()
    page.wait_for_selector(f"{FAULTS}[data-chosen='1/0']")
    assert "row=1" in page.url
    page.locator(f"{FAULTS} path[role=button]").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{FAULTS}[data-chosen='0/0']")
    assert page.locator("#lines tr.pointed").get_attribute("data-row") == "0"
    page.get_by_role("link", name="In the table").click()
    assert page.evaluate("document.activeElement.dataset.pick") == "0"
    page.get_by_role("button", name="Next fault").click()
    page.wait_for_selector(f"{FAULTS}[data-chosen='1/0']")

    page.goto(f"/grids/{CELL}/split/")
    page.wait_for_selector("[data-grid-cut][data-ready]")
    looked(page)
    page.get_by_label("into a west and an east of the same size").check()
    page.get_by_role("button", name="Preview").click()
    page.wait_for_selector("[data-grid-cut][data-ready]")
    assert page.locator(".reshaped li").count() == 2
    looked(page)
    for one in page.locator("fieldset.people select").all():
        one.select_option("both")
    page.get_by_label("Reason").fill("too large")
    page.locator("form.gridmap .btn-primary").click()
    page.wait_for_url(f"**/grids/{EAST_VILLAGE}002/")
    assert not Cell.objects.get(code=CELL).active


def test_a_line_drawn_on_the_map_cuts_the_grid(sign_in, county):
    page = sign_in("administrator", width=1280)
    page.goto(f"/grids/{CELL}/split/")
    page.wait_for_selector("[data-grid-cut][data-ready]")
    page.locator(".leaflet-pm-toolbar [title='Draw Polyline'] a.leaflet-buttons-control-button, "
                 ".leaflet-pm-icon-polyline").first.click()  # fmt: skip
    box = page.locator("[data-grid-cut]").bounding_box()
    middle = box["x"] + box["width"] / 2
    for y in (box["y"] + 12, box["y"] + box["height"] - 12):
        page.mouse.move(middle, y)
        page.mouse.click(middle, y)
    page.locator(".action-finish").first.click()
    page.wait_for_selector("[data-grid-cut][data-written]")
    page.get_by_role("button", name="Preview").click()
    page.wait_for_selector("[data-grid-cut][data-ready]")
    assert page.locator(".reshaped li").count() == 2
