"""What happens to whistles. Of one that was blown for a petition the case is the petition's. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("whistle.asked")
@dataclass(frozen=True, kw_only=True)
class WhistleAsked(DomainEvent):
    """A township or a department asks its head, or the centre, for a whistle."""

    asker: int
    kind: str
    form: str
    place: str
    meets_at: str
    decide_by: str
    units: list[int]
    content: str  # salted commitment to matter and details


@event("whistle.declined")
@dataclass(frozen=True, kw_only=True)
class WhistleDeclined(DomainEvent):
    asker: int
    why: str


@event("whistle.withdrawn")
@dataclass(frozen=True, kw_only=True)
class WhistleWithdrawn(DomainEvent):
    asker: int


@event("whistle.issued")
@dataclass(frozen=True, kw_only=True)
class WhistleIssued(DomainEvent):
    """The head has signed: the units are called."""

    issuer: int
    asker: int
    year: int
    serial: int
    kind: str
    form: str
    place: str
    meets_at: str
    units: list[int]
    content: str  # salted commitment to matter and details


@event("whistle.summoned")
@dataclass(frozen=True, kw_only=True)
class UnitsSummoned(DomainEvent):
    """More units are called to what was called together already."""

    units: list[int]


@event("whistle.moved")
@dataclass(frozen=True, kw_only=True)
class WhistleMoved(DomainEvent):
    """Another time or place; `number` counts how often."""

    meets_at: str
    number: int


@event("whistle.called_off")
@dataclass(frozen=True, kw_only=True)
class WhistleCalledOff(DomainEvent):
    issuer: int


@event("whistle.received")
@dataclass(frozen=True, kw_only=True)
class SummonsReceived(DomainEvent):
    unit: int
    on_time: bool


@event("whistle.leave_asked")
@dataclass(frozen=True, kw_only=True)
class LeaveAsked(DomainEvent):
    unit: int


@event("whistle.excused")
@dataclass(frozen=True, kw_only=True)
class UnitExcused(DomainEvent):
    unit: int


@event("whistle.agenda_added")
@dataclass(frozen=True, kw_only=True)
class AgendaAdded(DomainEvent):
    unit: int
    number: int


@event("whistle.checked_in")
@dataclass(frozen=True, kw_only=True)
class CheckedIn(DomainEvent):
    """Somebody is there. `attendance` is what the unit counts as from now on; `metres` is -1 where it is unknown."""

    unit: int
    check_in: int
    attendance: str
    metres: int


@event("whistle.absent")
@dataclass(frozen=True, kw_only=True)
class UnitAbsent(DomainEvent):
    """Recorded by itself: the time to come is over and nobody of the unit has checked in."""

    unit: int
    received: bool


@event("whistle.assembled")
@dataclass(frozen=True, kw_only=True)
class WhistleAssembled(DomainEvent):
    came: int
    called: int
    record_by: str


@event("whistle.recorded")
@dataclass(frozen=True, kw_only=True)
class MinutesRecorded(DomainEvent):
    decisions: int
    tasks: int
    finish_by: str
    content: str  # salted commitment to minutes and decisions


@event("whistle.task_given")
@dataclass(frozen=True, kw_only=True)
class TaskGiven(DomainEvent):
    task: int
    unit: int
    helpers: list[int]
    due_at: str


@event("whistle.task_reported")
@dataclass(frozen=True, kw_only=True)
class TaskReported(DomainEvent):
    task: int
    unit: int
    on_time: bool


@event("whistle.task_confirmed")
@dataclass(frozen=True, kw_only=True)
class TaskConfirmed(DomainEvent):
    task: int
    unit: int
    on_time: bool


@event("whistle.task_sent_back")
@dataclass(frozen=True, kw_only=True)
class TaskSentBack(DomainEvent):
    task: int
    unit: int
    due_at: str


@event("whistle.task_dropped")
@dataclass(frozen=True, kw_only=True)
class TaskDropped(DomainEvent):
    task: int
    unit: int


@event("whistle.unit_scored")
@dataclass(frozen=True, kw_only=True)
class UnitScored(DomainEvent):
    unit: int
    response: int
    result: int


@event("whistle.scored")
@dataclass(frozen=True, kw_only=True)
class WhistleScored(DomainEvent):
    unit: int
    needed: int
    prepared: int


@event("whistle.closed")
@dataclass(frozen=True, kw_only=True)
class WhistleClosed(DomainEvent):
    """All tasks are done and both sides are scored; `unscored` counts the units that let their time to score pass."""

    tasks: int
    late: int
    unscored: int


@event("whistle.reprojected")
@dataclass(frozen=True, kw_only=True)
class WhistleReprojected(DomainEvent):
    """A new version of the calendar moved an end: of a step, of a unit's time to sign, or of a task (its number)."""

    unit: int
    clock: str
    from_due: str
    to_due: str
    calendar: int
    task: int = 0


@event("whistle.late")
@dataclass(frozen=True, kw_only=True)
class WhistleLate(DomainEvent):
    """Something is late: who is told, for which time. `task` is its number, 0 where it is no task."""

    clock: str
    rung: int
    unit: int
    told: int
    what: str
    task: int = 0


@event("whistle.exported")
@dataclass(frozen=True, kw_only=True)
class WhistlesExported(DomainEvent):
    """Somebody took a list of whistles with them."""

    rows: int
    capped: bool
