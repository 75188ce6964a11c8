"""A list that somebody takes away: the first rows as a spreadsheet, and a note of who took how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model, QuerySet

from kernel.actors import Actor
from kernel.books import MAX_ROWS, capped_list
from kernel.events import DomainEvent, record

CHUNK = 1000

M = TypeVar("M", bound=Model)


def export_stream(*, of: str, actor: Actor) -> UUID:
    """The chain on which one person's exports of one list are recorded. `of` names the list, as "calls" does."""
    return uuid5(NAMESPACE_URL, f"{of}/exports/{actor.key}")


def first_rows(rows: QuerySet[M]) -> Iterator[M]:
    """As many rows as a list may hold, and one more, which tells that it is longer; few in memory at a time."""
    return rows[: MAX_ROWS + 1].iterator(chunk_size=CHUNK)


def recorded_list(
    *,
    of: str,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
    event: Callable[..., DomainEvent],
    actor: Actor,
    at: datetime,
) -> IO[bytes]:
    """The workbook of a list that is scoped and ordered already; the event says who took how many rows of it."""
    book, count, more = capped_list(title=title, columns=columns, rows=rows, at=at)
    stream = export_stream(of=of, actor=actor)
    record(event(case_id=stream, subject_id=str(stream), rows=count, capped=more), actor=actor, at=at)
    return book
