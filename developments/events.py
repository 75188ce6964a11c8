"""What happens to development petitions. The case id is the petition's: one case, one chain. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("development.filed")
@dataclass(frozen=True, kw_only=True)
class DevelopmentFiled(DomainEvent):
    """A company asks for a plan; `by_center` where the centre opened it from a petition."""

    company: int
    template: str
    version: int
    center: int
    green: bool
    handed: int
    missing: int
    promised: bool
    by_center: bool
    due_by: str
    content: str  # salted commitment to what is asked


@event("development.promised")
@dataclass(frozen=True, kw_only=True)
class PapersPromised(DomainEvent):
    """The company signs that it hands in what is missing."""

    company: int
    missing: int


@event("development.accepted")
@dataclass(frozen=True, kw_only=True)
class DevelopmentAccepted(DomainEvent):
    """The plan begins; `missing` papers are due later, as the company promised."""

    template: str
    version: int
    units: list[int]
    missing: int
    tolerant: bool
    green: bool
    due_by: str


@event("development.declined")
@dataclass(frozen=True, kw_only=True)
class DevelopmentDeclined(DomainEvent):
    reason: str


@event("development.withdrawn")
@dataclass(frozen=True, kw_only=True)
class DevelopmentWithdrawn(DomainEvent):
    company: int


@event("development.ended")
@dataclass(frozen=True, kw_only=True)
class DevelopmentEnded(DomainEvent):
    """The centre ends a case whose plan cannot go on."""

    company: int


@event("development.finished")
@dataclass(frozen=True, kw_only=True)
class DevelopmentFinished(DomainEvent):
    """Every step is done or not needed."""

    in_time: bool
    rate_by: str


@event("development.rated")
@dataclass(frozen=True, kw_only=True)
class DevelopmentRated(DomainEvent):
    company: int
    speed: int
    quality: int


@event("development.lapsed")
@dataclass(frozen=True, kw_only=True)
class DevelopmentLapsed(DomainEvent):
    """Nobody rated it in time: closed without a rating."""

    company: int


@event("development.step_begun")
@dataclass(frozen=True, kw_only=True)
class StepBegun(DomainEvent):
    """What a step waited for is done: its unit's clock runs. `again`: the centre sent it to a unit once more."""

    unit: int
    step: str
    due_by: str
    again: bool = False


@event("development.step_signed")
@dataclass(frozen=True, kw_only=True)
class StepSigned(DomainEvent):
    unit: int
    step: str


@event("development.step_finished")
@dataclass(frozen=True, kw_only=True)
class StepFinished(DomainEvent):
    unit: int
    step: str
    in_time: bool
    done: int
    total: int
    content: str  # salted commitment to the number of the document and the result


@event("development.step_refused")
@dataclass(frozen=True, kw_only=True)
class StepRefused(DomainEvent):
    unit: int
    step: str
    rule_by: str


@event("development.step_waived")
@dataclass(frozen=True, kw_only=True)
class StepWaived(DomainEvent):
    unit: int
    step: str


@event("development.step_held")
@dataclass(frozen=True, kw_only=True)
class StepHeld(DomainEvent):
    """A paper that the step needs has lapsed: its clock stands still until the centre decides."""

    unit: int
    step: str


@event("development.step_resumed")
@dataclass(frozen=True, kw_only=True)
class StepResumed(DomainEvent):
    unit: int
    step: str
    due_by: str


@event("development.paper_asked")
@dataclass(frozen=True, kw_only=True)
class PaperAsked(DomainEvent):
    """A unit asks for a paper, or waits for one that was promised: its clock stands still until it is there."""

    unit: int
    step: str
    paper: str
    due_by: str


@event("development.paper_handed")
@dataclass(frozen=True, kw_only=True)
class PaperHanded(DomainEvent):
    company: int
    paper: str
    sha256: str
    in_time: bool


@event("development.paper_accepted")
@dataclass(frozen=True, kw_only=True)
class PaperAccepted(DomainEvent):
    unit: int
    paper: str


@event("development.paper_sent_back")
@dataclass(frozen=True, kw_only=True)
class PaperSentBack(DomainEvent):
    unit: int
    paper: str
    due_by: str


@event("development.paper_lapsed")
@dataclass(frozen=True, kw_only=True)
class PaperLapsed(DomainEvent):
    """The company did not keep its promise."""

    company: int
    paper: str


@event("development.paper_prolonged")
@dataclass(frozen=True, kw_only=True)
class PaperProlonged(DomainEvent):
    company: int
    paper: str
    due_by: str


@event("development.escalated")
@dataclass(frozen=True, kw_only=True)
class DevelopmentEscalated(DomainEvent):
    """Somebody above was told that a unit is late."""

    clock: str
    rung: int
    unit: int
    whom: str
    what: str


@event("development.reprojected")
@dataclass(frozen=True, kw_only=True)
class DevelopmentReprojected(DomainEvent):
    """A new holiday notice puts a date of the case, a step or a paper elsewhere."""

    clock: str
    from_due: str
    to_due: str
    calendar: int


@event("development.exported")
@dataclass(frozen=True, kw_only=True)
class DevelopmentsExported(DomainEvent):
    """Somebody took a list home; on a chain of their own."""

    rows: int
    capped: bool


@event("plan_template.published")
@dataclass(frozen=True, kw_only=True)
class TemplatePublished(DomainEvent):
    """A version of a template is signed; on a chain of the template's own."""

    code: str
    version: int
    steps: int
    valid_from: str
    content: str  # digest of the whole version


@event("enterprise.registered")
@dataclass(frozen=True, kw_only=True)
class EnterpriseRegistered(DomainEvent):
    unit: int
    key_project: bool


@event("enterprise.standing_changed")
@dataclass(frozen=True, kw_only=True)
class StandingChanged(DomainEvent):
    """The green channel is granted or taken away, signed and with a reason."""

    unit: int
    green: bool
