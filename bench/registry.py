"""`python -m bench.registry [--items N] [--versions V]`: "responsible for" with a list of N items × V versions."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from bench import house

AIM_MS = 2.0
SEED = 370404
AREA = "370404000000"
DAYS = 91  # of one version: a list that changes every quarter

TABLES = ("organizations_responsibilityentry", "registry_draft", "registry_draftline", "registry_itemversion")
# As an installation has them after years: every version but the last has ended, and the table of decisions follows.
FILL = """
INSERT INTO organizations_matter (code, name, domain, petition_kind, limit_value, limit_unit, basis)
SELECT 'BM-' || n, 'bench ' || n, 'bench', 'livelihood', 5, 'workday', 'bench' FROM generate_series(1, {items}) n;

INSERT INTO registry_draft (id, number, version, title, origin, reason, effective, state, document, note, opened_at,
                            decided_at)
VALUES ('00000000-0000-7000-8000-000000000000', 'BENCH', 1, 'bench', 'founding', 'bench', current_date, 'approved',
        'bench', '', now(), now());

INSERT INTO registry_draftline (draft_id, position, op, item_code, payload, faults, verdict)
SELECT '00000000-0000-7000-8000-000000000000', n, 'new', 'BM-' || n, '{{}}', '[]', 'new'
FROM generate_series(1, {items}) n;

INSERT INTO registry_item (id, version, code, kind, part, matter_id, area_id)
SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(m.id), 12, '0'))::uuid, {versions}, m.code, 'territorial', '', m.id,
       '{area}'
FROM organizations_matter m WHERE m.code LIKE 'BM-%';

CREATE TEMPORARY TABLE period AS
SELECT v AS number, current_date - ({versions} - v + 1) * {days} AS starts,
       CASE WHEN v < {versions} THEN current_date - ({versions} - v) * {days} END AS ends
FROM generate_series(1, {versions}) v;

INSERT INTO registry_itemversion (item_id, number, matter_id, area_id, name, domain, lead_rule, lead_unit_id, lead_duty,
    township_role, township_duty, basis, safeguards, limit_value, limit_unit, chart, categories, valid_from,
    valid_until, draft_line_id)
SELECT i.id, p.number, i.matter_id, i.area_id, 'bench', 'bench', 'unit', {unit}, 'bench', 'assist', 'bench', 'bench', '',
       5, 'workday', '[]', '{{}}', p.starts, p.ends, l.id
FROM registry_item i JOIN registry_draftline l ON l.item_code = i.code CROSS JOIN period p WHERE i.code LIKE 'BM-%';

INSERT INTO organizations_responsibilityentry (code, matter_id, area_id, duty, rule, unit_id, limit_value, limit_unit,
    basis, duty_text, valid_from, valid_until)
SELECT m.code || '-' || d.duty, m.id, '{area}', d.duty, d.rule, CASE d.duty WHEN 'lead' THEN {unit} END, 5, 'workday',
       'bench', 'bench', p.starts, p.ends
FROM organizations_matter m CROSS JOIN period p
CROSS JOIN (VALUES ('lead', 'unit'), ('assist', 'township_of_place')) d(duty, rule) WHERE m.code LIKE 'BM-%';

ANALYZE;
"""


def main() -> None:
    """Fill, ask, and print the figures."""
    words = argparse.ArgumentParser(prog="bench.registry", description=__doc__)
    words.add_argument("--items", type=int, default=10_000)
    words.add_argument("--versions", type=int, default=20)
    words.add_argument("--asked", type=int, default=5_000)
    words.add_argument("--data", type=Path)
    given = words.parse_args()
    with house.seeded(data=given.data):
        figures = measure(items=given.items, versions=given.versions, asked=given.asked)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


def measure(*, items: int, versions: int, asked: int) -> dict[str, Any]:
    """Milliseconds of the question for today and for days that only the database remembers."""
    from datetime import datetime, timedelta

    from kernel import clock
    from kernel.worktime import SHANGHAI
    from organizations.models import Matter, ResponsibilityEntry, Unit
    from organizations.queries import responsible_for, snapshot
    from registry.queries import who_was_responsible

    began = time.monotonic()
    _fill(items, versions, Unit.objects.get(code="DP-370404-CITYLAW").pk)
    figures: dict[str, Any] = {"items": items, "versions": versions, "filled_in_seconds": _since(began)}
    began = time.monotonic()
    held = snapshot.current()
    figures["entries"] = ResponsibilityEntry.objects.count()
    figures["in_memory"] = sum(len(rows) for rows in held.entries.values())
    figures["read_in_seconds"] = _since(began)
    chance = random.Random(SEED)
    matters = list(Matter.objects.filter(code__startswith="BM-").values_list("pk", "code"))
    places = list(Unit.objects.filter(kind="village").values_list("area_id", flat=True))
    now = clock.now()
    past = datetime.combine((now - timedelta(days=versions * DAYS - 30)).date(), datetime.min.time(), tzinfo=SHANGHAI)

    def today() -> None:
        responsible_for(matter_id=chance.choice(matters)[0], place=chance.choice(places), at=now)

    def then() -> None:
        responsible_for(matter_id=chance.choice(matters)[0], place=chance.choice(places), at=past)

    def who() -> None:
        who_was_responsible(code=chance.choice(matters)[1], place=chance.choice(places), on=past.date())

    figures["responsible_for"] = house.timed(today, times=asked)
    figures["responsible_for_years_ago"] = house.timed(then, times=asked // 5)
    figures["who_was_responsible"] = house.timed(who, times=asked // 5)
    figures["aim_ms"] = AIM_MS
    figures["within_aim"] = figures["responsible_for"]["p95_ms"] <= AIM_MS
    return figures


def _fill(items: int, versions: int, unit: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(FILL.format(items=items, versions=versions, unit=unit, area=AREA, days=DAYS))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _since(began: float) -> float:
    return round(time.monotonic() - began, 1)


if __name__ == "__main__":
    main()
