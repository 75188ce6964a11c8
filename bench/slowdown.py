"""`python -m bench.slowdown [--cases N]`: filings per second with what search and statistics keep, and without, as JSON.

In a house of its own: what a filing writes besides its rows is taken away piece by piece and laid again. Filing is by
the service, in one process, so that the database is what is measured and not the web server.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from bench import fill, house

ROUNDS, BATCH = 5, 200
# Without the columns that stand in them for statistics alone (ADR 0026).
NARROW = {
    "petitions_newest": "CREATE INDEX petitions_newest ON petitions_petition (filed_at, id)",
    "petitions_ended": "CREATE INDEX petitions_ended ON petitions_petition (closed_at, id) WHERE closed_at IS NOT NULL",
}
SEARCH = ("petitions_words", "petitions_number_tail")
TRIGGERS = "ALTER TABLE petitions_petition {word} TRIGGER petitions_tally_{which}"
WAYS = {
    "as it is": (False, False, False),
    "without the indexes of search": (True, False, False),
    "with the narrow indexes": (False, True, False),
    "without the trigger of the counters": (False, False, True),
    "without all of them": (True, True, True),
}


def main() -> None:
    """Fill, file, and print."""
    words = argparse.ArgumentParser(prog="bench.slowdown", description=__doc__)
    words.add_argument("--cases", type=int, default=100_000, help="how many there are already: indexes of some size")
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with house.seeded(data=given.data):
        fill.fill(already=0, total=given.cases)
        figures = {"cases": given.cases, **measure()}
        sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def measure() -> dict[str, Any]:
    """Filings per second each way, in turns, half of the rounds quicker; and how much quicker than as it is."""
    laid = _laid()
    rates: dict[str, list[float]] = {name: [] for name in WAYS}
    _file(BATCH)  # what is read once is read now
    for _round in range(ROUNDS):
        for name, (search, narrow, trigger) in WAYS.items():
            _take_away(search=search, narrow=narrow, trigger=trigger)
            began = time.perf_counter()
            _file(BATCH)
            rates[name].append(BATCH / (time.perf_counter() - began))
            _lay_again(laid)
    half = {name: round(statistics.median(found), 1) for name, found in rates.items()}
    ratios = {name: round(one / half["as it is"], 3) for name, one in half.items()}
    return {"rounds": ROUNDS, "filings_per_second": half, "of_as_it_is": ratios, "indexes_mb": _sizes()}


def _file(count: int) -> None:
    """File so many petitions as the hotline does, each in a transaction of its own."""
    from kernel import clock
    from organizations.models import Posting
    from organizations.queries import actor_of
    from petitions.services.filing import ReporterData, file_petition

    posting = Posting.objects.filter(role="dispatcher", unit__level="county").select_related("user").first()
    if posting is None:
        raise RuntimeError("the district has no dispatcher")
    at = clock.now()
    actor = actor_of(posting.user, at=at)
    for number in range(count):
        file_petition(
            nature="complaint",
            channel="hotline",
            title=f"市场北门占道经营 {number}",
            description="每天早上市场门口的人行道被摊贩占满，老人和孩子只能走在车道上，希望尽快派人到现场查看。",
            address=f"峄城区承水路{number % 500}号",
            lng=117.59,
            lat=34.77,
            reporter=ReporterData(name="张三", phone="13800000000"),
            actor=actor,
            at=at,
        )


def _laid() -> dict[str, str]:
    """How each of the indexes is made."""
    wanted = (*SEARCH, *NARROW)
    return dict(_asked("SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(wanted)]))


def _take_away(*, search: bool, narrow: bool, trigger: bool) -> None:
    if search:
        _do(*(f"DROP INDEX {name}" for name in SEARCH))
    if narrow:
        _do(*(f"DROP INDEX {name}" for name in NARROW), *NARROW.values())
    if trigger:
        _do(*(TRIGGERS.format(word="DISABLE", which=which) for which in ("come", "moved")))
    _settle()


def _lay_again(laid: dict[str, str]) -> None:
    now = _laid()
    for name, made in laid.items():
        if now.get(name) != made:
            _do(f"DROP INDEX IF EXISTS {name}", made)
    _do(*(TRIGGERS.format(word="ENABLE", which=which) for which in ("come", "moved")))


def _settle() -> None:
    """What was put off, such as the pending list of the words, is done now and not during the filings."""
    _do("VACUUM (ANALYZE) petitions_petition")


def _do(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


def _asked(statement: str, given: list[Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _sizes() -> dict[str, int]:
    size = "SELECT indexrelname, pg_relation_size(indexrelid) / 1048576 FROM pg_stat_user_indexes WHERE indexrelname = ANY(%s)"
    return {name: int(found) for name, found in _asked(size, [[*SEARCH, *NARROW]])}


if __name__ == "__main__":
    main()
