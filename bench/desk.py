"""`python -m bench.desk [--petitions N | --existing]`: first paint of the desk, a case beside it, and from a deed to the next case.

First asked as pages are, in the process: the desk with all its counts and filters, the right side alone, and a deed with
the case that follows it. Then in a headless Chromium before the web server: paints, and a deed until the next case is
painted. The aims are those of the browser, so each answer has to leave it room.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from typing import Any

from bench import fill, house, pages
from bench.painted import in_browser

AIMS_MS = {"desk": 1000.0, "deed to next case": 300.0}
TIMES = 20
PATHS = {
    "desk": "/desk/",
    "desk: to accept": "/desk/?queue=accept",
    "desk: urgent ones": "/desk/?urgency=critical",
    "desk: words that few have": "/desk/?q=%E6%9C%B1%E9%B9%AE",
    "desk: words that many have": "/desk/?q=%E5%B3%84%E5%9F%8E%E5%8C%BA",
    "desk: two words": "/desk/?q=%E8%B7%AF%E9%9D%A2%20%E7%A7%AF%E6%B0%B4",
    "desk: one character that none has": "/desk/?q=%E9%BE%98",
    "desk: the end of a number": "/desk/?q=777777",
    "desk: never opened": "/desk/?mark=new",
}
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "slot"}
ROLES = ("dispatcher", "center_director", "verifier")


def main() -> None:
    """Fill, ask, and print the figures."""
    words = argparse.ArgumentParser(prog="bench.desk", description=__doc__)
    words.add_argument("--petitions", type=int, default=1_000_000)
    words.add_argument("--browser-only", action="store_true", help="leave out what is asked in the process")
    house.asked(words, fill=lambda given: fill.fill(already=0, total=given.petitions), measure=_measured)


def _measured(given: argparse.Namespace) -> dict[str, Any]:
    found = {} if given.browser_only else measure()
    return {**found, "browser": painted()}


def measure() -> dict[str, Any]:
    """Milliseconds and statements of each page for each role, and of the way from a deed to the next case."""
    found: dict[str, Any] = {"aims_ms": AIMS_MS, "pages": {}}
    for role in ROLES:
        client = pages.signed_in(role)
        for label, path in PATHS.items():
            found["pages"][f"{role}: {label}"] = pages.page(client, path)
    dispatcher = pages.signed_in("dispatcher")
    found["pages"]["dispatcher: a case"] = _case(dispatcher)
    found["deed to next case"] = _triage(dispatcher)
    found["worst_page_p95_ms"] = max(one["p95_ms"] for one in found["pages"].values())
    return found


def painted() -> dict[str, Any]:
    """The same in a browser, for the first dispatcher."""
    from django.conf import settings

    with house.web() as address:
        username = pages.posted("dispatcher").user.username
        return in_browser(address=address, username=username, password=settings.DEMO_PASSWORD)


def _first(client: Any, path: str = "/desk/?queue=accept") -> str:
    """The address of the first case of the list."""
    page = client.get(path).content.decode()
    row = re.search(r'id="row-[^"]+" href="([^"]+)"', page)
    assert row, "nothing waits"
    return "/desk/" + row[1].replace("&amp;", "&")


def _case(client: Any) -> dict[str, Any]:
    """The right side alone, as it is swapped in when somebody opens a row."""
    address = _first(client)
    return house.timed(lambda: _pane(client, address), times=TIMES)


def _pane(client: Any, address: str) -> str:
    answer = client.get(address, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="desk-pane")
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def _triage(client: Any) -> dict[str, Any]:
    """Accept one case after the other; each answer holds the next one, and only the deed is timed."""
    page, spent = [_pane(client, _first(client))], []

    def deed() -> None:
        button = re.search(r'href="([^"]+/do/accept/[^"]*)"[^>]*data-key="a"', page[0])
        assert button, "the case cannot be accepted"
        address = button[1].replace("&amp;", "&")
        form = client.get(address, **HTMX).content.decode()
        version = re.search(r'name="version" value="(\d+)"', form)
        category = re.search(r'<option value="(\d{6})" selected', form)
        assert version, "the form carries no version"
        assert category, "the form begins without a category"
        began = time.perf_counter()
        answer = client.post(address, {"version": version[1], "category": category[1]}, **HTMX)
        spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.content.decode()[:500]
        page[0] = answer.content.decode()

    for _number in range(TIMES + 1):
        deed()
    ordered = sorted(spent[1:])  # the first warms up
    return {"asked": TIMES, "p50_ms": round(statistics.median(ordered), 3), "max_ms": round(ordered[-1], 3)}


if __name__ == "__main__":
    main()
