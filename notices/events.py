"""What people decide about being told. The case is the person's own chain; where they are reached is never in it."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("notices.preferred")
@dataclass(frozen=True, kw_only=True)
class Preferred(DomainEvent):
    """Somebody chose what leaves the product, when, and over which channel first."""

    user_id: int
    outward: str
    channel: str
    digest_hour: int
    quiet_from: str
    quiet_until: str


@event("notices.muted")
@dataclass(frozen=True, kw_only=True)
class KindMuted(DomainEvent):
    user_id: int
    kind: str


@event("notices.unmuted")
@dataclass(frozen=True, kw_only=True)
class KindHeard(DomainEvent):
    user_id: int
    kind: str


@event("notices.contact_changed")
@dataclass(frozen=True, kw_only=True)
class ContactChanged(DomainEvent):
    """Somebody gave, changed or took away where one means reaches them."""

    user_id: int
    means: str
    given: bool
