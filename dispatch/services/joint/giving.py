"""Giving tasks to the units beside the lead: by the list as an order is handed out, or asked for and referred later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.deadlines import joint_limit
from dispatch.joint.choices import LIVE_TASKS, ReleaseWhy, TaskKind
from dispatch.joint.events import TasksGiven
from dispatch.joint.policies import may_give
from dispatch.models import JointTask, WorkOrder
from dispatch.routing import Beside
from dispatch.services import orders
from dispatch.services.joint.common import require_in_hand, spec
from dispatch.services.joint.releasing import end_task
from dispatch.services.joint.telling import tell_parts
from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from kernel.timers import TimerSpec
from kernel.worktime import WORKDAY, Limit, deadline
from organizations.queries import snapshot
from petitions.models import Petition
from petitions.services.handling import involve

MOST_PARTS = 20
MOST_DAYS = 60
ASKED_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one unit is asked for. `days`: working days for its reply; None leaves it to the share of the limit."""

    unit_id: int
    text: str
    days: int | None = None


def tasks_of(*, order: WorkOrder, beside: Iterable[Beside], actor: Actor, at: datetime) -> list[JointTask]:
    """The tasks that come with a new order, not stored yet: a unit whose duty the list puts in words is asked for it.

    The others are referred to: they read and report, as every cooperating unit may, and owe no reply.
    """
    among = [one for one in beside if one.unit_id in order.assists]
    limit = joint_limit(limit=order.counted, urgency=order.urgency)
    ends = deadline(start=at, limit=limit, calendar=current(at=at)) if any(one.text for one in among) else None
    given = []
    for one in among:
        task = _blank(order, one.unit_id, actor, at)
        task.entry_id = one.entry_id
        if one.text and ends is not None and ends.at is not None:
            task.kind, task.asked = TaskKind.ASKED, one.text[:ASKED_LENGTH]
            _put_clock(task, limit, ends.at, ends.provisional, at)
        given.append(task)
    return given


def clocks_of(tasks: Iterable[JointTask]) -> list[TimerSpec]:
    """The alarms of new tasks; none for those that nothing is asked of."""
    return [spec(one, kind="joint.reply", due_at=one.due_at) for one in tasks if one.due_at is not None]


def given_of(*, order: WorkOrder, tasks: Sequence[JointTask]) -> TasksGiven:
    """The event of the tasks that one order gave at once."""
    return TasksGiven(
        **orders.identity(order),
        lead=order.unit_id,
        asked=[one.unit_id for one in tasks if one.kind == TaskKind.ASKED],
        referred=[one.unit_id for one in tasks if one.kind == TaskKind.REFERRED],
    )


@deed
def ask(
    *, order_id: Any, parts: Sequence[Part], actor: Actor, at: datetime, version: int | None = None
) -> list[JointTask]:
    """Ask other units for a part each, under the one lead. A unit that was only referred to is asked instead.

    Raises NotAllowed for anybody but lead and centre, Invalid for unknown units or nothing to do, Conflict for a unit
    that has a task already.
    """
    order, petition = _opened(order_id, version, actor)
    _check_parts(order, parts)
    found = {one.unit_id: one for one in order.tasks.filter(state__in=LIVE_TASKS, unit__in=[p.unit_id for p in parts])}
    given = []
    for part in parts:
        if former := found.get(part.unit_id):
            if former.kind == TaskKind.ASKED:
                raise Conflict(_("This unit has its task in this order already."), code="has_a_task")
            end_task(task=former, why=ReleaseWhy.ASKED_ANEW, actor=actor, at=at)
        given.append(_asked(order, part, actor, at))
    return _give(order, petition, given, actor, at)


@deed
def refer(*, order_id: Any, unit_id: int, actor: Actor, at: datetime, version: int | None = None) -> list[JointTask]:
    """Let another unit see the order and work on it; its owner stays, and no reply is asked for."""
    order, petition = _opened(order_id, version, actor)
    _check_unit(order, unit_id, "unit")
    if order.tasks.filter(state__in=LIVE_TASKS, unit=unit_id).exists():
        raise Conflict(_("This unit has its task in this order already."), code="has_a_task")
    return _give(order, petition, [_blank(order, unit_id, actor, at)], actor, at)


def _opened(order_id: Any, version: int | None, actor: Actor) -> tuple[WorkOrder, Petition]:
    order, petition = orders.locked(order_id=order_id, version=version)
    require(may_give(order=order, actor=actor))
    require_in_hand(order)
    return order, petition


def _give(order: WorkOrder, petition: Petition, given: list[JointTask], actor: Actor, at: datetime) -> list[JointTask]:
    JointTask.objects.bulk_create(given)
    units = [one.unit_id for one in given]
    order.assists = list(dict.fromkeys((*order.assists, *units)))
    orders.save(order=order, at=at, columns=("assists",))
    involve(petition=petition, unit_ids=units, at=at)
    timers.start_many(clocks_of(given), at=at, fresh=True)
    record(given_of(order=order, tasks=given), actor=actor, at=at)
    tell_parts(tasks=given, order=order, petition=petition, at=at)
    return given


def _check_parts(order: WorkOrder, parts: Sequence[Part]) -> None:
    if not 0 < len(parts) <= MOST_PARTS or len({one.unit_id for one in parts}) != len(parts):
        raise Invalid(_("Name every unit once."), fields={"parts": [_("Name every unit once.")]})
    for part in parts:
        _check_unit(order, part.unit_id, "unit")
        if not part.text.strip():
            raise Invalid(_("Say what is asked of the unit."), fields={"text": [_("Required.")]})
        if part.days is not None and not 0 < part.days <= MOST_DAYS:
            raise Invalid(_("This number of days is not possible."), fields={"days": [_("1 to 60 working days.")]})


def _check_unit(order: WorkOrder, unit_id: int, name: str) -> None:
    if unit_id not in snapshot.current().working:
        raise Invalid(_("There is no such unit."), fields={name: [_("Unknown unit.")]})
    if unit_id == order.unit_id:
        raise Invalid(_("This unit leads the order."), fields={name: [_("The same unit.")]})


def _asked(order: WorkOrder, part: Part, actor: Actor, at: datetime) -> JointTask:
    task = _blank(order, part.unit_id, actor, at)
    task.kind, task.asked = TaskKind.ASKED, part.text.strip()[:ASKED_LENGTH]
    limit = Limit(part.days, WORKDAY) if part.days else joint_limit(limit=order.counted, urgency=order.urgency)
    ends = deadline(start=at, limit=limit, calendar=current(at=at))
    assert ends.at is not None  # only a pause leaves a limit without an end
    _put_clock(task, limit, ends.at, ends.provisional, at)
    return task


def _blank(order: WorkOrder, unit_id: int, actor: Actor, at: datetime) -> JointTask:
    return JointTask(
        id=new_id(at=at),
        order=order,
        petition_id=order.petition_id,
        unit_id=unit_id,
        kind=TaskKind.REFERRED,
        urgency=order.urgency,
        given_at=at,
        given_by_id=actor.user_id,
        changed_at=at,
    )


def _put_clock(task: JointTask, limit: Limit, due_at: datetime, provisional: bool, at: datetime) -> None:
    task.counted_from, task.limit_value, task.limit_unit = at, limit.value, limit.unit
    task.due_at, task.provisional, task.calendar_version = due_at, provisional, current(at=at).version
