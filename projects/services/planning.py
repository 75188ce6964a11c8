"""A plan is founded, its batches are opened, its task groups named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Message
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.models import Area, Unit, User
from projects.deadlines import FIRST_DAY, LAST_DAY
from projects.events import BatchOpened, GroupFounded, PlanFounded
from projects.models import ActionPlan, Batch, TaskGroup
from projects.policies import KEEP
from projects.services.months import plan_months
from projects.services.rows import save

MOST_UNITS = 40


@deed
def found_plan(*, name: str, area_code: str, starts_on: date, ends_on: date, actor: Actor, at: datetime) -> ActionPlan:
    """Found an action plan for an area. Raises Invalid, NotAllowed outside of the keeper's area."""
    area = Area.objects.filter(pk=area_code).first()
    fields: dict[str, list[Message]] = {}
    if area is None:
        fields["area_code"] = [_("There is no such area.")]
    if not name.strip():
        fields["name"] = [_("Required.")]
    _period(fields, starts_on, ends_on)
    if fields or area is None:
        raise Invalid(_("The plan is not complete."), fields=fields)
    require(actor.may(KEEP, place=area.prefix))
    if ActionPlan.objects.filter(place=area.prefix, name=name.strip()).exists():
        raise Invalid(_("The plan is not complete."), fields={"name": [_("There is a plan of this name.")]})
    plan = ActionPlan.objects.create(
        id=new_id(at=at), name=name.strip(), place=area.prefix, starts_on=starts_on, ends_on=ends_on, opened_at=at,
        changed_at=at,
    )  # fmt: skip
    happened = PlanFounded(**_of(plan), place=plan.place, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
    record(happened, actor=actor, at=at)
    plan_months(plan=plan, at=at)
    return plan


@deed
def open_batch(
    *,
    plan_id: Any,
    name: str,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> Batch:
    """Open the next batch of a plan, inside the period of the plan."""
    plan = _kept(plan_id, actor, version)
    fields: dict[str, list[Message]] = {} if name.strip() else {"name": [_("Required.")]}
    _period(fields, starts_on, ends_on)
    if not fields and (starts_on < plan.starts_on or ends_on > plan.ends_on):
        fields["starts_on"] = [_("Outside of the period of the plan.")]
    if fields:
        raise Invalid(_("The batch is not complete."), fields=fields)
    number = plan.batches.count() + 1
    batch = Batch.objects.create(plan=plan, number=number, name=name.strip(), starts_on=starts_on, ends_on=ends_on)
    save(row=plan, at=at)
    happened = BatchOpened(**_of(plan), number=number, starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
    record(happened, actor=actor, at=at)
    return batch


@deed
def found_group(
    *,
    plan_id: Any,
    name: str,
    lead: int,
    head: int,
    members: Sequence[int],
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> TaskGroup:
    """Name a task group: the unit that leads it, the person at its head, and the units that belong to it."""
    plan = _kept(plan_id, actor, version)
    fields: dict[str, list[Message]] = {} if name.strip() else {"name": [_("Required.")]}
    others = [one for one in dict.fromkeys(members) if one != lead]
    if len(others) > MOST_UNITS or Unit.objects.working().filter(pk__in=[lead, *others]).count() != len(others) + 1:
        fields["members"] = [_("One of these units is not there.")]
    if not User.objects.filter(pk=head, is_active=True).exists():
        fields["head"] = [_("There is no such person.")]
    if fields:
        raise Invalid(_("The task group is not complete."), fields=fields)
    number = plan.groups.count() + 1
    group = TaskGroup.objects.create(plan=plan, number=number, name=name.strip(), lead_id=lead, head_id=head)
    group.members.set(others)
    save(row=plan, at=at)
    record(GroupFounded(**_of(plan), number=number, lead=lead, head=head, members=others), actor=actor, at=at)
    return group


def _kept(plan_id: Any, actor: Actor, version: int | None) -> ActionPlan:
    plan: ActionPlan = ActionPlan.objects.locked(plan_id, version=version)
    require(actor.may(KEEP, place=plan.place))
    return plan


def _period(fields: dict[str, list[Message]], starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        fields["ends_on"] = [_("The end lies after the beginning.")]
    if starts_on < FIRST_DAY:
        fields["starts_on"] = [_("Not before the year 2000.")]
    if ends_on > LAST_DAY:
        fields["ends_on"] = [_("Not after the year 2199.")]


def _of(plan: ActionPlan) -> dict[str, Any]:
    return {"case_id": plan.pk, "subject_id": str(plan.pk)}
