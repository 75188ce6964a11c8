"""A project is drafted with a person who answers for it, gets its milestones, and begins; people may be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Message, Missing
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.choices import Role
from organizations.models import Area, Posting, Unit
from projects.choices import Decided, Kind, State
from projects.events import MilestoneAdded, PeopleReplaced, ProjectBegun, ProjectDrafted
from projects.models import ActionPlan, Milestone, Project
from projects.policies import KEEP
from projects.queries.reading import end_of_day
from projects.services import telling
from projects.services.rows import case_of, identity, lay, project_for, save, start_clock
from projects.workflow import MILESTONES, PROJECTS

MOST_UNITS, MOST_WEIGHT = 40, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a project when it is drafted."""

    code: str
    name: str
    kind: str
    batch: int
    group: int
    owner: int
    person: int
    leader: int
    starts_on: date
    ends_on: date
    done_means: str
    area_code: str = ""
    helpers: Sequence[int] = ()


@deed
def draft(*, plan_id: Any, said: Said, actor: Actor, at: datetime) -> Project:
    """Put a project into a plan. Raises Invalid naming what is wrong, Missing, NotAllowed, Conflict (taken code)."""
    plan: ActionPlan | None = ActionPlan.objects.visible_to(actor).filter(pk=plan_id).first()
    if plan is None:
        raise Missing(_("This does not exist, or not for you."))
    require(actor.may(KEEP, place=plan.place))
    place = _checked(plan, said, at)
    helpers = [one for one in dict.fromkeys(said.helpers) if one != said.owner]
    project = Project(
        id=new_id(at=at), plan=plan, batch_id=said.batch, group_id=said.group, code=said.code.strip(),
        name=said.name.strip(), kind=said.kind, place=place, owner_id=said.owner, person_id=said.person,
        leader_id=said.leader, starts_on=said.starts_on, ends_on=said.ends_on, done_means=said.done_means.strip(),
        opened_at=at, changed_at=at, stage_due_at=end_of_day(said.starts_on),
    )  # fmt: skip
    project.save(force_insert=True)
    project.helpers.set(helpers)
    start_clock(row=project, flow=PROJECTS, at=at)
    record(drafted_event(project=project, helpers=helpers), actor=actor, at=at)
    return project


def drafted_event(*, project: Project, helpers: Sequence[int]) -> ProjectDrafted:
    """What the log holds of a new project."""
    return ProjectDrafted(
        **identity(project), plan=str(project.plan_id), batch=project.batch_id, group=project.group_id,
        owner=project.owner_id, person=project.person_id, leader=project.leader_id, helpers=list(helpers),
        starts_on=project.starts_on.isoformat(), ends_on=project.ends_on.isoformat(),
    )  # fmt: skip


def _checked(plan: ActionPlan, said: Said, at: datetime) -> str:
    """The place of the project, once everything that is said of it is right."""
    fields: dict[str, list[Message]] = {
        name: [_("Required.")] for name in ("code", "name", "done_means") if not getattr(said, name).strip()
    }
    if said.kind not in Kind.values:
        fields["kind"] = [_("Unknown kind.")]
    fields |= _place_in_plan_wrong(plan, said)
    fields |= _people_wrong(owner=said.owner, person=said.person, leader=said.leader, at=at)
    units = {said.owner, *said.helpers}
    if len(units) > MOST_UNITS or Unit.objects.working().filter(pk__in=units).count() != len(units):
        fields["helpers"] = [_("One of these units is not there.")]
    area = Area.objects.filter(pk=said.area_code).first() if said.area_code else None
    if said.area_code and (area is None or not area.prefix.startswith(plan.place)):
        fields["area_code"] = [_("Outside of the area of the plan.")]
    if fields:
        raise Invalid(_("The project is not complete."), fields=fields)
    return area.prefix if area else plan.place


def _place_in_plan_wrong(plan: ActionPlan, said: Said) -> dict[str, list[Message]]:
    """Batch and group are of the plan, and the days lie within it."""
    wrong: dict[str, list[Message]] = {}
    if not plan.batches.filter(pk=said.batch).exists():
        wrong["batch"] = [_("Not of this plan.")]
    if not plan.groups.filter(pk=said.group).exists():
        wrong["group"] = [_("Not of this plan.")]
    if said.ends_on <= said.starts_on:
        wrong["ends_on"] = [_("The end lies after the beginning.")]
    elif said.starts_on < plan.starts_on or said.ends_on > plan.ends_on:
        wrong["starts_on"] = [_("Outside of the period of the plan.")]
    return wrong


def _people_wrong(*, owner: int, person: int, leader: int, at: datetime) -> dict[str, list[Message]]:
    """Who answers for it works for the owner; the county leader is one."""
    posted = Posting.objects.in_force(at).filter(user__is_active=True)
    wrong: dict[str, list[Message]] = {}
    if not posted.filter(user=person, unit=owner).exclude(role=Role.COUNTY_LEADER).exists():
        wrong["person"] = [_("This person does not work for the owner.")]
    if not posted.filter(user=leader, role=Role.COUNTY_LEADER).exists():
        wrong["leader"] = [_("This is no county leader.")]
    return wrong


@deed
def add_milestone(
    *,
    project_id: Any,
    name: str,
    due_on: date,
    weight: int,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Milestone:
    """Promise a milestone within the days of the project. What it is due on first stays on record."""
    project = project_for(project_id=project_id, move="add_milestone", actor=actor, version=version)
    PROJECTS.advance(project, "add_milestone", given={"name": name.strip(), "due_on": due_on, "weight": weight})
    fields: dict[str, list[Message]] = {}
    if not project.starts_on <= due_on <= project.ends_on:
        fields["due_on"] = [_("Outside of the days of the project.")]
    if not 1 <= weight <= MOST_WEIGHT:
        fields["weight"] = [_("Between 1 and 100.")]
    if fields:
        raise Invalid(_("The milestone is not complete."), fields=fields)
    milestone = Milestone.objects.create(
        id=new_id(at=at), project=project, number=project.milestones.count() + 1, name=name.strip(), weight=weight,
        first_due=due_on, due_on=due_on, stage_due_at=end_of_day(due_on), changed_at=at,
    )  # fmt: skip
    if project.state == State.RUNNING:
        start_clock(row=milestone, flow=MILESTONES, at=at)
    save(row=project, at=at)
    happened = MilestoneAdded(
        **identity(milestone), milestone=milestone.number, due_on=due_on.isoformat(), weight=weight
    )
    record(happened, actor=actor, at=at)
    return milestone


@deed
def begin(*, project_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Project:
    """It begins: from now on what was promised stands, and each milestone has its clock. Needs a milestone."""
    project = project_for(project_id=project_id, move="begin", actor=actor, version=version)
    milestones = list(project.milestones.order_by("number"))
    PROJECTS.advance(project, "begin", given={"milestones": milestones})
    project.begun_at = at
    lay(row=project, due_at=end_of_day(project.ends_on))
    save(row=project, at=at, columns=("begun_at",))
    start_clock(row=project, flow=PROJECTS, at=at)
    timers.start_many(
        [
            timers.TimerSpec(
                kind=MILESTONES.clocks[one.state], case_id=case_of(one), subject_id=str(one.pk),
                due_at=max(one.stage_due_at, at),
            )
            for one in milestones
        ],
        at=at,
    )  # fmt: skip
    record(ProjectBegun(**identity(project), milestones=len(milestones)), actor=actor, at=at)
    telling.decided(project=project, what=Decided.BEGUN, once=f"{project.pk}:begun", at=at)
    return project


@deed
def replace(
    *,
    project_id: Any,
    person: int,
    leader: int,
    note: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Project:
    """Somebody else answers for it, or another county leader is in charge; who it was stays in the log."""
    project = project_for(project_id=project_id, move="replace", actor=actor, version=version)
    PROJECTS.advance(project, "replace", given={"person_id": person, "note": note.strip()})
    if wrong := _people_wrong(owner=project.owner_id, person=person, leader=leader, at=at):
        raise Invalid(_("The project is not complete."), fields=wrong)
    was = (project.person_id, project.leader_id)
    project.person_id, project.leader_id, project.note = person, leader, note.strip()
    save(row=project, at=at, columns=("person_id", "leader_id", "note"))
    happened = PeopleReplaced(**identity(project), person=person, leader=leader, was_person=was[0], was_leader=was[1])
    record(happened, actor=actor, at=at)
    return project
