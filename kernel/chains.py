"""Proves or refutes the chain of a case: every event is as it was written, none is missing, none was put in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from kernel.events import canonical_text

BATCH = 500
NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first row that does not fit. `event_id` and `name` are empty where the row itself is what is missing.

    `why`: "missing" (a number is left out), "columns" (they say something else than the hashed text), "previous" (it
    does not follow the row before), "hash" (text and hash disagree), "head" (the end of the chain is another one),
    "unchained" (events without a chain).
    """

    seq: int
    why: str
    event_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStatus:
    """How the chain of one case stands; `length` counts the events found."""

    case_id: UUID
    length: int
    broken: Break | None

    @property
    def intact(self) -> bool:
        return self.broken is None


class _Link(NamedTuple):
    """One event beside the head of its chain; all but the head is None where a chain has no events at all."""

    case_id: UUID
    head_seq: int | None
    head: memoryview | None
    id: int | None
    seq: int
    name: str
    subject_id: str
    actor_key: str
    occurred_at: datetime
    holder: str
    payload: str
    request_id: str
    canonical: str
    prev: memoryview
    hash: memoryview


# Head and events are read by one statement, so by one snapshot: an event written meanwhile breaks nothing.
COLUMNS = """
e.id, e.seq, e.name, e.subject_id, e.actor_key, e.occurred_at, e.holder, e.payload::text, e.request_id, e.canonical,
e.prev, e.hash
"""
ONE = f"""
SELECT case_id, c.seq, c.head, {COLUMNS}
  FROM (SELECT * FROM kernel_chain WHERE case_id = %s) c
  FULL JOIN (SELECT * FROM kernel_event WHERE case_id = %s) e USING (case_id) ORDER BY e.seq
"""  # noqa: S608  (only our own column names)
SOME = f"""
WITH c AS (SELECT * FROM kernel_chain WHERE case_id > %s ORDER BY case_id LIMIT %s)
SELECT c.case_id, c.seq, c.head, {COLUMNS}
  FROM c LEFT JOIN kernel_event e ON e.case_id = c.case_id ORDER BY c.case_id, e.seq
"""  # noqa: S608
UNCHAINED = """
SELECT e.case_id, count(*), min(e.seq) FROM kernel_event e
 WHERE NOT EXISTS (SELECT FROM kernel_chain c WHERE c.case_id = e.case_id) GROUP BY e.case_id
"""


def verify_case(*, case_id: UUID) -> ChainStatus:
    """Verify the chain of one case, in one statement. A case that never had an event is intact and of length 0."""
    return _verified(case_id, _links(ONE, [case_id, case_id]))


def verify_all(*, batch: int = BATCH) -> Iterator[ChainStatus]:
    """Verify every chain, ordered by case, then report the events that have no chain. Holds no transaction open."""
    last = NOWHERE
    while links := _links(SOME, [last, batch]):
        for case_id, found in groupby(links, key=lambda link: link.case_id):
            yield _verified(case_id, list(found))
            last = case_id
    with connection.cursor() as cursor:
        cursor.execute(UNCHAINED)
        orphans = cursor.fetchall()
    for case_id, count, seq in orphans:
        yield ChainStatus(case_id=case_id, length=count, broken=Break(seq=seq, why="unchained"))


def _links(sql: str, parameters: list[Any]) -> list[_Link]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [_Link(*row) for row in cursor.fetchall()]


def _verified(case_id: UUID, links: list[_Link]) -> ChainStatus:
    events = [link for link in links if link.id is not None]
    return ChainStatus(case_id=case_id, length=len(events), broken=_first_break(links, events))


def _first_break(links: list[_Link], events: list[_Link]) -> Break | None:
    previous = b""
    for expected, link in enumerate(events, start=1):
        if link.seq != expected:
            return Break(seq=expected, why="missing")
        if why := _fault(link, previous):
            return Break(seq=link.seq, why=why, event_id=link.id, name=link.name)
        previous = bytes(link.hash)
    if not links:
        return None
    if links[0].head is None:
        return Break(seq=1, why="unchained")
    if links[0].head_seq != len(events):
        return Break(seq=min(links[0].head_seq or 0, len(events)) + 1, why="missing")
    return None if bytes(links[0].head) == previous else Break(seq=len(events), why="head")


def _fault(link: _Link, previous: bytes) -> str:
    """Why this event does not follow the one before, or ""."""
    if bytes(link.prev) != previous:
        return "previous"
    hashed = previous + f"{link.case_id}:{link.seq}:{link.canonical}".encode()
    if hashlib.sha256(hashed).digest() != bytes(link.hash):
        return "hash"
    return "" if _text_of(link) == link.canonical else "columns"


def _text_of(link: _Link) -> str:
    return canonical_text(
        name=link.name,
        case_id=link.case_id,
        subject_id=link.subject_id,
        actor_key=link.actor_key,
        occurred_at=link.occurred_at,
        holder=link.holder,
        payload=orjson.loads(link.payload),
        request=link.request_id,
    )
