"""The inbox of the workbench: petitions and orders of all queues of a person in one list, by time to breach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Value
from django.urls import reverse

from calls.clocks import stage_clock as call_clock
from calls.models import Call
from desk.listing import COUNTED
from desk.queues import Queue, Waiting, queues_of
from developments.clocks import stage_clock as plan_clock
from developments.clocks import step_clock as plan_step_clock
from developments.models import Development
from developments.models import Step as PlanStep
from dispatch.clocks import order_clocks
from dispatch.joint.queries import next_clock, offer_clock
from dispatch.models import JointTask, OrderOffer, WorkOrder
from governance.web.cases import UNREAD, Case, rows_of, with_rows
from kernel.actors import Actor
from kernel.calendars import current
from kernel.running import Running
from kernel.worktime import WorkCalendar
from mediation.clocks import stage_clock as mediation_clock
from mediation.models import MediationCase
from petitions.choices import OPEN_STATES
from petitions.models import Petition
from supervision.clocks import stage_clock as supervision_clock
from supervision.models import SupervisionOrder
from whistles.clocks import stage_clock as whistle_clock
from whistles.clocks import task_clock
from whistles.models import Task as WhistleTask
from whistles.models import Whistle

# More than this is not worked through from top to bottom any more; the lists are for that.
SHOWN = 60
JOINED = ("petition", "petition__lead_unit", "petition__center")
DEFERRED = tuple(f"petition__{name}" for name in UNREAD)
UNITS_CLOCKS = ("sign_due_at", "handle_due_at")
# What goes on beside a case → its clock.
BESIDE: dict[Any, Callable[[Any, datetime], Running | None]] = {
    SupervisionOrder: lambda one, at: supervision_clock(order=one, at=at),
    MediationCase: lambda one, at: mediation_clock(case=one, at=at),
    JointTask: lambda one, at: next_clock(task=one, at=at, calendar=current(at=at)),
    OrderOffer: lambda one, at: offer_clock(offer=one, at=at, calendar=current(at=at)),
}
# What has a unit beside the case's own: tables whose rows name it.
NAMED = {MediationCase: ("committee",), JointTask: ("unit", "order"), OrderOffer: ("to_unit", "order")}


@dataclass(frozen=True)
class Item:
    """One thing that waits."""

    queue: Queue
    case: Case | None
    order: Waiting | None
    clock: Running | None

    @property
    def href(self) -> str:
        """Where it is done: on the file of its case, or on a page of its own."""
        if isinstance(self.order, Call):
            return reverse("calls:call", args=[self.order.pk])
        if isinstance(self.order, Development | PlanStep):
            return reverse("developments:case", args=[plan_of(self.order).pk])
        if isinstance(self.order, Whistle | WhistleTask):
            return reverse("whistles:whistle", args=[whistle_of(self.order).pk])
        if isinstance(self.order, SupervisionOrder | MediationCase):
            page = "mediation:case" if isinstance(self.order, MediationCase) else "supervision:order"
            return reverse(page, args=[self.order.pk])
        return self.case.href if self.case else ""

    @property
    def title(self) -> str:
        """What it is about: of a call what is asked, since not everybody who is called sees the petition (F17)."""
        if isinstance(self.order, PlanStep):
            return f"{self.order.name} · {self.order.development.title}"
        if isinstance(self.order, Development):
            return self.order.title
        if isinstance(self.order, Whistle | WhistleTask):
            return self.order.what if isinstance(self.order, WhistleTask) else self.order.matter
        return self.order.asked if isinstance(self.order, Call) else self.case.petition.title if self.case else ""

    @property
    def number(self) -> str:
        """What it is called by."""
        if isinstance(self.order, Development | PlanStep):
            return plan_of(self.order).number
        if isinstance(self.order, Whistle | WhistleTask):
            return whistle_of(self.order).number
        own = self.order.number if isinstance(self.order, SupervisionOrder | MediationCase | Call) else ""
        return own or (self.case.petition.number if self.case else "")

    @property
    def unit(self) -> Any:
        """Who has it."""
        if isinstance(self.order, Whistle):
            return self.order.issuer or self.order.asker
        if isinstance(self.order, Call):
            return self.order.team or self.order.lead or self.order.center
        if isinstance(self.order, MediationCase):
            return self.order.committee
        if isinstance(self.order, Development):
            return self.order.center
        if isinstance(self.order, JointTask | WhistleTask | PlanStep):
            return self.order.unit
        return self.case and self.case.unit

    @property
    def due_at(self) -> datetime:
        """Until when it is to be done."""
        if self.clock is not None:
            return self.clock.due_at
        due: datetime = (self.case.petition if self.case else self.order).stage_due_at  # type: ignore[union-attr]
        return due

    @property
    def light(self) -> str:
        """Colour of the light, grey where nobody is late."""
        return self.clock.light if self.clock is not None else "grey"

    @property
    def rung(self) -> int:
        """How far up it has climbed."""
        climbing = self.order or (self.case.petition if self.case else None)
        return climbing.rung if climbing else 0


@dataclass(frozen=True)
class Inbox:
    """The list, how many wait in each queue, and how many of those shown are in each light."""

    items: list[Item]
    counts: list[tuple[Queue, int]]
    lights: dict[str, int]
    capped: int

    @property
    def total(self) -> int:
        """Everything that waits; more than `capped` is not counted, nor is it in one queue."""
        return sum(count for _queue, count in self.counts)


def inbox_of(*, actor: Actor, at: datetime, only: str = "") -> Inbox:
    """What waits for a person; `only` names one queue. The counts are of all queues in any case."""
    queues = queues_of(actor=actor)
    counts = _counts(queues, actor)
    waiting = [queue for queue, count in counts if count]  # what is empty costs no statement of its own
    wanted = [queue for queue in waiting if queue.key == only] if only in {one.key for one in queues} else waiting
    calendar = current(at=at)
    items = [item for queue in wanted for item in _items(queue, actor, at=at, calendar=calendar)]
    items.sort(key=lambda item: (item.light == "grey", item.due_at))
    shown = items[:SHOWN]
    lights = {light: sum(item.light == light for item in shown) for light in ("red", "yellow", "blue", "green")}
    return Inbox(items=shown, counts=counts, lights=lights, capped=COUNTED)


def _counts(queues: list[Queue], actor: Actor) -> list[tuple[Queue, int]]:
    """How many wait in each queue, counted as far as the desk counts: one statement for all of them."""
    asked = [
        one.rows(actor=actor).order_by().annotate(queue=Value(one.key, CharField())).values_list("queue")[: COUNTED + 1]
        for one in queues
    ]
    found = Counter(key for (key,) in asked[0].union(*asked[1:], all=True)) if asked else Counter()
    return [(one, found[one.key]) for one in queues]


def _items(queue: Queue, actor: Actor, *, at: datetime, calendar: WorkCalendar) -> list[Item]:
    if queue.of is Petition:
        rows = rows_of(with_rows(queue.rows(actor=actor))[:SHOWN], at=at)
        return [Item(queue=queue, case=case, order=None, clock=case.clock) for case in rows]
    if queue.of in (Whistle, WhistleTask):
        return _whistled(queue, actor, at=at)
    if queue.of in (Development, PlanStep):
        return _planned(queue, actor, at=at)
    if queue.of is Call:
        waiting = queue.rows(actor=actor).select_related("lead", "team", "center")
        calls = waiting.defer("route", "result", "salt")[:SHOWN]
        return [Item(queue=queue, case=None, order=one, clock=call_clock(call=one, at=at)) for one in calls]
    if queue.of in BESIDE:
        return _beside(queue, actor, at=at)
    orders: list[WorkOrder] = list(queue.rows(actor=actor).select_related(*JOINED).defer(*DEFERRED)[:SHOWN])
    cases = rows_of([order.petition for order in orders], at=at)
    return [_of_order(queue, case, order, at, calendar) for case, order in zip(cases, orders, strict=True)]


def _of_order(queue: Queue, case: Case, order: WorkOrder, at: datetime, calendar: WorkCalendar) -> Item:
    """An order that waits for its unit shows the unit's next clock; any other that of the stage."""
    ticking = order_clocks(order=order, at=at, calendar=calendar) if queue.due in UNITS_CLOCKS else []
    return Item(queue=queue, case=case, order=order, clock=ticking[0].clock if ticking else case.clock)


def _beside(queue: Queue, actor: Actor, *, at: datetime) -> list[Item]:
    """What goes on beside a case, such as supervision or mediation, each with the clock of its own state."""
    joined = (*JOINED, *NAMED.get(queue.of, ()))
    found: list[Any] = list(queue.rows(actor=actor).select_related(*joined).defer(*DEFERRED)[:SHOWN])
    cases = rows_of([one.petition for one in found], at=at)
    return [
        Item(queue=queue, case=case, order=one, clock=BESIDE[queue.of](one, at))
        for case, one in zip(cases, found, strict=True)
    ]


def still_open(*, actor: Actor) -> Any:
    """What somebody without an office has open: their own petitions."""
    own = Petition.objects.visible_to(actor).filter(state__in=OPEN_STATES)
    return with_rows(own).order_by("-filed_at", "pk")


def whistle_of(one: Whistle | WhistleTask) -> Whistle:
    """The whistle itself, or that of a task."""
    return one.whistle if isinstance(one, WhistleTask) else one


def _whistled(queue: Queue, actor: Actor, *, at: datetime) -> list[Item]:
    """Whistles and their tasks: what is told of them, never the petition that one may have been blown for (F17)."""
    of_tasks = queue.of is WhistleTask
    joined = ("unit", "whistle") if of_tasks else ("issuer", "asker")
    rows: list[Any] = list(queue.rows(actor=actor).select_related(*joined)[:SHOWN])
    clocks = [task_clock(task=one, kind=one.whistle.kind, at=at) for one in rows] if of_tasks else []
    clocks = clocks or [whistle_clock(whistle=one, at=at) for one in rows]
    return [Item(queue=queue, case=None, order=one, clock=clock) for one, clock in zip(rows, clocks, strict=True)]


def plan_of(one: Development | PlanStep) -> Development:
    """The development petition itself, or that of a step."""
    return one.development if isinstance(one, PlanStep) else one


def _planned(queue: Queue, actor: Actor, *, at: datetime) -> list[Item]:
    """Plans and their steps: what is told of them, never the petition behind one (F17)."""
    if queue.of is PlanStep:
        steps = queue.rows(actor=actor).select_related("unit", "development").defer("development__salt")[:SHOWN]
        laid = [(one, plan_step_clock(step=one, green=one.development.green, at=at)) for one in steps]
        return [Item(queue=queue, case=None, order=one, clock=clock) for one, clock in laid]
    plans = queue.rows(actor=actor).select_related("center").defer("salt", "asked")[:SHOWN]
    return [Item(queue=queue, case=None, order=one, clock=plan_clock(development=one, at=at)) for one in plans]
