"""A million petitions by SQL, in the proportions of a district that has run for years: most are archived."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from bench import texts

SLICE = 50_000

# Of each hundred: 80 archived, 6 closed, 10 in hand, 2 verified, 1 accepted, 1 filed.
MIXED = """CASE WHEN g %% 100 < 80 THEN 'archived' WHEN g %% 100 < 86 THEN 'closed'
                                WHEN g %% 100 < 96 THEN 'dispatched' WHEN g %% 100 < 98 THEN 'verified'
                                WHEN g %% 100 = 98 THEN 'accepted' ELSE 'filed' END"""
# Ids as the product makes them (kernel/ids.py): those of one hour lie together.
NEW_ID = """(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0') || '7' || left({salt}, 3) || 'a' ||
   substr({salt}, 4, 15))::uuid"""
PETITIONS = f"""
INSERT INTO petitions_petition (
  id, number, tracking_code, version, state, round, kind, nature, channel, source, source_no, category_id, urgency,
  title, description, salt, address, lng, lat, distance_m, county_code, township_code, village_code, cell_code,
  center_id, lead_unit_id, involved, holder, unroutable, rung, registrar_id, reporter_masked, confidential,
  filed_at, accepted_at, dispatched_at, handled_at, verified_at, closed_at, changed_at, stage_due_at, due_at,
  due_provisional, limit_value, limit_unit, on_time, satisfaction, resolved, rating_note)
SELECT
  {NEW_ID.format(at="f.at", salt="md5(g::text)")}, 'B' || lpad(g::text, 12, '0'), 'B' || lpad(g::text, 9, '0'), 5,
  s.state, 1, 'livelihood', 'complaint', (ARRAY['hotline','gridworker','app','mailbox'])[(1 + g %% 4)::int], '', '',
  p.categories[(1 + (g * 7919) %% cardinality(p.categories))::int], 'ordinary',
  {texts.TITLE}, {texts.DESCRIPTION}, '\\x00', {texts.ADDRESS},
  117.59, 34.77, 0, left(c.code, 6), left(c.code, 9), left(c.code, 12), c.code,
  p.center, CASE WHEN s.state IN ('filed', 'accepted') THEN NULL ELSE u.unit END,
  CASE WHEN s.state IN ('filed', 'accepted') THEN ARRAY[p.center] ELSE ARRAY[p.center, u.unit] END,
  'nobody', '', 0, NULL, '张*', false,
  f.at, f.at + interval '1 hour', f.at + interval '1 hour', f.at + interval '2 days', f.at + interval '3 days',
  CASE WHEN s.state IN ('archived', 'closed') THEN f.at + interval '4 days' END,
  f.at + interval '4 days', f.at + interval '5 days', f.at + interval '7 days',
  false, 5, 'workday', true, '', NULL, ''
FROM generate_series(%(first)s::bigint, %(last)s::bigint) g
CROSS JOIN (SELECT (SELECT array_agg(code ORDER BY code) FROM petitions_category WHERE level = 3) AS categories,
                   (SELECT array_agg(id ORDER BY id) FROM organizations_unit WHERE kind = 'department') AS units,
                   (SELECT array_agg(code ORDER BY code) FROM grids_cell) AS cells,
                   (SELECT id FROM organizations_unit WHERE kind = 'command_center' AND level = 'county' LIMIT 1) AS center
            ) p
CROSS JOIN LATERAL (SELECT p.cells[(1 + (g * 104729) %% cardinality(p.cells))::int] AS code) c
CROSS JOIN LATERAL (SELECT p.units[(1 + (g * 31) %% cardinality(p.units))::int] AS unit) u
CROSS JOIN LATERAL (SELECT %(until)s::timestamptz - (%(total)s - g) * make_interval(secs => %(gap)s) AS at) f
CROSS JOIN LATERAL (SELECT {MIXED} AS state) s
"""
OF_SLICE = "FROM petitions_petition p WHERE p.number >= 'B' || lpad(%(first)s::text, 12, '0') AND p.number <= 'B' || lpad(%(last)s::text, 12, '0')"
REST = (
    f"""
INSERT INTO petitions_reporter (petition_id, name, phone, identity, home, phone_index, identity_index, phone_masked, salt)
SELECT p.id, '', '', '', '', '', '', '138****0000', '\\x00' {OF_SLICE}""",
    f"""
INSERT INTO kernel_event (case_id, name, subject_id, actor_key, occurred_at, holder, payload, request_id, canonical,
                          seq, prev, hash)
SELECT p.id, 'petition.filed', p.id::text, 'system', p.filed_at, p.holder,
       '{{"kind": "livelihood", "channel": "hotline", "urgency": "ordinary", "category": "", "place": "", "content": "", "reporter": ""}}',
       '', '{{"bench":"' || p.number || '"}}', 1, '', '' {OF_SLICE}""",
    f"""
INSERT INTO kernel_timer (case_id, subject_id, kind, generation, state, started_at, due_at, attempts, error)
SELECT p.id, p.id::text, 'petition.archive', 1, 'armed', p.filed_at, timestamptz '2036-01-01', 0, '' {OF_SLICE}""",
    f"""
INSERT INTO dispatch_workorder (id, petition_id, version, state, round, urgency, place, unit_id, assists, reason,
  decision, instruction, limit_value, limit_unit, calendar_version, provisional, assigned_at, sign_due_at, half_at,
  yellow_at, handle_due_at, changed_at, signed_at, result, return_note, bound, reworks, rung, counted_from,
  counted_value, counted_unit)
SELECT {NEW_ID.format(at="p.dispatched_at", salt="md5('order' || p.number)")}, p.id, 2, 'signed', 1, 'ordinary', p.cell_code, p.lead_unit_id, '{{}}', 'by_list',
  '{{}}', '', 5, 'workday', 1, false, p.dispatched_at, p.dispatched_at + interval '2 hours',
  p.dispatched_at + interval '3 days', p.dispatched_at + interval '4 days', p.due_at, p.changed_at,
  p.dispatched_at + interval '1 hour', '', '', false, 0, 0, p.dispatched_at, 5, 'workday' {OF_SLICE} AND p.state = 'dispatched'""",
)
PARKED = """
INSERT INTO kernel_timer (case_id, subject_id, kind, generation, state, started_at, due_at, attempts, error)
SELECT o.petition_id, o.id::text, 'order.handle', 1, 'armed', o.assigned_at, timestamptz '2036-01-01', 0, ''
  FROM dispatch_workorder o JOIN petitions_petition p ON p.id = o.petition_id
 WHERE p.number >= 'B' || lpad(%(first)s::text, 12, '0') AND p.number <= 'B' || lpad(%(last)s::text, 12, '0')"""
# The clocks of what a unit has in hand: to the light, to the end, and the promise to the citizen.
CLOCKS = """
INSERT INTO kernel_timer (case_id, subject_id, kind, generation, state, started_at, due_at, attempts, error)
SELECT o.petition_id, c.subject, c.kind, 1, 'armed', o.assigned_at, c.due, 0, ''
  FROM dispatch_workorder o JOIN petitions_petition p ON p.id = o.petition_id
 CROSS JOIN LATERAL (VALUES (o.id::text, 'order.handle', o.handle_due_at), (o.id::text, 'order.warn', o.yellow_at),
                            (p.id::text, 'petition.resolve', o.handle_due_at)) AS c (subject, kind, due)
 WHERE p.number >= 'B' || lpad(%(first)s::text, 12, '0') AND p.number <= 'B' || lpad(%(last)s::text, 12, '0')"""
# Which unit had a case first and which last, for one in nine not the same.
FIRST_UNITS = """
INSERT INTO dispatch_firstunit (petition_id, place, category, entry, reason, first_unit_id, last_unit_id, first_at)
SELECT p.id, p.cell_code, p.category_id, '', 'by_list', p.lead_unit_id,
       CASE WHEN right(p.number, 6)::int % 9 = 0 THEN (SELECT min(id) FROM organizations_unit WHERE kind = 'department')
            ELSE p.lead_unit_id END, p.dispatched_at
  FROM petitions_petition p WHERE p.number LIKE 'B%'"""
LATEST = "2026-11-20 12:00+08"


def fill(*, already: int, total: int) -> None:
    """Bring the number of filled petitions from `already` to `total`."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        words = _without_words(cursor) if total - already > SLICE else ""
        for first in range(already + 1, total + 1, SLICE):
            last = min(first + SLICE - 1, total)
            numbers: dict[str, Any] = {"first": first, "last": last, "total": 1_000_000, "until": LATEST, "gap": 60}
            for statement in (PETITIONS, *REST, PARKED):
                cursor.execute(statement, numbers)
            sys.stderr.write(f"bench: {last} petitions\n")
        cursor.execute(f"SET maintenance_work_mem = '256MB'; {words}")
        cursor.execute("VACUUM ANALYZE")


def _without_words(cursor: Any) -> str:
    """Drop the index of words, and say how to make it anew: at once that takes less than row by row."""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'petitions_words'")
    definition: str = cursor.fetchone()[0]
    cursor.execute("DROP INDEX petitions_words")
    return definition


def fill_in_hand(*, total: int, until: datetime, within: timedelta) -> None:
    """So many petitions that are all in the hands of a unit, filed evenly in the days before an instant."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for first in range(1, total + 1, SLICE):
            numbers: dict[str, Any] = {"first": first, "last": min(first + SLICE - 1, total), "total": total}
            numbers |= {"until": until, "gap": within.total_seconds() / total}
            for statement in (PETITIONS.replace(MIXED, "'dispatched'"), *REST, CLOCKS):
                cursor.execute(statement, numbers)
        cursor.execute("VACUUM ANALYZE")


def fill_past(*, total: int, until: datetime, within: timedelta) -> None:
    """So many petitions that were done, filed evenly in the time before an instant, with the units that had them."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for first in range(1, total + 1, SLICE):
            numbers: dict[str, Any] = {"first": first, "last": min(first + SLICE - 1, total), "total": total}
            numbers |= {"until": until, "gap": within.total_seconds() / total}
            cursor.execute(PETITIONS.replace(MIXED, "'archived'"), numbers)
        cursor.execute(FIRST_UNITS)
        cursor.execute("VACUUM ANALYZE")


def some_case() -> str:
    """A case in hand among those that were filled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM petitions_petition WHERE number LIKE 'B%' AND state = 'dispatched' LIMIT 1")
        return str(cursor.fetchone()[0])


def make_overdue(count: int) -> None:
    """Let the clocks of so many orders run out a minute ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_timer SET due_at = now() - interval '1 minute' WHERE id IN "
            "(SELECT t.id FROM kernel_timer t JOIN dispatch_workorder o ON o.id::text = t.subject_id"
            " WHERE t.kind = 'order.handle' AND t.state = 'armed' AND o.handle_due_at < now() LIMIT %s)",
            [count],
        )
