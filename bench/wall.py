"""`python -m bench.wall [--existing]`: what one drawing of a big screen takes at each level, and how many statements.

With DATABASE_URL in the environment and `--existing` it asks a database that is filled already. The shared count of a
ground is thrown away before every drawing: what is measured is the first screen of a ground within five seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

import django

from bench import fill, house

AIM_MS = 1000.0


def main() -> None:
    """Fill, draw, and print."""
    words = argparse.ArgumentParser(prog="bench.wall", description=__doc__)
    words.add_argument("--cases", type=int, default=1_000_000)
    words.add_argument("--times", type=int, default=5)
    words.add_argument("--data", type=Path)
    words.add_argument("--existing", action="store_true")
    given = words.parse_args()
    if given.existing:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
        django.setup()
        figures = measure(times=given.times)
    else:
        with house.seeded(data=given.data):
            fill.fill(already=0, total=given.cases)
            figures = measure(times=given.times)
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


def measure(*, times: int) -> dict[str, Any]:
    """Milliseconds of the screens of a county, of its busiest township and of the busiest village of that."""
    from django.db.models import Count

    from kernel import clock
    from organizations.models import User
    from organizations.queries import actor_of
    from petitions.models import Petition

    at = clock.now()
    actor = actor_of(User.objects.get(username="director"), at=at)

    def busiest(column: str, **inside: str) -> str:
        rows = Petition.objects.filter(**inside).exclude(**{column: ""}).values(column).annotate(n=Count("pk"))
        return str(rows.order_by("-n")[0][column])

    township = busiest("township_code")
    grounds = {"county": "", "township": township, "village": busiest("village_code", township_code=township)}
    screens = {name: _screen(actor, at, place, times) for name, place in grounds.items()}
    met = all(one["p50_ms"] <= AIM_MS for one in screens.values())
    return {"cases": Petition.objects.count(), "aim_ms": AIM_MS, "screens": screens, "aim_met": met}


def _screen(actor: Any, at: Any, place: str, times: int) -> dict[str, float]:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from governance.web.tiles import tiles
    from governance.web.wall import panels
    from governance.web.wall.ground import ground_of
    from governance.web.wall.reading import Reading
    from governance.web.wall.scenes import drawn

    ground = ground_of(actor=actor, asked=place)

    def draw() -> None:
        cache.clear()
        reading = Reading(actor=actor, at=at, ground=ground)
        tiles(counted=reading.figures, place=ground.place)
        drawn(reading)
        panels.orders(reading)

    with CaptureQueriesContext(connection) as said:
        draw()
    slowest = max((float(one["time"]) * 1000 for one in said.captured_queries), default=0.0)
    return {**house.timed(draw, times=times), "statements": len(said), "slowest_statement_ms": round(slowest, 1)}


if __name__ == "__main__":
    main()
