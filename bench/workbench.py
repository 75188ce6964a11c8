"""`python -m bench.workbench [--existing]`: the first page after signing in, for those with the most and the least to do.

Asked as pages are, in the process: all queues counted, the rows that are shown with their clocks, and what stands beside.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from bench import fill, house, pages

AIM_MS = 500.0
ROLES = ("dispatcher", "center_director", "verifier", "handler", "township_officer", "village_officer", "supervisor")


def main() -> None:
    """Fill, ask, and print the figures."""
    words = argparse.ArgumentParser(prog="bench.workbench", description=__doc__)
    words.add_argument("--petitions", type=int, default=1_000_000)
    house.asked(words, fill=lambda given: fill.fill(already=0, total=given.petitions), measure=lambda _given: measure())


def measure() -> dict[str, Any]:
    """Milliseconds and statements of the workbench for each role, and of the list alone as it is fetched again."""
    found: dict[str, Any] = {"aim_p95_ms": AIM_MS, "pages": {}}
    for role in ROLES:
        client = pages.signed_in(role)
        found["pages"][role] = pages.page(client, "/")
        found["pages"][f"{role}: the list again"] = house.timed(partial(_again, client), times=pages.TIMES)
    found["worst_p95_ms"] = max(one["p95_ms"] for one in found["pages"].values())
    found["over_aim"] = sorted(name for name, one in found["pages"].items() if one["p95_ms"] > AIM_MS)
    return found


def _again(client: Any) -> None:
    answer = client.get("/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 200, answer.status_code


if __name__ == "__main__":
    main()
