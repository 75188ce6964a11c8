"""`python -m bench.reproject [--orders N] [--data DIR]`: how long a new holiday notice takes over N open deadlines."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from bench import fill, house

AIM_SECONDS = 120
WITHIN = timedelta(days=4)  # so that every clock still runs


def main() -> None:
    """Fill, publish a notice, carry it through, and print the figures."""
    words = argparse.ArgumentParser(prog="bench.reproject", description=__doc__)
    words.add_argument("--orders", type=int, default=100_000)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="grid-bench-", dir=given.data) as folder:
        Path(folder).chmod(0o755)
        with house.servers(data=Path(folder)):
            for command in (["migrate", "--verbosity", "0"], ["load_reference"], ["seed_demo"]):
                house.manage(*command)
            django.setup()
            figures = measure(given.orders)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def measure(orders: int) -> dict[str, Any]:
    """A holiday more in the coming days: what is in hand moves, and the second run has nothing to do."""
    from kernel import clock, projecting
    from kernel.calendar_notices import Day, days_of, latest, publish

    at = clock.now()
    filled, _none = timed(lambda: fill.fill_in_hand(total=orders, until=at, within=WITHIN))
    days = days_of(version=latest())
    taken = {day.date for day in days}
    extra = next(one for one in (at.date() + timedelta(days=n) for n in range(2, 30)) if one not in taken)
    publish(days=sorted([*days, Day(extra, "holiday", "bench", "bench")]), at=at)
    seconds, steps = timed(lambda: [step for _table, step in projecting.steps(at=at, write=False)])
    figures: dict[str, Any] = {
        "orders": orders,
        "filled_in_seconds": filled,
        "aim_seconds": AIM_SECONDS,
        "dry_run": told(seconds, sum(one.seen for one in steps), sum(one.moved for one in steps)),
    }
    seen = moved = 0
    for name in ("run", "again"):
        seconds, run = timed(lambda: projecting.perform_from_both_ends(at=at))
        figures[name] = told(seconds, run.seen - seen, run.moved - moved)
        seen, moved = run.seen, run.moved
        sys.stderr.write(f"bench: {name}: {json.dumps(figures[name])}\n")
    figures["within_aim"] = figures["run"]["seconds"] <= AIM_SECONDS
    return figures


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that work takes, and its answer."""
    began = time.monotonic()
    answer = work()
    return round(time.monotonic() - began, 1), answer


def told(seconds: float, seen: int, moved: int) -> dict[str, float]:
    """The figures of one walk."""
    return {"seconds": seconds, "seen": seen, "moved": moved, "per_second": round(seen / max(seconds, 0.1))}


if __name__ == "__main__":
    main()
