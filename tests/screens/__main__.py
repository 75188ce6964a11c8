"""`make screens`: pictures of the pages of a demo district that runs, and docs/screens.md that shows them.

The district is the one that `make run` serves at PORT (8000 by default), once its history has grown.
"""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsers import chromium, enter
from tests.screens.table import CHAPTERS, Shot

DOCS = Path(__file__).resolve().parents[2] / "docs"
ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
PASSWORD = os.environ.get("DEMO_PASSWORD", "yicheng-demo")
SIZES = {"": (1440, 900), "_390": (390, 844)}
COLOURS = 128  # a page has few; the pictures stay small
LEAD = (
    "Pages of the demo district as `make run` shows them, in Chinese, on a desk (1440 pixels wide) and on a telephone\n"
    "(390 pixels). Every page is there in English too, and in a dark theme. `make screens` takes the pictures anew."
)


def main() -> None:
    """Take the pictures that are named, or all of them, and write the page that shows them."""
    wanted = set(sys.argv[1:])
    shots = [shot for chapter in CHAPTERS.values() for shot in chapter if not wanted or shot.name in wanted]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for suffix, (width, height) in SIZES.items():
            people: dict[str, Page] = {}
            for shot in shots:
                page = people.get(shot.who) or people.setdefault(shot.who, entered(browser, shot.who, width, height))
                keep(opened(page, shot).screenshot(full_page=shot.whole), DOCS / "screens" / f"{shot.name}{suffix}.png")
        browser.close()
    (DOCS / "screens.md").write_text(shown(), encoding="utf-8")


def entered(browser: Browser, who: str, width: int, height: int) -> Page:
    """A page of somebody who has signed in."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
    enter(page, username=who, password=PASSWORD, address=ADDRESS)
    return page


def opened(page: Page, shot: Shot) -> Page:
    """The page of a row, everything on it drawn. SystemExit where it is refused, has no such link or is too wide."""
    answer = page.goto(ADDRESS + shot.path)
    if shot.link:
        hrefs = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.getAttribute('href'))")
        found = next((href for href in hrefs if re.search(shot.link, href.split("?")[0] or href)), None)
        if found is None:
            sys.exit(f"{shot.name}: {shot.path} leads to nothing like {shot.link}")
        answer = page.goto(urljoin(page.url, found))
    if answer is None or not answer.ok:
        sys.exit(f"{shot.name}: {page.url} is refused")
    page.wait_for_load_state("load")
    page.wait_for_timeout(1200)  # charts and maps are drawn after the page is there
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        sys.exit(f"{shot.name}: {page.url} is too wide")
    return page


def keep(png: bytes, file: Path) -> None:
    """Write a picture with few colours."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stderr.write(f"{file.name}: {file.stat().st_size // 1024} kB\n")


def shown() -> str:
    """The page with all pictures."""
    parts = ["# Screens", "", LEAD]
    for chapter, shots in CHAPTERS.items():
        parts += ["", f"## {chapter}"]
        for name, text in ((shot.name, shot.text) for shot in shots):
            desk = f'<img src="screens/{name}.png" alt="{text}, on a desk" width="720">'
            phone = f'<img src="screens/{name}_390.png" alt="{text}, on a telephone" width="195">'
            parts += ["", f"**{text}**", "", f"{desk} {phone}"]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
