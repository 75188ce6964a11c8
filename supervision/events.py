"""What happens in supervision. The case id is the petition's: one case, one chain, one timeline. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("supervision.urged")
@dataclass(frozen=True, kw_only=True)
class Urged(DomainEvent):
    """A unit was told to get on with it; `number` counts how often for this order."""

    urging: int
    unit: int
    number: int
    again_at: str


@event("supervision.proposed")
@dataclass(frozen=True, kw_only=True)
class OrderProposed(DomainEvent):
    """A light has been red for too long: the clock proposes a supervision order, a person decides."""

    unit: int
    reason: str
    consider_by: str


@event("supervision.dismissed")
@dataclass(frozen=True, kw_only=True)
class OrderDismissed(DomainEvent):
    unit: int
    why: str


@event("supervision.issued")
@dataclass(frozen=True, kw_only=True)
class OrderIssued(DomainEvent):
    unit: int
    issuer: int
    year: int
    serial: int
    reason: str
    level: str
    receive_by: str
    answer_by: str
    content: str  # salted commitment to the text


@event("supervision.received")
@dataclass(frozen=True, kw_only=True)
class OrderReceived(DomainEvent):
    unit: int
    on_time: bool


@event("supervision.answered")
@dataclass(frozen=True, kw_only=True)
class OrderAnswered(DomainEvent):
    unit: int
    answer: int
    on_time: bool
    content: str  # salted commitment to text and measures


@event("supervision.accepted")
@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(DomainEvent):
    unit: int
    answer: int


@event("supervision.sent_back")
@dataclass(frozen=True, kw_only=True)
class AnswerSentBack(DomainEvent):
    unit: int
    answer: int
    answer_by: str


@event("supervision.withdrawn")
@dataclass(frozen=True, kw_only=True)
class OrderWithdrawn(DomainEvent):
    unit: int


@event("supervision.escalated")
@dataclass(frozen=True, kw_only=True)
class SupervisionEscalated(DomainEvent):
    """Something of supervision is late: who is told, on which rung."""

    clock: str
    rung: int
    unit: int
    told: int
    what: str


@event("supervision.listed")
@dataclass(frozen=True, kw_only=True)
class CaseListed(DomainEvent):
    unit: int
    year: int
    serial: int
    ground: str
    until: str
    recheck_on: str


@event("supervision.listing_extended")
@dataclass(frozen=True, kw_only=True)
class ListingExtended(DomainEvent):
    unit: int
    until: str


@event("supervision.unlisted")
@dataclass(frozen=True, kw_only=True)
class CaseUnlisted(DomainEvent):
    unit: int
    why: str


@event("supervision.exported")
@dataclass(frozen=True, kw_only=True)
class RegisterExported(DomainEvent):
    """Somebody took the register with them."""

    rows: int
    capped: bool


@event("supervision.reprojected")
@dataclass(frozen=True, kw_only=True)
class SupervisionReprojected(DomainEvent):
    """A new version of the calendar moved the end of the stage."""

    unit: int
    clock: str
    from_due: str
    to_due: str
    calendar: int
