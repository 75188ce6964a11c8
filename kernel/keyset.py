"""Pages by key, not by number: the thousandth page costs what the first one costs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connections
from django.db.models import DateTimeField, IntegerField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, and the cursors of the pages beside it ("" where there is none)."""

    rows: Sequence[Any]
    next: str
    previous: str


def page(queryset: QuerySet[Any], *, order: str, cursor: str = "", size: int = 50) -> Page:
    """One page ordered by a non-null field and the primary key. `order` is a field name, "-" before it for descending.

    Rows may be model instances or dicts of .values() that include the field and "pk". Raises Invalid on a bad cursor.
    """
    field, descending = order.removeprefix("-"), order.startswith("-")
    backward, edge = read_cursor(cursor)
    if edge is not None:
        queryset = _beyond(queryset, field, edge, below=descending != backward)
    sign = "-" if descending != backward else ""
    rows = list(queryset.order_by(f"{sign}{field}", f"{sign}pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backward:
        rows.reverse()
    has_next, has_previous = (bool(rows), more) if backward else (more, edge is not None and bool(rows))
    return Page(
        rows=rows,
        next=_write(rows[-1], field, "f") if has_next else "",
        previous=_write(rows[0], field, "b") if has_previous else "",
    )


def _beyond(queryset: QuerySet[Any], field: str, edge: list[Any], *, below: bool) -> QuerySet[Any]:
    """Rows past the edge. The plain bound on the field is what lets PostgreSQL start in the middle of the index."""
    value, pk = edge
    if isinstance(queryset.model._meta.get_field(field), DateTimeField):
        value = instant_of(value)
    far, near = ("lt", "lte") if below else ("gt", "gte")
    try:
        return queryset.filter(
            Q(**{f"{field}__{near}": value}) & (Q(**{f"{field}__{far}": value}) | Q(**{f"pk__{far}": pk}))
        )
    except (ValidationError, ValueError, TypeError) as error:
        raise bad_cursor() from error


def instant_of(value: Any) -> datetime:
    """An aware instant; a cursor from outside may hold anything."""
    try:
        found = datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise bad_cursor() from error
    if found.tzinfo is None:
        raise bad_cursor()
    return found


def _write(row: Any, field: str, direction: str) -> str:
    value, pk = (row[field], row["pk"]) if isinstance(row, dict) else (getattr(row, field), row.pk)
    return written(value=value, pk=pk, direction=direction)


def written(*, value: Any, pk: Any, direction: str = "f") -> str:
    """The cursor of what lies past an edge: "f" after it, "b" before it."""
    return base64.urlsafe_b64encode(orjson.dumps([direction, value, pk], default=str)).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[bool, list[Any] | None]:
    """Whether to go backward, and the value and key of the edge; None for the beginning. Raises Invalid."""
    if not cursor:
        return False, None
    try:
        direction, value, pk = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, orjson.JSONDecodeError, ValueError, TypeError) as error:
        raise bad_cursor() from error
    if direction not in ("f", "b"):
        raise bad_cursor()
    return direction == "b", [value, pk]


def bad_cursor() -> Invalid:
    """What is said about a cursor that is none of ours."""
    return Invalid(_("This page address is not valid."), fields={"cursor": [_("Not a cursor of this list.")]})


def capped_count(queryset: QuerySet[Any], *, cap: int = 1000) -> tuple[int, bool]:
    """How many rows, counted no further than the cap; the second value says that there are more."""
    found = queryset.order_by()[: cap + 1].values("pk").count()
    return min(found, cap), found > cap


def capped_counts(asked: Sequence[Iterable[QuerySet[Any]]], *, cap: int = 1000) -> list[tuple[int, bool]]:
    """The same of many lists, each of one or more querysets that hold nothing in common. One statement for all."""
    parts = [
        rows.order_by().annotate(counted=Value(number, IntegerField())).values_list("counted")[: cap + 1]
        for number, several in enumerate(asked)
        for rows in several
    ]
    found = _by_number(parts) if parts else {}
    return [(min(found.get(number, 0), cap), found.get(number, 0) > cap) for number in range(len(asked))]


def _by_number(parts: list[QuerySet[Any, Any]]) -> dict[int, int]:
    try:
        sql, values = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    except EmptyResultSet:  # none of them can hold anything
        return {}
    with connections[parts[0].db].cursor() as cursor:
        cursor.execute(f"SELECT number, count(*) FROM ({sql}) AS told (number) GROUP BY number", values)  # noqa: S608
        return dict(cursor.fetchall())
