"""`python -m bench.statistics [--cases N]`: figures and the books over N cases, and what the indexes cost, as JSON.

With DATABASE_URL in the environment and `--existing` it asks a database that is filled already.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from bench import fill, house

AIM_MS = 500.0
QUESTIONS = {
    "a month by township, four figures": "of=filed,closed,on_time,satisfaction&by=township&period=month&on=2026-10-15",
    "a month by unit, beside the month before": "of=closed,on_time,satisfaction,reworked&by=unit&period=month&on=2026-10-15&against=before",
    "all by month, two figures": "of=filed,open&by=month&period=range&since=2024-11-01&until=2026-11-30",
    "all by township, four figures of filing": "of=filed,overdue,declined,joined&by=township&period=range&since=2024-11-01&until=2026-11-30",
    "all closed by township, four shares": "of=closed,on_time,satisfaction,resolved&by=township&period=range&since=2024-11-01&until=2026-11-30",
    "all by category and channel": "of=filed&by=category2&across=channel&period=range&since=2024-11-01&until=2026-11-30",
    "all by unit and month": "of=filed&by=unit&across=month&period=range&since=2024-11-01&until=2026-11-30",
    "all handling times, three percentiles by unit": "of=handling_p50,handling_p90,handling_p95&by=unit&period=range&since=2024-11-01&until=2026-11-30",
    "a month of handling in working hours by unit": "of=handling_work_p50,handling_work_p90,handling_work_p95&by=unit&period=month&on=2026-10-15",
    "all handling in working hours, three percentiles by unit": "of=handling_work_p50,handling_work_p90,handling_work_p95&by=unit&period=range&since=2024-11-01&until=2026-11-30",
    "a year of first units by unit": "of=first_unit,returned&by=unit&period=year&on=2026-06-01",
    "a month of grids": "of=filed&by=grid&period=month&on=2026-10-15",
}


def main() -> None:
    """Fill, ask, and print."""
    words = argparse.ArgumentParser(prog="bench.statistics", description=__doc__)
    words.add_argument("--cases", type=int, default=1_000_000)
    words.add_argument("--times", type=int, default=5)
    house.asked(
        words,
        fill=lambda given: fill.fill(already=0, total=given.cases),
        measure=lambda given: measure(times=given.times),
    )


def measure(*, times: int) -> dict[str, Any]:
    """Milliseconds of each question for whoever oversees the county, all statements included."""
    from urllib.parse import parse_qsl

    from assessment.statistics.balance import balances
    from assessment.statistics.counting import one_snapshot
    from kernel import clock
    from organizations.models import User
    from organizations.queries import actor_of
    from petitions.models import Petition

    at = clock.now()
    actor = actor_of(User.objects.get(username="director"), at=at)
    found: dict[str, Any] = {"cases": Petition.objects.count(), "aim_ms": AIM_MS, "questions": {}, "indexes": _sizes()}
    for name, query in QUESTIONS.items():
        found["questions"][name] = house.timed(_asking(dict(parse_qsl(query)), actor, at), times=times)

    def books() -> None:
        with one_snapshot():
            balances(actor=actor)

    found["questions"]["the books by township"] = house.timed(books, times=times)
    found["aim_met"] = all(one["p50_ms"] <= AIM_MS for one in found["questions"].values())
    return found


def _asking(said: dict[str, str], actor: Any, at: Any) -> Callable[[], object]:
    from assessment.statistics import asking
    from assessment.statistics.tables import table_of

    question = asking.read(said=said, at=at)
    return lambda: table_of(question=question, actor=actor, at=at)


def _sizes() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelname, pg_relation_size(indexrelid) / 1048576 FROM pg_stat_user_indexes"
            " WHERE indexrelname IN ('petitions_newest', 'petitions_ended')"
        )
        return {f"{name}_mb": int(size) for name, size in cursor.fetchall()}


if __name__ == "__main__":
    main()
