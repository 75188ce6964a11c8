"""`python -m bench.reproject [--orders N] [--data DIR]`: how long a new holiday notice takes over N open deadlines."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from bench import fill, house

AIM_SECONDS = 120


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
    """A holiday more in the coming week: what is in hand moves, and the second run has nothing to do."""
    from kernel import clock, projecting
    from kernel.calendar_notices import Day, days_of, latest, publish

    began = time.monotonic()
    fill.fill_in_hand(total=orders)
    filled = time.monotonic() - began
    at = clock.now()
    days = days_of(version=latest())
    taken = {day.date for day in days}
    extra = next(one for one in (at.date() + timedelta(days=n) for n in range(2, 30)) if one not in taken)
    publish(days=sorted([*days, Day(extra, "holiday", "bench", "bench")]), at=at)
    figures: dict[str, Any] = {"orders": orders, "filled_in_seconds": round(filled, 1), "aim_seconds": AIM_SECONDS}
    for name, write in (("dry_run", False), ("run", True), ("again", True)):
        began = time.monotonic()
        found = [step for _table, step in projecting.steps(at=at, write=write)]
        spent = time.monotonic() - began
        seen, moved = sum(one.seen for one in found), sum(one.moved for one in found)
        figures[name] = {
            "seconds": round(spent, 1),
            "seen": seen,
            "moved": moved,
            "per_second": round(seen / spent) if spent else 0,
        }
        sys.stderr.write(f"bench: {name}: {json.dumps(figures[name])}\n")
    figures["within_aim"] = figures["run"]["seconds"] <= AIM_SECONDS
    return figures


if __name__ == "__main__":
    main()
