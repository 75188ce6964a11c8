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
    """`turn` 1: the centre rules; 2: it is the second return in the round and goes to adjudication."""

    unit: int
    reason: str
    turn: int = 1


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


@event("order.adjudicated")
@dataclass(frozen=True, kw_only=True)
class OrderAdjudicated(DomainEvent):
    """The second return was decided: `named` handles it for good, `upheld` where that is not the unit that objected."""

    unit: int
    named: int
    upheld: bool


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


@event("order.recalled")
@dataclass(frozen=True, kw_only=True)
class OrderRecalled(DomainEvent):
    """The centre took its dispatch back before the unit signed for it; the unit never had it."""

    unit: int
    reason: str


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


@event("order.time_asked")
@dataclass(frozen=True, kw_only=True)
class TimeAsked(DomainEvent):
    """The unit asks for an extension (`days`) or for a suspension (`reason`); the grounds are in the request."""

    unit: int
    kind: str
    request: str
    reason: str
    days: int


@event("order.time_refused")
@dataclass(frozen=True, kw_only=True)
class TimeRefused(DomainEvent):
    unit: int
    kind: str
    request: str


@event("order.time_lapsed")
@dataclass(frozen=True, kw_only=True)
class TimeLapsed(DomainEvent):
    """The time was over before anybody decided on what was asked for."""

    unit: int
    kind: str
    request: str


@event("order.extended")
@dataclass(frozen=True, kw_only=True)
class OrderExtended(DomainEvent):
    unit: int
    request: str
    days: int
    from_due: str
    to_due: str


@event("order.suspended")
@dataclass(frozen=True, kw_only=True)
class OrderSuspended(DomainEvent):
    """The clock stands still until a day, or until somebody ends it early."""

    unit: int
    request: str
    reason: str
    until: str
    from_due: str
    to_due: str


@event("order.resumed")
@dataclass(frozen=True, kw_only=True)
class OrderResumed(DomainEvent):
    unit: int
    request: str
    how: str
    from_due: str
    to_due: str


@event("order.reprojected")
@dataclass(frozen=True, kw_only=True)
class OrderReprojected(DomainEvent):
    """A new version of the calendar moved the end of handling."""

    unit: int
    from_due: str
    to_due: str
    calendar: int
    provisional: bool


@event("order.lights_set")
@dataclass(frozen=True, kw_only=True)
class LightsSet(DomainEvent):
    """An area has set the shares of a limit at which its lights change."""

    area: str
    half: str
    warn: str


@event("order.time_rule_set")
@dataclass(frozen=True, kw_only=True)
class TimeRuleSet(DomainEvent):
    """How much time may be given from an instant on, in an area ("" everywhere) to a kind of unit ("" every kind).

    The days of an extension by urgency and of a suspension by reason stand in the order of their codes.
    """

    area: str
    unit_kind: str
    extension: list[int]
    pause: list[int]
    quota: list[str]
    valid_from: str


@event("replay.started")
@dataclass(frozen=True, kw_only=True)
class ReplayStarted(DomainEvent):
    """A draft or a calendar is tried on so many past cases; no case is touched."""

    kind: str
    cases: int


@event("replay.finished")
@dataclass(frozen=True, kw_only=True)
class ReplayFinished(DomainEvent):
    """The trial is over: how many cases would go elsewhere, and how many would have been late."""

    cases: int
    moved: int
    broken: int


@event("replay.cancelled")
@dataclass(frozen=True, kw_only=True)
class ReplayCancelled(DomainEvent):
    """The trial was stopped after so many cases."""

    done: int
