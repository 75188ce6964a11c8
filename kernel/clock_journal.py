"""Writing down why a date moves, before it does: without this row the database refuses the move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from kernel.actors import Actor
from kernel.arrays import array_text
from kernel.deeds import deed
from kernel.models import ClockChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One due date of one subject that becomes another one. `ref`: the request or the notice that moves it."""

    case_id: UUID
    subject_id: str
    clock: str
    from_due: datetime
    to_due: datetime
    calendar_version: int
    ref: str = ""


COLUMNS = ("case_id", "subject_id", "clock", "from_due", "to_due", "calendar_version", "ref")
# One statement for however many: a holiday notice moves a hundred thousand dates.
WRITE = """
INSERT INTO kernel_clockchange
       (case_id, subject_id, clock, from_due, to_due, calendar_version, ref, cause, actor_key, changed_at)
SELECT new.*, %s, %s, %s
  FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::int[], %s::text[]) AS new
"""


@deed
def note_moves(moves: Iterable[Move], *, cause: str, actor: Actor, at: datetime) -> None:
    """Write the journal of these moves, in the transaction that makes them. What does not move is left out."""
    moving = [one for one in moves if one.from_due != one.to_due]
    if not moving:
        return
    columns = [array_text(getattr(one, name) for one in moving) for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [str(cause), actor.key, at, *columns])


def moves_of(*, subject_ids: Iterable[Any]) -> list[ClockChange]:
    """The journal of some subjects, oldest first."""
    return list(ClockChange.objects.filter(subject_id__in=[str(one) for one in subject_ids]).order_by("pk"))
