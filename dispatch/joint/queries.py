"""Questions about joint orders: how many have replied, which clock runs, and what may be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from dispatch.clocks import NAMES
from dispatch.deadlines import LIMITS
from dispatch.joint.choices import WAITED_FOR, ReleaseWhy, TaskKind, TaskState
from dispatch.joint.policies import IN_HAND, MAY_BE_OFFERED, may_give, may_offer, offer_verdict, task_verdict
from dispatch.joint.workflow import OFFERS, TASKS
from dispatch.models import JointTask, OrderOffer, WorkOrder
from kernel.actors import Actor
from kernel.permissions import Denied, Verdict
from kernel.running import Running, running
from kernel.workflow import Move
from kernel.worktime import Limit, WorkCalendar, deadline
from organizations.models import User
from organizations.queries.people import people_posted

BY_SYSTEM = frozenset({"lapse"})
# Whom a lead waits for, or has finished without; who is not needed any more is not counted.
COUNTED = Q(kind=TaskKind.ASKED) & (~Q(state=TaskState.RELEASED) | Q(released_why=ReleaseWhy.WITHOUT))
REPLIED = Q(state__in=[TaskState.REPLIED, TaskState.ACCEPTED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many units of an order were asked, and how many of them have replied."""

    asked: int = 0
    replied: int = 0


def tallies(*, order_ids: Iterable[UUID]) -> dict[UUID, Tally]:
    """The tallies of those orders in which anybody was asked. One query, none for no order."""
    wanted = list(order_ids)
    if not wanted:
        return {}
    rows = JointTask.objects.filter(COUNTED, order__in=wanted).order_by().values_list("order_id")
    counted = rows.annotate(asked=Count("pk"), replied=Count("pk", filter=REPLIED))
    return {order_id: Tally(asked=asked, replied=replied) for order_id, asked, replied in counted}


def tally_of(tasks: Iterable[JointTask]) -> Tally:
    """The tally of one order whose tasks were read already: the same rule as tallies()."""
    counted = [
        one
        for one in tasks
        if one.kind == TaskKind.ASKED and (one.state != TaskState.RELEASED or one.released_why == ReleaseWhy.WITHOUT)
    ]
    replied = sum(one.state in (TaskState.REPLIED, TaskState.ACCEPTED) for one in counted)
    return Tally(asked=len(counted), replied=replied)


def tasks_by_order(*, order_ids: Iterable[UUID]) -> dict[UUID, list[JointTask]]:
    """Every task of these orders, in the order in which they were given. One query."""
    found: dict[UUID, list[JointTask]] = {}
    rows = JointTask.objects.filter(order__in=list(order_ids)).select_related("unit", "officer", "entry", "order")
    for one in rows.order_by("given_at", "pk"):
        found.setdefault(one.order_id, []).append(one)
    return found


def task_clock(*, task: JointTask, at: datetime, calendar: WorkCalendar) -> Running | None:
    """The clock of a unit that has not replied; None where nothing runs, or nothing was asked."""
    if task.limit is None or task.state not in WAITED_FOR or task.counted_from is None or task.due_at is None:
        return None
    return running(
        kind="joint.reply",
        name=NAMES["joint.reply"],
        limit=task.limit,
        start=task.counted_from,
        due_at=task.due_at,
        at=at,
        calendar=calendar,
        provisional=task.provisional,
    )


def next_clock(*, task: JointTask, at: datetime, calendar: WorkCalendar) -> Running | None:
    """The clock of whoever has to act on a task: the unit until it has replied, then the lead that judges the reply."""
    if task.state != TaskState.REPLIED or task.replied_at is None:
        return task_clock(task=task, at=at, calendar=calendar)
    limit = LIMITS["joint.judge"][task.urgency]
    return _plain("joint.judge", limit, task.replied_at, at, calendar)


def offer_clock(*, offer: OrderOffer, at: datetime, calendar: WorkCalendar) -> Running | None:
    """How long the other unit still has to answer; None once it has."""
    if offer.answered_at is not None:
        return None
    return _plain("joint.offer", LIMITS["joint.offer"][offer.order.urgency], offer.offered_at, at, calendar)


def _plain(kind: str, limit: Limit, start: datetime, at: datetime, calendar: WorkCalendar) -> Running | None:
    ends = deadline(start=start, limit=limit, calendar=calendar).at
    if ends is None:
        return None
    return running(kind=kind, name=NAMES[kind], limit=limit, start=start, due_at=ends, at=at, calendar=calendar)


def task_moves(*, task: JointTask, order: WorkOrder, actor: Actor) -> list[Move]:
    """What the actor may do with a task now, and why not where not; nothing once its order is done."""
    if order.state not in IN_HAND:
        return []

    def said(move: str) -> Verdict:
        return task_verdict(move=move, task=task, order=order, actor=actor)

    return TASKS.moves(state=task.state, verdict=lambda row: said(row.move))


def offer_moves(*, offer: OrderOffer, actor: Actor) -> list[Move]:
    """What the actor may do with an offer now."""
    moves = OFFERS.moves(state=offer.state, verdict=lambda row: offer_verdict(move=row.move, offer=offer, actor=actor))
    return [one for one in moves if one.move not in BY_SYSTEM]


def gives(*, order: WorkOrder, actor: Actor) -> Verdict:
    """Whether the actor may ask and refer to other units now."""
    return may_give(order=order, actor=actor) if order.state in IN_HAND else Denied("")


def offers(*, order: WorkOrder, actor: Actor) -> Verdict:
    """Whether the actor may offer the order to another unit now."""
    return may_offer(order=order, actor=actor) if order.state in MAY_BE_OFFERED else Denied("")


def replies_of(*, order: WorkOrder) -> list[JointTask]:
    """What was replied so far, for whoever sums up."""
    return list(order.tasks.filter(REPLIED).select_related("unit").order_by("replied_at", "pk"))


def late_tasks(*, order: WorkOrder, at: datetime) -> list[JointTask]:
    """Who was due to reply and has not."""
    late = order.tasks.filter(kind=TaskKind.ASKED, state__in=WAITED_FOR, due_at__lt=at)
    return list(late.select_related("unit").order_by("due_at", "pk"))


def people_of(*, unit_id: int, at: datetime) -> Sequence[User]:
    """Whom a unit may name for its task. Two queries."""
    return list(User.objects.filter(pk__in=people_posted(unit_ids=[unit_id], at=at)).order_by("display_name", "pk"))
