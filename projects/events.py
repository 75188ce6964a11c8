"""What happens to key work. The case of a project is the project itself. Ids and codes only."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.events import DomainEvent, event


@event("project.plan_founded")
@dataclass(frozen=True, kw_only=True)
class PlanFounded(DomainEvent):
    place: str
    starts_on: str
    ends_on: str


@event("project.batch_opened")
@dataclass(frozen=True, kw_only=True)
class BatchOpened(DomainEvent):
    """A batch of a plan; the case is the plan."""

    number: int
    starts_on: str
    ends_on: str


@event("project.group_founded")
@dataclass(frozen=True, kw_only=True)
class GroupFounded(DomainEvent):
    """A task group of a plan; the case is the plan."""

    number: int
    lead: int
    head: int
    members: list[int]


@event("project.drafted")
@dataclass(frozen=True, kw_only=True)
class ProjectDrafted(DomainEvent):
    plan: str
    batch: int
    group: int
    owner: int
    person: int
    leader: int
    helpers: list[int]
    starts_on: str
    ends_on: str


@event("project.milestone_added")
@dataclass(frozen=True, kw_only=True)
class MilestoneAdded(DomainEvent):
    milestone: int
    due_on: str
    weight: int


@event("project.begun")
@dataclass(frozen=True, kw_only=True)
class ProjectBegun(DomainEvent):
    milestones: int


@event("project.replaced")
@dataclass(frozen=True, kw_only=True)
class PeopleReplaced(DomainEvent):
    """Another person answers for the owner, or another county leader is in charge."""

    person: int
    leader: int
    was_person: int
    was_leader: int


@event("project.milestone_reported")
@dataclass(frozen=True, kw_only=True)
class MilestoneReported(DomainEvent):
    milestone: int
    done_on: str
    on_time: bool


@event("project.milestone_confirmed")
@dataclass(frozen=True, kw_only=True)
class MilestoneConfirmed(DomainEvent):
    milestone: int
    on_time: bool


@event("project.milestone_sent_back")
@dataclass(frozen=True, kw_only=True)
class MilestoneSentBack(DomainEvent):
    milestone: int


@event("project.move_asked")
@dataclass(frozen=True, kw_only=True)
class MoveAsked(DomainEvent):
    """Another day is asked for a milestone."""

    milestone: int
    from_day: str
    to_day: str


@event("project.move_decided")
@dataclass(frozen=True, kw_only=True)
class MoveDecided(DomainEvent):
    """The other day is granted or refused; `due_on` is what holds from now on."""

    milestone: int
    granted: bool
    due_on: str


@event("project.asked_done")
@dataclass(frozen=True, kw_only=True)
class DoneAsked(DomainEvent):
    check_by: str


@event("project.done")
@dataclass(frozen=True, kw_only=True)
class ProjectDone(DomainEvent):
    on_time: bool


@event("project.sent_back")
@dataclass(frozen=True, kw_only=True)
class ProjectSentBack(DomainEvent):
    times: int


@event("project.suspended")
@dataclass(frozen=True, kw_only=True)
class ProjectSuspended(DomainEvent):
    until: str


@event("project.resumed")
@dataclass(frozen=True, kw_only=True)
class ProjectResumed(DomainEvent):
    owner: int


@event("project.ended")
@dataclass(frozen=True, kw_only=True)
class ProjectEnded(DomainEvent):
    """Ended without being done."""

    owner: int


@event("project.month_opened")
@dataclass(frozen=True, kw_only=True)
class MonthOpened(DomainEvent):
    """A month of a plan, whose case it is: so many reports are owed."""

    month: str
    owed: int
    due_at: str


@event("project.redated")
@dataclass(frozen=True, kw_only=True)
class ProjectRedated(DomainEvent):
    """A new holiday notice: what is counted in working days is due at another time."""

    clock: str
    from_due: str
    to_due: str
    calendar: int


@event("project.month_held")
@dataclass(frozen=True, kw_only=True)
class MonthHeld(DomainEvent):
    filed: int
    owed: int


@event("project.reported")
@dataclass(frozen=True, kw_only=True)
class ProjectReported(DomainEvent):
    """The report of a month."""

    month: str
    percent: int
    on_time: bool
    wanted: int


@event("project.report_missing")
@dataclass(frozen=True, kw_only=True)
class ReportMissing(DomainEvent):
    """Recorded by itself: the report of a month is not there in time."""

    month: str


@event("project.remarked")
@dataclass(frozen=True, kw_only=True)
class ReportRemarked(DomainEvent):
    month: str


@event("project.instructed")
@dataclass(frozen=True, kw_only=True)
class Instructed(DomainEvent):
    task: int
    unit: int
    due_on: str


@event("project.task_replied")
@dataclass(frozen=True, kw_only=True)
class TaskReplied(DomainEvent):
    task: int
    unit: int
    on_time: bool


@event("project.task_settled")
@dataclass(frozen=True, kw_only=True)
class TaskSettled(DomainEvent):
    task: int
    unit: int


@event("project.task_sent_back")
@dataclass(frozen=True, kw_only=True)
class TaskSentBack(DomainEvent):
    task: int
    unit: int


@event("project.task_dropped")
@dataclass(frozen=True, kw_only=True)
class TaskDropped(DomainEvent):
    task: int
    unit: int


@event("project.late")
@dataclass(frozen=True, kw_only=True)
class ProjectLate(DomainEvent):
    """Something promised is not there on its day: rung 1 is the head of the unit, rung 2 the leader in charge."""

    clock: str
    rung: int
    unit: int
    what: str
    number: int


@event("project.bulletin_drawn")
@dataclass(frozen=True, kw_only=True)
class BulletinDrawn(DomainEvent):
    plan: str
    span: str
    starts_on: str
    rows: int
    digest: str


@event("project.bulletin_published")
@dataclass(frozen=True, kw_only=True)
class BulletinPublished(DomainEvent):
    plan: str
    digest: str


@event("project.exported")
@dataclass(frozen=True, kw_only=True)
class ProjectsExported(DomainEvent):
    """A list of projects was taken away as a spreadsheet."""

    rows: int
    capped: bool
