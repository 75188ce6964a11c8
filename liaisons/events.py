"""What happens to assignments of officials. The case is the assignment: ids and codes, never what was found."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("liaison.assigned")
@dataclass(frozen=True, kw_only=True)
class OfficialAssigned(DomainEvent):
    """An official is assigned to a community or a grid from a day on."""

    user_id: int
    unit: int
    place: str
    valid_from: str
    valid_until: str


@event("liaison.ended")
@dataclass(frozen=True, kw_only=True)
class AssignmentEnded(DomainEvent):
    """An assignment ends on a day, by a deed or with the posting."""

    user_id: int
    place: str
    valid_until: str
    because: str


@event("liaison.visited")
@dataclass(frozen=True, kw_only=True)
class PlaceVisited(DomainEvent):
    """The official was there; `petition` is the case that was filed from it, or empty."""

    user_id: int
    place: str
    outcome: str
    petition: str


@event("liaisons.exported")
@dataclass(frozen=True, kw_only=True)
class LiaisonsExported(DomainEvent):
    """Somebody took a list away."""

    listed: str
    rows: int
    capped: bool
