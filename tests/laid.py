"""The world laid in a moment: each process builds it once, and puts its rows back for every test that follows.

Sequences only go forward, so the ids of the first time stay free. The triggers see the rows in the order of the first
time, and the database checks everything again.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from typing import Any

from django.db import connection

from kernel import calendars
from tests.world import World, build

INSERT = re.compile(r'INSERT INTO "(\w+)"')
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = current_schema AND table_name = %s AND is_generated = 'NEVER'
"""
_kept: list[tuple[bytes, list[tuple[str, str]]]] = []  # the world and, for each of its tables, how to fill it with what


def lay() -> World:
    """Lay the world of `build()` in an empty database; what comes back is the caller's to change."""
    if not _kept:
        tables: dict[str, None] = {}
        with connection.execute_wrapper(_noting(tables)):
            world = build()
        _kept.append((pickle.dumps(world), [_rows(table) for table in tables]))
        return world
    pickled, filling = _kept[0]
    with connection.cursor() as cursor:
        for statement, rows in filling:
            cursor.execute(statement, [rows])
    calendars.forget()
    laid: World = pickle.loads(pickled)
    return laid


def _noting(tables: dict[str, None]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := INSERT.match(sql):
            tables.setdefault(found.group(1))
        return execute(sql, params, many, context)

    return note


def _rows(table: str) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        columns = cursor.fetchone()[0]
        cursor.execute(f"SELECT json_agg(one)::text FROM (SELECT {columns} FROM {table}) one")
        rows = cursor.fetchone()[0]
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s)", rows
