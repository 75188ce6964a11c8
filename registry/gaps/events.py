"""What happens to a gap. Each has a chain of its own; the cases that met it have theirs. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("registry.gap_opened")
@dataclass(frozen=True, kw_only=True)
class GapOpened(DomainEvent):
    """The first case met what no row of the list answers."""

    kind: str
    category: str
    matter: str
    place: str
    petition: str
    call: str = ""  # where it was met by a call without a petition


@event("registry.gap_closed")
@dataclass(frozen=True, kw_only=True)
class GapClosed(DomainEvent):
    """A draft filled it, or the list was found right as it is (then `draft` is empty)."""

    draft: str
    times: int
