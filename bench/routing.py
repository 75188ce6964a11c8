"""`python -m bench.routing [--cases N] [--orders M]`: one routing decision, and hit-rates over N cases, as JSON."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import house

AIM_MS = 10.0
SEED = 370404

# Rows without their petitions: the figures are of reading these two tables, so keys are not looked after here.
FILL = """
DO $$ DECLARE key record; BEGIN
  FOR key IN SELECT conname, conrelid::regclass AS of FROM pg_constraint WHERE contype = 'f'
             AND conrelid IN ('dispatch_firstunit'::regclass, 'dispatch_workorder'::regclass) LOOP
    EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I', key.of, key.conname);
  END LOOP;
END $$;
ALTER TABLE dispatch_workorder DISABLE TRIGGER USER;

INSERT INTO dispatch_firstunit (petition_id, place, category, entry, reason, first_unit_id, last_unit_id, first_at)
SELECT gen_random_uuid(), '370404001006001', '010101', 'RL-' || g %% 700, 'by_list', u.units[1 + g %% cardinality(u.units)],
       u.units[1 + (g + CASE WHEN g %% 9 = 0 THEN 1 ELSE 0 END) %% cardinality(u.units)],
       now() - g * interval '31 seconds'
FROM generate_series(1, %(cases)s) g,
     (SELECT array_agg(id ORDER BY id) AS units FROM organizations_unit WHERE kind = 'department') u;

INSERT INTO dispatch_workorder (id, petition_id, version, state, round, urgency, place, unit_id, assists, reason,
    decision, instruction, limit_value, limit_unit, calendar_version, provisional, assigned_at, sign_due_at, half_at,
    yellow_at, handle_due_at, counted_from, counted_value, counted_unit, changed_at, result, return_note, bound, reworks,
    rung)
SELECT gen_random_uuid(), gen_random_uuid(), 2, 'signed', 1, 'ordinary', '370404001006001',
       u.units[1 + g %% cardinality(u.units)], '{}', 'by_list', '{}', '', 5, 'workday', 1, false, now(), now(), now(),
       now(), now(), now(), 5, 'workday', now(), '', '', false, 0, 0
FROM generate_series(1, %(orders)s) g,
     (SELECT array_agg(id ORDER BY id) AS units FROM organizations_unit WHERE kind IN ('department', 'stationed_agency')) u;
"""


def main() -> None:
    """Fill, decide, count, and print the figures."""
    words = argparse.ArgumentParser(prog="bench.routing", description=__doc__)
    words.add_argument("--cases", type=int, default=1_000_000)
    words.add_argument("--orders", type=int, default=100_000)
    words.add_argument("--asked", type=int, default=2_000)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with house.seeded(data=given.data):
        figures = measure(cases=given.cases, orders=given.orders, asked=given.asked)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def measure(*, cases: int, orders: int, asked: int) -> dict[str, Any]:
    """Milliseconds of a decision with everything it asks for, and of the hit-rates of a month and of all."""
    from datetime import timedelta

    from dispatch.hitrates import hit_rates
    from dispatch.queries import imagined, route_of
    from kernel import clock
    from kernel.actors import SYSTEM
    from organizations.models import Unit
    from petitions.models import Category

    _fill(cases=cases, orders=orders)
    chance, now = random.Random(SEED), clock.now()
    categories = list(Category.objects.filter(level=3).select_related("matter"))
    places = list(Unit.objects.filter(kind="village").values_list("area_id", flat=True))
    urgencies = ("ordinary", "urgent", "critical")
    reasons: dict[str, int] = {}

    def decide() -> None:
        trial = imagined(
            category=chance.choice(categories), place=chance.choice(places), urgency=chance.choice(urgencies)
        )
        found = route_of(petition=trial, at=now + timedelta(hours=chance.randrange(24)))
        reasons[str(found.reason)] = reasons.get(str(found.reason), 0) + 1

    decide()
    figures: dict[str, Any] = {"open_orders": orders, "decision": house.timed(decide, times=asked), "reasons": reasons}
    figures["decision_aim_met"] = figures["decision"]["p95_ms"] <= AIM_MS
    for name, days in (("hit_rates_month", 31), ("hit_rates_all", 40_000)):
        since = now - timedelta(days=days)
        figures[name] = {"cases": cases, **house.timed(_counting(hit_rates, SYSTEM, since, now), times=5)}
    return figures


def _counting(hit_rates: Any, actor: Any, since: Any, until: Any) -> Callable[[], None]:
    return lambda: hit_rates(actor=actor, by="entry", since=since, until=until) and None


def _fill(*, cases: int, orders: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(FILL, {"cases": cases, "orders": orders})
        cursor.execute("VACUUM ANALYZE dispatch_firstunit, dispatch_workorder")


if __name__ == "__main__":
    main()
