"""What happens in mediation. The case id is the petition's: one case, one chain, one timeline. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("mediation.opened")
@dataclass(frozen=True, kw_only=True)
class MediationOpened(DomainEvent):
    entry: str
    committee: int
    place: str
    assign_by: str


@event("mediation.late")
@dataclass(frozen=True, kw_only=True)
class MediationLate(DomainEvent):
    """A clock ran out, or is about to: who is told, and on which rung."""

    clock: str
    rung: int
    told: int | None


@event("mediation.passed_up")
@dataclass(frozen=True, kw_only=True)
class MediationPassedUp(DomainEvent):
    from_committee: int
    committee: int


@event("mediation.assigned")
@dataclass(frozen=True, kw_only=True)
class MediatorAssigned(DomainEvent):
    mediator: int
    relation: str
    conclude_by: str


@event("mediation.replaced")
@dataclass(frozen=True, kw_only=True)
class MediatorReplaced(DomainEvent):
    before: int
    mediator: int
    relation: str


@event("mediation.party_added")
@dataclass(frozen=True, kw_only=True)
class PartyAdded(DomainEvent):
    party: int
    side: str
    identity: str  # salted commitment to the party's data


@event("mediation.session_held")
@dataclass(frozen=True, kw_only=True)
class SessionHeld(DomainEvent):
    session: int
    outcome: str
    present: list[int]
    content: str  # salted commitment to the record


@event("mediation.extended")
@dataclass(frozen=True, kw_only=True)
class MediationExtended(DomainEvent):
    conclude_by: str


@event("mediation.agreement_drawn")
@dataclass(frozen=True, kw_only=True)
class AgreementDrawn(DomainEvent):
    agreement: int
    form: str
    content: str  # salted commitment to the text


@event("mediation.agreement_dropped")
@dataclass(frozen=True, kw_only=True)
class AgreementDropped(DomainEvent):
    agreement: int


@event("mediation.agreement_signed")
@dataclass(frozen=True, kw_only=True)
class AgreementSigned(DomainEvent):
    """Signatures that came in: of parties, of the mediator, the committee's seal."""

    agreement: int
    parties: list[int]
    mediator: bool
    seal: bool


@event("mediation.agreement_in_force")
@dataclass(frozen=True, kw_only=True)
class AgreementInForce(DomainEvent):
    agreement: int
    form: str
    confirm_by: str


@event("mediation.confirmation")
@dataclass(frozen=True, kw_only=True)
class ConfirmationRecorded(DomainEvent):
    confirmation: str
    on: str


@event("mediation.promise_remembered")
@dataclass(frozen=True, kw_only=True)
class PromiseRemembered(DomainEvent):
    promise: int
    stage: str
    due_on: str


@event("mediation.promise_kept")
@dataclass(frozen=True, kw_only=True)
class PromiseKept(DomainEvent):
    promise: int
    on_time: bool


@event("mediation.performed")
@dataclass(frozen=True, kw_only=True)
class MediationPerformed(DomainEvent):
    on_time: bool


@event("mediation.terminated")
@dataclass(frozen=True, kw_only=True)
class MediationTerminated(DomainEvent):
    reason: str
    party: int | None


@event("mediation.reprojected")
@dataclass(frozen=True, kw_only=True)
class MediationReprojected(DomainEvent):
    """A new version of the calendar moved the day by which a mediator is to be named."""

    clock: str
    from_due: str
    to_due: str
    calendar: int
