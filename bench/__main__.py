"""`python -m bench [--petitions N] [--seconds S] [--keep DIR]`: prints every figure as JSON, ratios included."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

from bench import engine, fill, house, load, yardsticks
from bench.filing import body, dispatcher_token, file_one

SMALL = 10_000
WARM_UP = 2


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="bench", description=__doc__)
    words.add_argument("--petitions", type=int, default=1_000_000)
    words.add_argument("--seconds", type=int, default=10)
    words.add_argument("--overdue", type=int, default=100_000)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="grid-bench-", dir=given.data) as folder:
        Path(folder).chmod(0o755)
        with house.servers(data=Path(folder)) as addresses:
            house.manage("migrate", "--verbosity", "0")
            house.manage("grant_rights")
            house.manage("load_reference")
            house.manage("seed_demo")
            house.manage("collectstatic", "--noinput", "--verbosity", "0")
            django.setup()
            figures = measure(given, addresses, Path(folder))
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def measure(given: argparse.Namespace, addresses: dict[str, str], data: Path) -> dict[str, Any]:
    """Every figure, in an order in which none spoils the next."""
    token = dispatcher_token()
    found = Figures(petitions=given.petitions)
    with house.web() as address:
        say("yardstick: bare view")
        found["bare_view"] = load.measure(url=f"{address}/bench/bare/", seconds=given.seconds)
        say("filing in the demo district")
        found["filing"] = filing(address, token, given.seconds)
        found["pgbench"] = yardsticks.pgbench(
            database_url=addresses["MIGRATION_DATABASE_URL"],
            case_id=file_one(address, token),
            seconds=given.seconds,
            data=data,
        )
    say("relay and transitions")
    found["transition"] = engine.transitions(1000)
    found["relay"] = engine.in_processes("drain")
    found["lists"] = {}
    began = time.monotonic()
    for already, total in ((0, SMALL), (SMALL, given.petitions)):
        say(f"filling to {total}")
        fill.fill(already=already, total=total)
        with house.web() as address:
            found["lists"] = {**found["lists"], str(total): reading(address, token, given.seconds)}
            if total == given.petitions:
                found["filing_full"] = filing(address, token, given.seconds)
    found["filled_in_seconds"] = round(time.monotonic() - began, 1)
    say("timers: idle look, then overdue ones")
    found["idle_poll"] = engine.idle_poll()
    fill.make_overdue(given.overdue)
    found["overdue_fired"] = engine.in_processes("fire")
    found["ratios"] = ratios(found, given.petitions)
    return found


def filing(address: str, token: str, seconds: int) -> dict[str, Any]:
    """The whole deed over HTTP."""
    load.measure(url=f"{address}/api/v1/petitions/", seconds=WARM_UP, authorization=token, body=body())
    return load.measure(url=f"{address}/api/v1/petitions/", seconds=seconds, authorization=token, body=body())


def reading(address: str, token: str, seconds: int) -> dict[str, Any]:
    """Lists of fifty, newest first, scoped by the person, plain and filtered; and one case. Each is warmed up first."""
    lists = {
        "newest": "/api/v1/petitions/",
        "filtered": "/api/v1/petitions/?state=dispatched&channel=hotline",
        "township": "/api/v1/petitions/?township=370404001",
        "due": "/api/v1/petitions/?ordering=stage_due_at&state=dispatched",
        "detail": f"/api/v1/petitions/{fill.some_case()}/",
    }
    for path in lists.values():
        load.measure(url=address + path, seconds=WARM_UP, authorization=token)
    return {
        name: load.measure(url=address + path, seconds=seconds, authorization=token) for name, path in lists.items()
    }


def ratios(found: dict[str, Any], total: int) -> dict[str, float]:
    """The figures that have an aim, as ratios of the same run."""
    small, large = found["lists"][str(SMALL)], found["lists"][str(total)]
    bare = found["bare_view"]["per_second"]
    return {
        "filing_of_pgbench": round(found["filing"]["per_second"] / found["pgbench"]["per_second"], 3),
        **{f"{name}_of_bare": round(large[name]["per_second"] / bare, 3) for name in large},
        **{
            f"{name}_large_over_small": round(small[name]["per_second"] / large[name]["per_second"], 3)
            for name in large
            if large[name]["per_second"]
        },
    }


class Figures(dict[str, Any]):
    """Figures that are also told as they come: a measurement of minutes is not lost with its last line."""

    def __setitem__(self, name: str, value: Any) -> None:
        say(f"{name}: {json.dumps(value, ensure_ascii=False)}")
        super().__setitem__(name, value)


def say(what: str) -> None:
    """Progress, beside the figures."""
    sys.stderr.write(f"bench: {what}\n")


if __name__ == "__main__":
    main()
