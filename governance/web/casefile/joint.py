"""The units beside the lead on the case file: what each was asked, its clock, its reply, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dispatch.joint.choices import TASK_COLOURS, OfferState, TaskKind
from dispatch.joint.queries import Tally, gives, offer_moves, offers, tally_of, task_clock, task_moves, tasks_by_order
from dispatch.models import JointTask, OrderOffer, WorkOrder
from kernel.actors import Actor
from kernel.calendars import current
from kernel.running import Running
from kernel.workflow import Move

ICONS = {
    "receive": "user-check",
    "reply": "message-reply",
    "accept": "check",
    "send_back": "rotate",
    "release": "user-minus",
    "agree": "check",
    "refuse": "x",
    "withdraw": "arrow-back",
}
FIRST = frozenset({"receive", "reply", "accept", "agree"})
SETTLED = (OfferState.WITHDRAWN, OfferState.LAPSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A deed that is offered: its page is named by the move."""

    move: Move
    icon: str
    primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One unit beside the lead."""

    task: JointTask
    clock: Running | None
    colour: str
    buttons: list[Button]

    @property
    def asked(self) -> bool:
        """Whether a reply was asked of it."""
        return self.task.kind == TaskKind.ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """The units beside the lead of one order, and whether the person may add one or hand the order over."""

    rows: list[TaskRow]
    tally: Tally
    may_give: bool
    may_offer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """An offer to take the order over, with both signatures."""

    offer: OrderOffer
    colour: str
    buttons: list[Button]


def joint_of(*, orders: Sequence[WorkOrder], actor: Actor, at: datetime) -> dict[UUID, Joint]:
    """By order. One query for all of them."""
    found = tasks_by_order(order_ids=[one.pk for one in orders])
    calendar = current(at=at)
    return {
        order.pk: Joint(
            rows=[
                TaskRow(
                    task=task,
                    clock=task_clock(task=task, at=at, calendar=calendar),
                    colour=TASK_COLOURS[task.state],
                    buttons=_buttons(task_moves(task=task, order=order, actor=actor)),
                )
                for task in found.get(order.pk, [])
            ],
            tally=tally_of(found.get(order.pk, [])),
            may_give=bool(gives(order=order, actor=actor)),
            may_offer=bool(offers(order=order, actor=actor)),
        )
        for order in orders
    }


def offers_on(*, petition_id: UUID, actor: Actor) -> list[OfferRow]:
    """Offers of this case that still stand or were decided, the newest first. One query."""
    rows = OrderOffer.objects.visible_to(actor).filter(Q(petition=petition_id) & ~Q(state__in=SETTLED))
    return [
        OfferRow(offer=one, colour=TASK_COLOURS[one.state], buttons=_buttons(offer_moves(offer=one, actor=actor)))
        for one in rows.select_related("unit", "to_unit", "offered_by", "answered_by").order_by("-offered_at", "-pk")
    ]


def _buttons(moves: Sequence[Move]) -> list[Button]:
    return [Button(move=one, icon=ICONS.get(one.move, ""), primary=one.move in FIRST) for one in moves if one.allowed]
