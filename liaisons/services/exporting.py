"""The lists of the board as spreadsheets, and a note of who took which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any
from uuid import NAMESPACE_URL, uuid5

from kernel.actors import Actor
from kernel.books import capped_list
from kernel.deeds import deed
from kernel.events import record
from liaisons.events import LiaisonsExported


@deed
def export_list(
    *,
    listed: str,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
    actor: Actor,
    at: datetime,
) -> IO[bytes]:
    """The first ten thousand rows of a list that is scoped and ordered already. Every cell is a text or a moment."""
    book, count, more = capped_list(title=title, columns=columns, rows=rows, at=at)
    stream = uuid5(NAMESPACE_URL, f"liaisons/exports/{actor.key}")
    happened = LiaisonsExported(case_id=stream, subject_id=str(stream), listed=listed, rows=count, capped=more)
    record(happened, actor=actor, at=at)
    return book
