"""`python -m bench.map [--data DIR]`: how long the map takes until one can work with it, in a headless browser.

Interactive is: the page asked for, its outlines and figures fetched, every grid drawn, and a pointer answered. "first"
is a browser that has nothing yet, "again" the same one once more; the server has the outlines of this map either way,
and `computed_ms` says what it took to compute them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from bench import house

SIZES = {"2097": (1793, 304), "20000": (19_000, 1_000)}  # Tengzhou's basic and dedicated grids; and ten such counties
AIM_MS = {"2097": 1500, "20000": 4000}
TIMES = 3
READY = "#grid-map[data-ready][data-drawn]"
PLACE = "370404"


def main() -> None:
    """Measure each size in turn and print the figures."""
    words = argparse.ArgumentParser(prog="bench.map", description=__doc__)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with house.seeded(data=given.data):
        house.manage("collectstatic", "--noinput", "--verbosity", "0")
        found = {size: measure(size) for size in SIZES}
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


def measure(size: str) -> dict[str, Any]:
    """Figures of a map with so many grids."""
    basic, dedicated = SIZES[size]
    draw(basic=basic, dedicated=dedicated)
    computed = compute()
    with house.web() as address:
        spent = in_browser(address)
    return {"grids": basic + dedicated, "aim_ms": AIM_MS[size], **computed, **spent}


def draw(*, basic: int, dedicated: int) -> None:
    """Put a generated map in the place of the one that is there; the areas of its villages come with it."""
    from django.db import connection

    from grids.generation import Place, draw_district
    from grids.models import Cell
    from organizations.models import Area

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE grids_cell CASCADE")
    towns = [Place(f"{PLACE}{300 + n:03d}000", f"T{n}") for n in range(20)]
    villages = [Place(f"{PLACE}{300 + n // 60:03d}{200 + n % 60}", f"V{n}") for n in range(1200)]
    Area.objects.bulk_create(
        [
            *(Area(code=one.code, name=one.name, level="township", parent_id=f"{PLACE}000000") for one in towns),
            *(Area(code=one.code, name=one.name, level="village", parent_id=f"{one.code[:9]}000") for one in villages),
        ],
        ignore_conflicts=True,
    )
    drawn = draw_district(townships=towns, villages=villages, basic=basic, dedicated=dedicated, seed=7)
    rows = (Cell(**{name: getattr(one, name) for name in one.__dataclass_fields__}) for one in drawn)
    Cell.objects.bulk_create(rows, batch_size=2000)


def compute() -> dict[str, Any]:
    """What the server does once for a state of the map."""
    from grids.queries import forget, outlines

    forget()
    found: dict[str, Any] = {}
    for name, digits in (("townships", 9), ("villages", 12), ("grids", 15)):
        began = time.perf_counter()
        body = outlines(within=PLACE, digits=digits)
        found[name] = {"computed_ms": round((time.perf_counter() - began) * 1000), "kb": round(len(body) / 1024)}
    return {"outlines": found}


def in_browser(address: str) -> dict[str, Any]:
    """Milliseconds until the map can be worked with, of the first visit and of later ones, the middle of three."""
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.browsers import chromium, enter

    first, again, sent = [], [], 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for _time in range(TIMES):
            page = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}).new_page()
            enter(page, username="director", password=settings.DEMO_PASSWORD)
            first.append(visit(page))
            again.append(visit(page))
            sent = int(page.evaluate("Number(document.querySelector('#grid-map').dataset.drawn)"))
            page.context.close()
        browser.close()
    middle = TIMES // 2
    return {"first_ms": sorted(first)[middle], "again_ms": sorted(again)[middle], "drawn": sent}


def visit(page: Any) -> int:
    """One visit to the map of every grid: until it is drawn and has answered a pointer."""
    began = time.perf_counter()
    page.goto(f"/map/?place={PLACE}&grids=on&layers=dedicated", wait_until="commit")
    page.wait_for_selector(READY)
    page.mouse.move(500, 500)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return round((time.perf_counter() - began) * 1000)


if __name__ == "__main__":
    main()
