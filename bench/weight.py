"""`python -m bench.weight [--petitions N] [--data DIR] [--existing]`: what the main pages weigh for a browser that has nothing yet.

Each page is opened in a headless Chromium with an empty cache, as somebody who is signed in: the bytes that came over
the line (bodies as they were sent, compressed or not), the number of answers, the three heaviest, and the requests to
any other host than ours. Chinese type comes from the system where it has some; the served slices of Noto are only
fetched where it has none, and would then be counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

from bench import fill, house

AIM_KB, AIM_OUTSIDE = 600.0, 0
FEW = 2_000
HEAVIEST = 3
WHO = "director"
CASE = "a[href^='/cases/']"
# fmt: off
PAGES = (
    ("sign in",    "/sign-in/"),
    ("workbench",  "/"),
    ("desk",       "/desk/"),
    ("case file",  "/petitions/?state=dispatched"),
    ("list",       "/petitions/"),
    ("map",        "/map/"),
    ("wall",       "/wall/"),
    ("dashboard",  "/dashboard/"),
    ("statistics", "/assessment/statistics/"),
    ("search",     "/search/?q=%E8%B7%AF"),
    ("filing",     "/petitions/file/"),
    ("help",       "/help/"),
)
# fmt: on


def main() -> None:
    """Fill a little, weigh each page, and print."""
    words = argparse.ArgumentParser(prog="bench.weight", description=__doc__)
    words.add_argument("--petitions", type=int, default=FEW)
    words.add_argument("--data", type=Path)
    words.add_argument("--existing", action="store_true", help="weigh the pages of the base of the environment")
    given = words.parse_args()
    if given.existing:
        django.setup()
        pages = served()
    else:
        with house.seeded(data=given.data):
            fill.fill(already=0, total=given.petitions)
            pages = served()
    figures = {
        "aims": {"kb": AIM_KB, "outside": AIM_OUTSIDE},
        "pages": pages,
        "heaviest_kb": max(one["kb"] for one in pages.values()),
        "outside": sum(one["outside"] for one in pages.values()),
    }
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def served() -> dict[str, dict[str, Any]]:
    """Each page of the house that is set up, its files collected."""
    house.manage("collectstatic", "--noinput", "--verbosity", "0")
    with house.web() as address:
        return weigh(address)


def weigh(address: str) -> dict[str, dict[str, Any]]:
    """Each page by its name."""
    from playwright.sync_api import sync_playwright

    from tests.browsers import chromium

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        signed_in = sign_in(browser, address)
        found = {name: one_page(browser, address, signed_in, name, path) for name, path in PAGES}
        browser.close()
    return found


def sign_in(browser: Any, address: str) -> Any:
    """The cookies of somebody who is signed in."""
    from django.conf import settings

    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("input[name=username]").fill(WHO)
    page.locator("input[name=password]").fill(settings.DEMO_PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/")
    state = context.storage_state()
    context.close()
    return state


def one_page(browser: Any, address: str, signed_in: Any, name: str, path: str) -> dict[str, Any]:
    """One page in a browser of its own, until nothing more is on its way."""
    state = None if name == "sign in" else signed_in
    context = browser.new_context(base_url=address, storage_state=state, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    if name == "case file":
        page.goto(path)
        path = page.locator(CASE).first.get_attribute("href")
        page.goto("about:blank")
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: dict[str, str] = {}
    sent: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda one: asked.update({one["requestId"]: one["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda one: sent.update({one["requestId"]: one["encodedDataLength"]}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    context.close()
    return weighed(address, asked, sent)


def weighed(address: str, asked: dict[str, str], sent: dict[str, float]) -> dict[str, Any]:
    """Kilobytes of 1,000 with the heads of the answers, and who else was asked."""
    ours, over_the_line = urlsplit(address).netloc, {"http", "https", "ws", "wss"}
    places = [urlsplit(url) for url in asked.values()]
    outside = [one.netloc for one in places if one.scheme in over_the_line and one.netloc != ours]
    by_weight = sorted(sent, key=lambda one: -sent[one])[:HEAVIEST]
    return {
        "kb": round(sum(sent.values()) / 1000, 1),
        "answers": len(sent),
        "outside": len(outside),
        "heaviest": {
            urlsplit(asked[one]).path.rsplit("/", 1)[-1] or "/": round(sent[one] / 1000, 1) for one in by_weight
        },
    }


if __name__ == "__main__":
    main()
