"""Facts: typed, past tense, namespaced. record() writes one and owes it to its subscribers, in one write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import orjson
from django.db import connection, transaction

from kernel import lanes
from kernel.actors import Actor
from kernel.arrays import array_text
from kernel.context import request_id


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """What happened to one subject of one case.

    `holder` names who holds the case from this instant on ("unit:12", "citizen", "pause:appraisal", "nobody");
    empty means unchanged. Every further field holds ids and codes only: names, telephone numbers and free text never
    enter the log, so that erasing a person never touches it.
    """

    name: ClassVar[str] = ""

    case_id: UUID
    subject_id: str
    holder: str = ""

    def payload(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in ENVELOPE_FIELDS}


# Of every event that somebody brought about who stood in for others at that moment: the ids of those others.
STANDS_FOR = "stands_for"
ENVELOPE_FIELDS = frozenset({"case_id", "subject_id", "holder"})


@dataclass(frozen=True, kw_only=True)
class Fact:
    """An event as a subscriber gets it: when it occurred, when it is delivered, who did it."""

    event: Any
    event_id: int
    occurred_at: datetime
    at: datetime
    actor_key: str


E = TypeVar("E", bound=type[DomainEvent])
Handler = Callable[[Fact], None]
BatchHandler = Callable[[list[Fact]], None]

EVENTS: dict[str, type[DomainEvent]] = {}
SUBSCRIBERS: dict[str, list[str]] = {}
HANDLERS: dict[str, BatchHandler] = {}


def event(name: str) -> Callable[[E], E]:
    """Declare a class of events under its stored name; a name may be taken once."""

    def declare(cls: E) -> E:
        if name in EVENTS:
            raise ValueError(f"event {name} is declared twice")
        cls.name = name
        EVENTS[name] = cls
        return cls

    return declare


def subscribe(cls: type[DomainEvent], *, name: str) -> Callable[[Handler], Handler]:
    """Owe every event of a class to a handler. The name is stored with each delivery: never change it."""

    def declare(handler: Handler) -> Handler:
        def each(facts: list[Fact]) -> None:
            for fact in facts:
                handler(fact)

        subscribe_many(cls, name=name)(each)
        return handler

    return declare


def subscribe_many(cls: type[DomainEvent], *, name: str) -> Callable[[BatchHandler], BatchHandler]:
    """The same for a handler that takes a batch at once, each fact of another case, in the order of the cases.

    A batch that fails is taken apart and each fact delivered alone, so the handler never sees what it did before.
    """

    def declare(handler: BatchHandler) -> BatchHandler:
        if name in HANDLERS:
            raise ValueError(f"subscriber {name} is declared twice")
        HANDLERS[name] = handler
        SUBSCRIBERS.setdefault(cls.name, []).append(name)
        return handler

    return declare


# The columns are read out of the text that is hashed, so they cannot differ from it. An element of a json array keeps
# its text as it was written, to the letter.
RECORD = """
WITH told AS MATERIALIZED (
    SELECT number, said::text AS canonical, said::jsonb AS fact
      FROM json_array_elements(%s::json) WITH ORDINALITY AS told (said, number)),
written AS (
    INSERT INTO kernel_event
           (name, case_id, subject_id, actor_key, occurred_at, holder, payload, request_id, canonical, seq, prev, hash)
    SELECT fact ->> 'event', (fact ->> 'case')::uuid, fact ->> 'subject', fact ->> 'actor',
           (fact ->> 'at')::timestamptz, fact ->> 'holder', fact -> 'payload', fact ->> 'request', canonical, 0, '', ''
      FROM told ORDER BY number
    RETURNING id, case_id, name)
INSERT INTO kernel_delivery (event_id, case_id, subscriber, state, attempts, due_at, lane, error)
SELECT written.id, written.case_id, owed.subscriber, 'pending', 0, %s, %s, ''
  FROM written
  JOIN unnest(%s::text[], %s::text[]) WITH ORDINALITY AS owed (name, subscriber, number) ON owed.name = written.name
 ORDER BY written.id, owed.number
"""


def record(happened: DomainEvent, *, actor: Actor, at: datetime) -> None:
    """Write one event and its deliveries; see record_many()."""
    record_many([happened], actor=actor, at=at)


def record_many(happened: Iterable[DomainEvent], *, actor: Actor, at: datetime) -> None:
    """Write events and one delivery per subscriber, in the caller's transaction (RuntimeError outside of one).

    Rows go in ordered by case, so that two writers of many cases take the chains' locks in the same order.
    The database numbers and chains them.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of its deed")
    ordered = sorted(happened, key=lambda one: one.case_id)
    if not ordered:
        return
    texts = [_text(one, actor=actor, at=at) for one in ordered]
    owed = [(name, one) for name in sorted({one.name for one in ordered}) for one in SUBSCRIBERS.get(name, ())]
    names, subscribers = (array_text(one[column] for one in owed) for column in (0, 1))
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [f"[{','.join(texts)}]", at, lanes.current(), names, subscribers])


def _text(happened: DomainEvent, *, actor: Actor, at: datetime) -> str:
    payload = happened.payload()
    if actor.stands_for:
        payload[STANDS_FOR] = sorted(actor.stands_for)
    _refuse_prose(happened.name, payload)
    return canonical_text(
        name=happened.name,
        case_id=happened.case_id,
        subject_id=happened.subject_id,
        actor_key=actor.key,
        occurred_at=at,
        holder=happened.holder,
        payload=payload,
        request=request_id.get(),
    )


def canonical_text(
    *,
    name: str,
    case_id: UUID,
    subject_id: str,
    actor_key: str,
    occurred_at: datetime,
    holder: str,
    payload: dict[str, Any],
    request: str,
) -> str:
    """The one text of an event, with its keys in order: what is hashed, and what its columns are held against."""
    said = {
        "event": name,
        "case": str(case_id),
        "subject": subject_id,
        "actor": actor_key,
        "at": instant(occurred_at),
        "holder": holder,
        "payload": payload,
        "request": request,
    }
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()


def instant(at: datetime) -> str:
    """The one written form of an instant in the log: UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _refuse_prose(name: str, value: Any) -> None:
    """Raise ValueError for anything but ids and codes: prose and names are not ASCII here, or they are long."""
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_prose(name, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_prose(name, inner)
    elif isinstance(value, str):
        if len(value) > 64 or not value.isascii():
            raise ValueError(f"{name}: an event holds ids and codes only")
    elif not isinstance(value, int | None):
        raise ValueError(f"{name}: {type(value).__name__} has no canonical form")
