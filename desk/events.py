"""What somebody does to the own desk. The case is the person's own chain: a mark of a person is no fact of a case."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("desk.snoozed")
@dataclass(frozen=True, kw_only=True)
class Snoozed(DomainEvent):
    """Somebody put a case aside until a moment; no date of the case moved."""

    petition: str
    until: str
    reason: str


@event("desk.returned")
@dataclass(frozen=True, kw_only=True)
class CameBack(DomainEvent):
    """A case is on somebody's desk again, and why."""

    petition: str
    why: str


@event("desk.filter_shared")
@dataclass(frozen=True, kw_only=True)
class FilterShared(DomainEvent):
    """Somebody shared a filter with a unit (0: with nobody any more)."""

    list: str
    unit: int
