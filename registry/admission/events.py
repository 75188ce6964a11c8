"""What happens in an admission and in a one-off task. Each has a chain of its own. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("admission.filed")
@dataclass(frozen=True, kw_only=True)
class AdmissionFiled(DomainEvent):
    applicant: int
    into: str
    townships: list[int]


@event("admission.reviewed")
@dataclass(frozen=True, kw_only=True)
class AdmissionReviewed(DomainEvent):
    """Lawful and needed, says the keeper of the list; the townships are asked until a moment."""

    opinions_by: str


@event("admission.reminded")
@dataclass(frozen=True, kw_only=True)
class OpinionReminded(DomainEvent):
    """Townships that have not said anything yet, shortly before their limit ends."""

    townships: list[int]


@event("admission.opinion_signed")
@dataclass(frozen=True, kw_only=True)
class OpinionSigned(DomainEvent):
    township: int
    stance: str


@event("admission.silent")
@dataclass(frozen=True, kw_only=True)
class TownshipsSilent(DomainEvent):
    """The limit ran out for these townships: silence, and no consent."""

    townships: list[int]


@event("admission.heard")
@dataclass(frozen=True, kw_only=True)
class AdmissionHeard(DomainEvent):
    """Every township has spoken or let its limit pass; `objecting` must be consulted with before a decision."""

    objecting: list[int]


@event("admission.consulted")
@dataclass(frozen=True, kw_only=True)
class AdmissionConsulted(DomainEvent):
    consultation: int
    outcome: str
    changed: list[str]


@event("admission.approved")
@dataclass(frozen=True, kw_only=True)
class AdmissionApproved(DomainEvent):
    """Approved and published in one: the draft holds the items that entered."""

    draft: str
    effective: str
    review_on: str


@event("admission.refused")
@dataclass(frozen=True, kw_only=True)
class AdmissionRefused(DomainEvent):
    stage: str


@event("admission.dropped")
@dataclass(frozen=True, kw_only=True)
class AdmissionDropped(DomainEvent):
    stage: str


@event("admission.late")
@dataclass(frozen=True, kw_only=True)
class AdmissionLate(DomainEvent):
    """A clock ran out: on which rung, and which unit is told."""

    clock: str
    rung: int
    told: int | None


@event("admission.review_due")
@dataclass(frozen=True, kw_only=True)
class ReassessmentDue(DomainEvent):
    review_on: str


@event("admission.reassessed")
@dataclass(frozen=True, kw_only=True)
class AdmissionReassessed(DomainEvent):
    review_on: str


@event("admission.ended")
@dataclass(frozen=True, kw_only=True)
class AdmissionEnded(DomainEvent):
    """退出: the items of the admission end on a day."""

    draft: str
    effective: str


@event("adhoc.filed")
@dataclass(frozen=True, kw_only=True)
class TaskFiled(DomainEvent):
    applicant: int
    township: int
    before: int  # tasks of the same matter and township that were approved earlier


@event("adhoc.opinion_signed")
@dataclass(frozen=True, kw_only=True)
class TaskOpinionSigned(DomainEvent):
    township: int
    stance: str


@event("adhoc.silent")
@dataclass(frozen=True, kw_only=True)
class TaskTownshipSilent(DomainEvent):
    township: int


@event("adhoc.approved")
@dataclass(frozen=True, kw_only=True)
class TaskApproved(DomainEvent):
    ordinal: int
    begins_on: str
    ends_on: str


@event("adhoc.refused")
@dataclass(frozen=True, kw_only=True)
class TaskRefused(DomainEvent):
    stage: str


@event("adhoc.dropped")
@dataclass(frozen=True, kw_only=True)
class TaskDropped(DomainEvent):
    stage: str


@event("adhoc.late")
@dataclass(frozen=True, kw_only=True)
class TaskLate(DomainEvent):
    """The decision is overdue: which unit is told."""

    rung: int
    told: int | None


@event("adhoc.ended")
@dataclass(frozen=True, kw_only=True)
class TaskEnded(DomainEvent):
    early: bool
