"""`python -m bench.seen [--calls N]`: from filing a call to the called officer seeing it, with Redis and without it.

A township officer files over the API of a real server; a Chromium stands open at the called officer's desk. What is
measured is when the page itself first shows the toast of the bell, and when it first shows the row of the call.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from bench import house

CATEGORY = "010101"
PATIENCE = 40.0  # seconds until a call counts as never seen
# When the page first shows a text of a call, and when it first shows one toast more than before.
WATCH = """() => {
  window.shown = {};
  const note = (name) => { window.shown[name] ??= Date.now(); };
  const look = () => {
    for (const row of document.querySelectorAll("#found td a.title")) note(`row ${row.textContent.trim()}`);
    const toasts = document.querySelectorAll("#toasts li").length;
    for (let number = 1; number <= toasts; number += 1) note(`toast ${number}`);
  };
  look();
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}"""


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="bench.seen", description=__doc__)
    words.add_argument("--calls", type=int, default=40)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread
    with house.seeded(data=given.data) as both:
        house.manage("collectstatic", "--noinput", "--verbosity", "0")
        token, called = people()
        figures: dict[str, Any] = {"calls": given.calls}
        with house.web() as address:
            figures["with_redis"] = watched(address, token, called, calls=given.calls)
            both.valkey.stop()
            figures["redis_stopped"] = watched(address, token, called, calls=given.calls)
        figures["load"] = os.getloadavg()[0]
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def people() -> tuple[str, str]:
    """The token of a township's officer, and the account of whoever the list calls for the category."""
    from knox.models import AuthToken

    from kernel import clock
    from organizations.models import Posting
    from organizations.queries import responsible_for
    from petitions.models import Category

    officer = Posting.objects.filter(role="township_officer").select_related("user", "unit").order_by("pk")[0]
    matter = Category.objects.get(code=CATEGORY).matter_id
    lead = responsible_for(matter_id=matter or 0, place=officer.unit.area_id, at=clock.now()).lead
    if lead is None:
        raise RuntimeError("the list names nobody for the category")
    handler = Posting.objects.filter(role="handler", unit_id=lead.unit_id).select_related("user").order_by("pk")[0]
    return f"Token {AuthToken.objects.create(officer.user)[1]}", handler.user.username


def watched(address: str, token: str, username: str, *, calls: int) -> dict[str, Any]:
    """File calls one after the other, at moments that have nothing to do with the page's own rhythm."""
    from playwright.sync_api import sync_playwright

    from tests.browsers import chromium

    pause = random.Random(1)
    toasts: list[float] = []
    rows: list[float] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(base_url=address)
        _open_desk(page, username)
        for number in range(1, calls + 1):
            page.wait_for_timeout(pause.uniform(500, 4000))
            asked = f"bench {number} {uuid.uuid4().hex[:6]}"
            filed = _file(address, token, asked)
            rows.append(_when(page, f"row {asked}") - filed)
            toasts.append(_when(page, f"toast {number}") - filed)
        browser.close()
    return {"toast": _spread(toasts), "row": _spread(rows)}


def _open_desk(page: Any, username: str) -> None:
    from django.conf import settings

    from tests.browsers import enter

    enter(page, username=username, password=settings.DEMO_PASSWORD)
    page.goto("/calls/?tab=mine")
    page.evaluate(WATCH)


def _file(address: str, token: str, asked: str) -> float:
    """File an emergency, which goes to the lead at once; the moment before the request, in seconds."""
    request = urllib.request.Request(
        f"{address}/api/v1/calls/",
        data=json.dumps({"kind": "emergency", "asked": asked, "category": CATEGORY}).encode(),
        headers={"Authorization": token, "Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex},
    )
    began = time.time()
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 201
    return began


def _when(page: Any, name: str) -> float:
    """The moment at which the page first showed it, in seconds; infinity where it never did."""
    until = time.time() + PATIENCE
    while time.time() < until:
        seen = page.evaluate("(name) => window.shown[name] ?? 0", name)
        if seen:
            return float(seen) / 1000
        page.wait_for_timeout(20)
    return float("inf")


def _spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    at = min(int(len(ordered) * 0.95), len(ordered) - 1)
    return {
        "p50_s": round(statistics.median(ordered), 2),
        "p95_s": round(ordered[at], 2),
        "max_s": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    main()
