"""A list that somebody takes away: the first rows as a spreadsheet, and a note of who took how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeaway:
    """A list that can be taken away: its name as in addresses, what is put on record, and how wide its columns are."""

    of: str
    event: Callable[..., DomainEvent]
    widths: Sequence[int]

    def book(
        self, *, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], actor: Actor, at: datetime
    ) -> IO[bytes]:
        """The workbook of rows that are scoped and ordered already; the event says who took how many of them."""
        columns = list(zip(headings, self.widths, strict=True))
        file, count, more = capped_list(title=title, columns=columns, rows=rows, at=at)
        stream = export_stream(of=self.of, actor=actor)
        record(self.event(case_id=stream, subject_id=str(stream), rows=count, capped=more), actor=actor, at=at)
        return file
