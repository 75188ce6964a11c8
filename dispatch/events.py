"""What happens to work orders."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("order.assigned")
@dataclass(frozen=True, kw_only=True)
class OrderAssigned(DomainEvent):
    unit: int
    entry: str
    reason: str
    round: int
    limit_value: str
    limit_unit: str
    sign_due_at: str
    handle_due_at: str
    calendar: int


@event("order.signed")
@dataclass(frozen=True, kw_only=True)
class OrderSigned(DomainEvent):
    unit: int
    on_time: bool


@event("order.progressed")
@dataclass(frozen=True, kw_only=True)
class OrderProgressed(DomainEvent):
    progress: int


@event("order.return_requested")
@dataclass(frozen=True, kw_only=True)
class ReturnRequested(DomainEvent):
    unit: int
    reason: str


@event("order.returned")
@dataclass(frozen=True, kw_only=True)
class OrderReturned(DomainEvent):
    unit: int
    reason: str


@event("order.return_refused")
@dataclass(frozen=True, kw_only=True)
class ReturnRefused(DomainEvent):
    """The centre has ruled: this unit keeps it, and may not return it again."""

    unit: int


@event("order.completed")
@dataclass(frozen=True, kw_only=True)
class OrderCompleted(DomainEvent):
    unit: int
    on_time: bool


@event("order.verified")
@dataclass(frozen=True, kw_only=True)
class OrderVerified(DomainEvent):
    unit: int


@event("order.rejected")
@dataclass(frozen=True, kw_only=True)
class OrderRejected(DomainEvent):
    unit: int
    reworks: int


@event("order.cancelled")
@dataclass(frozen=True, kw_only=True)
class OrderCancelled(DomainEvent):
    unit: int
    why: str


@event("order.warned")
@dataclass(frozen=True, kw_only=True)
class OrderWarned(DomainEvent):
    """Yellow: four fifths of the limit are used."""

    unit: int


@event("order.escalated")
@dataclass(frozen=True, kw_only=True)
class OrderEscalated(DomainEvent):
    clock: str
    rung: int
    unit: int
    told: int
    what: str
