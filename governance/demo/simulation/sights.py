"""What the play sees of a petition and of its order: a few columns, read after every step in plain SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Seen:
    """A petition; the names are those of its columns."""

    id: UUID
    state: str
    urgency: str
    category_id: str | None
    channel: str
    source: str
    center_id: int
    involved: list[int]
    round: int
    rung: int
    unroutable: str
    village_code: str
    reporter_user_id: int | None
    filed_at: datetime
    handled_at: datetime | None
    verified_at: datetime | None
    changed_at: datetime
    stage_due_at: datetime
    on_time: bool | None


@dataclass(frozen=True, slots=True)
class SeenOrder:
    """A work order; the names are those of its columns."""

    id: UUID
    petition_id: UUID
    state: str
    unit_id: int
    round: int
    reworks: int
    bound: bool
    assigned_at: datetime
    sign_due_at: datetime
    handle_due_at: datetime
    signed_at: datetime | None
    asking: str
    changed_at: datetime


S = TypeVar("S", Seen, SeenOrder)


def petitions(ids: Iterable[UUID]) -> list[Seen]:
    """The petitions of these ids."""
    return _read(Seen, "petitions_petition WHERE id = ANY(%s)", ids)


def orders(petition_ids: Iterable[UUID]) -> list[SeenOrder]:
    """The orders of these petitions, the latest last."""
    return _read(SeenOrder, "dispatch_workorder WHERE petition_id = ANY(%s) ORDER BY assigned_at, id", petition_ids)


def _read(sight: type[S], where: str, ids: Iterable[UUID]) -> list[S]:
    columns = ", ".join(field.name for field in fields(sight))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {where}", [list(ids)])  # noqa: S608  (our own words only)
        return [sight(*row) for row in cursor.fetchall()]
