"""What happens to the tasks of cooperating units, and to offers to hand an order over."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("joint.given")
@dataclass(frozen=True, kw_only=True)
class TasksGiven(DomainEvent):
    """The units beside the lead of an order: `asked` for a reply, or `referred` to read and work on it."""

    lead: int
    asked: list[int]
    referred: list[int]


@event("joint.received")
@dataclass(frozen=True, kw_only=True)
class TaskReceived(DomainEvent):
    """A unit has named who does it."""

    task: str
    unit: int
    officer: int


@event("joint.replied")
@dataclass(frozen=True, kw_only=True)
class TaskReplied(DomainEvent):
    """`on_time` is the cooperating unit's own: the order of the lead has its own clock."""

    task: str
    unit: int
    on_time: bool


@event("joint.accepted")
@dataclass(frozen=True, kw_only=True)
class TaskAccepted(DomainEvent):
    task: str
    unit: int


@event("joint.sent_back")
@dataclass(frozen=True, kw_only=True)
class TaskSentBack(DomainEvent):
    task: str
    unit: int
    times: int
    due_at: str


@event("joint.released")
@dataclass(frozen=True, kw_only=True)
class TaskReleased(DomainEvent):
    """`late`: it was due and not replied to."""

    task: str
    unit: int
    why: str
    late: bool


@event("joint.escalated")
@dataclass(frozen=True, kw_only=True)
class TaskEscalated(DomainEvent):
    """`unit` is whoever is late: the cooperating unit with its reply, or the lead with judging one."""

    task: str
    clock: str
    rung: int
    unit: int
    told: int
    what: str


@event("joint.reprojected")
@dataclass(frozen=True, kw_only=True)
class TaskReprojected(DomainEvent):
    """A new version of the calendar moved the end of a task."""

    task: str
    unit: int
    from_due: str
    to_due: str
    calendar: int


@event("joint.offered")
@dataclass(frozen=True, kw_only=True)
class OrderOffered(DomainEvent):
    """The lead would hand its order over, and has signed for that."""

    offer: str
    unit: int
    to: int


@event("joint.offer_answered")
@dataclass(frozen=True, kw_only=True)
class OfferAnswered(DomainEvent):
    """`outcome`: agreed, refused, withdrawn or lapsed. Agreed, the other unit leads from now on."""

    offer: str
    unit: int
    to: int
    outcome: str
