"""What happens to petitions: the language that the apps above listen to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from kernel.events import DomainEvent, event

CATEGORIES = uuid5(NAMESPACE_URL, "petitions/categories")


@event("petition.filed")
@dataclass(frozen=True, kw_only=True)
class PetitionFiled(DomainEvent):
    kind: str
    channel: str
    urgency: str
    category: str
    place: str
    content: str  # salted commitment to title and description
    reporter: str  # salted commitment to the reporter's data


@event("petition.information_requested")
@dataclass(frozen=True, kw_only=True)
class InformationRequested(DomainEvent):
    due_at: str


@event("petition.information_supplied")
@dataclass(frozen=True, kw_only=True)
class InformationSupplied(DomainEvent):
    content: str


@event("petition.passed_up")
@dataclass(frozen=True, kw_only=True)
class PetitionPassedUp(DomainEvent):
    """Nobody answered in time; the next level holds it now."""

    clock: str
    rung: int
    level: str
    from_unit: int | None


@event("petition.accepted")
@dataclass(frozen=True, kw_only=True)
class PetitionAccepted(DomainEvent):
    kind: str
    category: str
    urgency: str
    due_at: str
    condition: str = ""


@event("petition.classified")
@dataclass(frozen=True, kw_only=True)
class PetitionClassified(DomainEvent):
    kind: str
    category: str
    urgency: str
    place: str
    condition: str = ""


@event("petition.regridded")
@dataclass(frozen=True, kw_only=True)
class PetitionRegridded(DomainEvent):
    """Its grid was split or merged: it lies where it lay, in the grid that stands there now."""

    from_cell: str
    place: str


@event("petition.planned")
@dataclass(frozen=True, kw_only=True)
class PetitionPlanned(DomainEvent):
    """It is handled by a plan of steps of several units, and ends with the plan."""

    kind: str
    category: str
    due_at: str


@event("petition.declined")
@dataclass(frozen=True, kw_only=True)
class PetitionDeclined(DomainEvent):
    reason: str


@event("petition.withdrawn")
@dataclass(frozen=True, kw_only=True)
class PetitionWithdrawn(DomainEvent):
    by: str


@event("petition.joined")
@dataclass(frozen=True, kw_only=True)
class PetitionJoined(DomainEvent):
    main: str


@event("petition.separated")
@dataclass(frozen=True, kw_only=True)
class PetitionSeparated(DomainEvent):
    main: str


@event("petition.unroutable")
@dataclass(frozen=True, kw_only=True)
class PetitionUnroutable(DomainEvent):
    """The list has no answer: the centre decides, and the list has a gap."""

    reason: str


@event("petition.dispatched")
@dataclass(frozen=True, kw_only=True)
class PetitionDispatched(DomainEvent):
    unit: int
    round: int
    due_at: str
    provisional: bool


@event("petition.recalled")
@dataclass(frozen=True, kw_only=True)
class PetitionRecalled(DomainEvent):
    unit: int
    reason: str


@event("petition.overdue")
@dataclass(frozen=True, kw_only=True)
class PetitionOverdue(DomainEvent):
    """The time promised to the citizen is over."""

    clock: str


@event("petition.reprojected")
@dataclass(frozen=True, kw_only=True)
class PetitionReprojected(DomainEvent):
    """A new version of the calendar moved the end of the stage."""

    clock: str
    from_due: str
    to_due: str
    calendar: int
    provisional: bool


@event("petition.handled")
@dataclass(frozen=True, kw_only=True)
class PetitionHandled(DomainEvent):
    unit: int
    on_time: bool


@event("petition.rejected")
@dataclass(frozen=True, kw_only=True)
class PetitionRejected(DomainEvent):
    unit: int


@event("petition.verified")
@dataclass(frozen=True, kw_only=True)
class PetitionVerified(DomainEvent):
    round: int


@event("petition.replied")
@dataclass(frozen=True, kw_only=True)
class PetitionReplied(DomainEvent):
    kind: str
    content: str


@event("petition.called_back")
@dataclass(frozen=True, kw_only=True)
class PetitionCalledBack(DomainEvent):
    reached: bool
    resolved: bool | None
    satisfaction: str


@event("petition.rated")
@dataclass(frozen=True, kw_only=True)
class PetitionRated(DomainEvent):
    satisfaction: str
    resolved: bool | None
    round: int
    by: str


@event("petition.reopened")
@dataclass(frozen=True, kw_only=True)
class PetitionReopened(DomainEvent):
    """Dissatisfied: handled again, once, with a fresh limit."""

    round: int
    unit: int | None


@event("petition.closed")
@dataclass(frozen=True, kw_only=True)
class PetitionClosed(DomainEvent):
    how: str  # rated | called_back | lapsed | joined
    unit: int | None
    satisfaction: str
    on_time: bool | None


@event("petition.archived")
@dataclass(frozen=True, kw_only=True)
class PetitionArchived(DomainEvent):
    pass


@event("petition.attached")
@dataclass(frozen=True, kw_only=True)
class AttachmentAdded(DomainEvent):
    attachment: str
    purpose: str
    sha256: str


@event("petition.identity_revealed")
@dataclass(frozen=True, kw_only=True)
class IdentityRevealed(DomainEvent):
    field: str
    purpose: str


@event("petition.erased")
@dataclass(frozen=True, kw_only=True)
class ReporterErased(DomainEvent):
    basis: str


@event("petition.exported")
@dataclass(frozen=True, kw_only=True)
class PetitionsExported(DomainEvent):
    """Somebody took a list out of the system; chained per person, not per case."""

    rows: int
    capped: bool


@event("petition.phone_searched")
@dataclass(frozen=True, kw_only=True)
class PhoneSearched(DomainEvent):
    """Somebody asked which cases a telephone number was given with; chained per person. The number is not told."""

    purpose: str
    cases: list[str]


@event("categories.attached")
@dataclass(frozen=True, kw_only=True)
class CategoriesAttached(DomainEvent):
    """Categories lead to other matters of the responsibility list from now on."""

    categories: list[str]
