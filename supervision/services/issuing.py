"""Issuing a supervision order: by hand on a case, or out of what the clock has proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Message
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from petitions.choices import FINISHED_STATES, State
from petitions.models import Petition
from petitions.services.stages import locked as locked_petition
from supervision.choices import OPEN_STATES, Level, Numbered, Origin, Reason
from supervision.choices import State as OrderState
from supervision.events import OrderIssued
from supervision.models import SupervisionOrder
from supervision.queries import concerned, issuer_of, open_order
from supervision.services import orders
from supervision.services.telling import tell_issued
from supervision.workflow import ORDERS

COUNTY_DIGITS = 6
ISSUED = (
    "county",
    "year",
    "serial",
    "number",
    "level",
    "reason",
    "content",
    "issuer_id",
    "issued_at",
    "issued_by_id",
    "receive_due_at",
    "answer_due_at",
    "rung",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an order says: why, how heavy, and the text."""

    reason: str
    level: str
    content: str


@deed
def issue(*, petition_id: Any, unit_id: int, said: Said, actor: Actor, at: datetime) -> SupervisionOrder:
    """Issue an order on a case to a unit that is concerned with it; what was proposed for that unit is issued with it.

    Raises Missing, NotAllowed, Conflict where the case is finished or the unit has an open order for it, Invalid
    naming what is wrong.
    """
    petition = locked_petition(petition_id=petition_id)
    orders.seen(petition=petition, actor=actor)
    require(actor.may("supervision.order", place=petition.place))
    if petition.state in (*FINISHED_STATES, State.JOINED):
        raise Conflict(_("This case is finished; nobody is ordered to work on it."))
    if not concerned(petition=petition).filter(pk=unit_id).exists():
        raise Invalid(
            _("This unit has nothing to do with the case."), fields={"unit": [_("Not concerned with this case.")]}
        )
    there = SupervisionOrder.objects.select_for_update().filter(
        petition=petition, unit_id=unit_id, state__in=OPEN_STATES
    )
    order = there.first()
    if order is None:
        order = draft(petition=petition, unit_id=unit_id, origin=Origin.HAND, actor=actor, at=at)
    elif order.state != OrderState.PROPOSED:
        raise Conflict(
            _("This unit has an open supervision order for this case: %(number)s.") % {"number": order.number}
        )
    return _issue(order, petition, said, actor=actor, at=at)


@deed
def issue_proposed(
    *, order_id: Any, said: Said, actor: Actor, at: datetime, version: int | None = None
) -> SupervisionOrder:
    """Issue what the clock has proposed, as the person who issues it puts it."""
    order, petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move="issue", actor=actor)
    return _issue(order, petition, said, actor=actor, at=at)


def draft(*, petition: Petition, unit_id: int, origin: str, actor: Actor, at: datetime) -> SupervisionOrder:
    """An order that is not issued yet, not saved. The caller holds the lock of the petition."""
    issuer = issuer_of(actor=actor, place=petition.place)
    if issuer is None or issuer == unit_id:
        raise Invalid(_("No other body could issue this order."), fields={"unit": [_("Choose another unit.")]})
    order = open_order(petition=petition)
    return SupervisionOrder(
        id=new_id(at=at),
        petition=petition,
        work_order=order if order is not None and order.unit_id == unit_id else None,
        version=0,
        origin=origin,
        place=petition.place,
        county=petition.place[:COUNTY_DIGITS],
        reason=Reason.OVERDUE,
        level=Level.ORDINARY,
        salt=personal.new_salt(),
        unit_id=unit_id,
        issuer_id=issuer,
        opened_at=at,
        stage_due_at=at,
        changed_at=at,
    )


def _issue(order: SupervisionOrder, petition: Petition, said: Said, *, actor: Actor, at: datetime) -> SupervisionOrder:
    _check(said)
    text = said.content.strip()
    ORDERS.advance(
        order,
        "issue",
        given={"unit": order.unit_id, "reason": said.reason, "level": said.level, "content": text},
    )
    order.reason, order.level, order.content = said.reason, said.level, text
    order.issuer_id = issuer_of(actor=actor, place=order.place) or order.issuer_id
    order.issued_at, order.issued_by_id, order.rung = at, actor.user_id, 0
    order.receive_due_at = orders.end_of_step(clock="supervision.receive", order=order, at=at)
    order.answer_due_at = orders.end_of_step(clock="supervision.answer", order=order, at=at)
    order.stage_due_at = order.receive_due_at
    order.year, order.serial, order.number = orders.next_number(county=order.county, kind=Numbered.ORDER, at=at)
    if order.version:
        orders.save(order=order, at=at, columns=ISSUED)
    else:
        order.version = 1
        order.save(force_insert=True)
    orders.start_clock(order=order, at=at)
    happened = OrderIssued(
        **orders.identity(order),
        unit=order.unit_id,
        issuer=order.issuer_id,
        year=order.year,
        serial=order.serial,
        reason=order.reason,
        level=order.level,
        receive_by=instant(order.receive_due_at),
        answer_by=instant(order.answer_due_at),
        content=personal.commitment(text, salt=bytes(order.salt)),
    )
    record(happened, actor=actor, at=at)
    tell_issued(order=order, at=at)
    return order


def _check(said: Said) -> None:
    fields: dict[str, list[Message]] = {}
    if said.reason not in Reason.values:
        fields["reason"] = [_("Unknown reason.")]
    if said.level not in Level.values:
        fields["level"] = [_("Unknown level.")]
    if fields:
        raise Invalid(_("The order is not complete."), fields=fields)
