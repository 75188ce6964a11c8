"""Several lists as one in the order of an instant: pages by key over tables that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from kernel.keyset import bad_cursor, instant_of, read_cursor, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One list. `due`: the path of the instant that it is ordered by, such as "petition__stage_due_at"."""

    key: str
    rows: QuerySet[Any]
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the whole: which list it is of, and the cursor of what comes after it."""

    key: str
    row: Any
    due: datetime
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A page of the whole, and the cursors of the pages beside it ("" where there is none)."""

    rows: Sequence[Entry]
    next: str
    previous: str


def merged(streams: Sequence[Stream], *, cursor: str = "", size: int = 50) -> Merged:
    """One page of all lists together, the soonest first; one statement for each list, none of them deeper than a page.

    The keys of the rows must be of one kind in all lists. Raises Invalid for a cursor that is none of ours.
    """
    backward, edge = read_cursor(cursor)
    entries = [entry for one in streams for entry in _entries(one, edge, backward=backward, most=size + 1)]
    entries.sort(key=lambda one: (one.due, one.row.pk), reverse=backward)
    more, shown = len(entries) > size, entries[:size]
    if backward:
        shown.reverse()
    has_next, has_previous = (bool(shown), more) if backward else (more, edge is not None and bool(shown))
    return Merged(
        rows=shown,
        next=shown[-1].place if has_next else "",
        previous=written(value=shown[0].due, pk=shown[0].row.pk, direction="b") if has_previous else "",
    )


def _entries(stream: Stream, edge: list[Any] | None, *, backward: bool, most: int) -> list[Entry]:
    rows = stream.rows if edge is None else stream.rows.filter(_beyond(stream, edge, backward=backward))
    sign, due_of = "-" if backward else "", attrgetter(stream.due.replace("__", "."))
    found = rows.order_by(f"{sign}{stream.due}", f"{sign}pk")[:most]
    return [
        Entry(key=stream.key, row=row, due=due_of(row), place=written(value=due_of(row), pk=row.pk)) for row in found
    ]


def _beyond(stream: Stream, edge: list[Any], *, backward: bool) -> Q:
    """Past the edge; the plain bound on the instant is what lets PostgreSQL start in the middle of the index."""
    moment, pk = instant_of(edge[0]), edge[1]
    far, near = ("lt", "lte") if backward else ("gt", "gte")
    try:
        key = stream.rows.model._meta.pk.to_python(pk)
        if key is None:
            raise bad_cursor()
    except (ValidationError, ValueError, TypeError) as error:
        raise bad_cursor() from error
    return Q(**{f"{stream.due}__{near}": moment}) & (Q(**{f"{stream.due}__{far}": moment}) | Q(**{f"pk__{far}": key}))
