"""What happens to calls. The case id is the petition's, or the call's own: one case, one chain. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("call.filed")
@dataclass(frozen=True, kw_only=True)
class CallFiled(DomainEvent):
    """A unit calls for another; `signed` is false while its head has yet to sign."""

    kind: str
    caller: int
    center: int
    place: str
    quick: bool
    signed: bool
    wanted_by: str
    due_by: str
    content: str  # salted commitment to what is asked


@event("call.signed")
@dataclass(frozen=True, kw_only=True)
class CallSigned(DomainEvent):
    caller: int
    due_by: str


@event("call.declined")
@dataclass(frozen=True, kw_only=True)
class CallDeclined(DomainEvent):
    """The head did not sign it, or the centre did not take it up."""

    caller: int
    by_center: bool


@event("call.triaged")
@dataclass(frozen=True, kw_only=True)
class CallTriaged(DomainEvent):
    """The units are called: one leads, the others cooperate."""

    unit: int
    entry: str
    assists: list[int]
    answer_by: str
    work_by: str


@event("call.sent")
@dataclass(frozen=True, kw_only=True)
class TeamSent(DomainEvent):
    """A township sends its own team: `unit` is the township, `homes` the departments of the people it sends."""

    unit: int
    team: str
    people: list[int]
    homes: list[int]
    answer_by: str
    work_by: str


@event("call.answered")
@dataclass(frozen=True, kw_only=True)
class CallAnswered(DomainEvent):
    """A unit names who comes and for when it promises that."""

    unit: int
    lead: bool
    person: int
    promised_for: str
    in_time: bool


@event("call.arrived")
@dataclass(frozen=True, kw_only=True)
class CallArrived(DomainEvent):
    unit: int
    lead: bool
    in_time: bool
    located: bool


@event("call.reported")
@dataclass(frozen=True, kw_only=True)
class CallReported(DomainEvent):
    unit: int
    lead: bool
    in_time: bool
    content: str  # salted commitment to the result


@event("call.refused")
@dataclass(frozen=True, kw_only=True)
class CallRefused(DomainEvent):
    """A called unit refuses, and names the row of the list on which it rests that."""

    unit: int
    entry: str
    rule_by: str
    lead: bool = True


@event("call.upheld")
@dataclass(frozen=True, kw_only=True)
class RefusalUpheld(DomainEvent):
    """The unit is right. `due_by`: until when another lead is to be named; "" for one that was to cooperate."""

    unit: int
    due_by: str
    lead: bool = True


@event("call.overruled")
@dataclass(frozen=True, kw_only=True)
class RefusalOverruled(DomainEvent):
    unit: int
    answer_by: str
    lead: bool = True


@event("call.solved")
@dataclass(frozen=True, kw_only=True)
class CallSolved(DomainEvent):
    """The caller says that it is solved, and rates the unit."""

    unit: int
    speed: int
    quality: int


@event("call.sent_back")
@dataclass(frozen=True, kw_only=True)
class CallSentBack(DomainEvent):
    unit: int
    round: int
    answer_by: str


@event("call.withdrawn")
@dataclass(frozen=True, kw_only=True)
class CallWithdrawn(DomainEvent):
    caller: int


@event("call.escalated")
@dataclass(frozen=True, kw_only=True)
class CallEscalated(DomainEvent):
    """Somebody above was told that a unit is late."""

    clock: str
    rung: int
    unit: int
    told: int
    whom: str
    what: str


@event("call.reprojected")
@dataclass(frozen=True, kw_only=True)
class CallReprojected(DomainEvent):
    """A new version of the calendar moved the end of a step."""

    unit: int
    clock: str
    from_due: str
    to_due: str
    calendar: int


@event("call.evidence_added")
@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(DomainEvent):
    """A picture or a document was added to the call."""

    unit: int
    evidence: str
    stage: str
    sha256: str


@event("call.turned")
@dataclass(frozen=True, kw_only=True)
class CallTurned(DomainEvent):
    """A petition was filed for a call that had none; the case stays the same."""

    petition: str


@event("call.exported")
@dataclass(frozen=True, kw_only=True)
class CallsExported(DomainEvent):
    """Somebody took a list of calls home; on a chain of their own."""

    rows: int
    capped: bool
