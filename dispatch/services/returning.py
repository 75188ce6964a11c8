"""A unit objects, once and within its window, and the centre rules. The second time in a round the director does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dispatch.choices import Objected, OrderState
from dispatch.deadlines import LIMITS
from dispatch.events import OrderReturned, ReturnRefused, ReturnRequested
from dispatch.models import Escalation, Objection, ReturnReason, WorkOrder
from dispatch.models.objection import SECOND
from dispatch.objections import objection_until, turn_of
from dispatch.services import orders
from dispatch.services.telling import tell_return_asked, tell_return_refused
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.choices import TimerState
from kernel.deeds import deed
from kernel.errors import Invalid, WrongState
from kernel.events import record
from kernel.models import Timer
from kernel.timers import TimerSpec
from petitions.models import Petition
from petitions.services import handling
from petitions.services.stages import end_of


@deed
def request_return(
    *, order_id: Any, reason_code: str, note: str, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """Object: not ours, with the reason (R3; 信访工作条例 23). Until the decision the unit's clock goes on.

    The first objection in a round is ruled on by the centre, the second goes to adjudication. Raises WrongState after
    the window, NotAllowed for a unit that the centre or a ruling has bound, Invalid for an unknown reason.
    """
    order, petition = orders.locked(order_id=order_id, version=version)
    turn = turn_of(petition=petition)
    move, clock = ("dispute", "order.adjudicate") if turn == SECOND else ("return", "order.rule")
    orders.permitted(order=order, move=move, actor=actor)
    _within_window(order, petition, at)
    reason = ReturnReason.objects.filter(code=reason_code, active=True).first()
    if reason is None:
        raise Invalid(_("Name the reason."), fields={"reason": [_("Unknown reason.")]})
    WORKFLOW.advance(order, move, given={"reason": reason.code, "note": note.strip()})
    order.return_reason, order.return_note, order.rung = reason, note.strip(), 0
    orders.save(order=order, at=at, columns=("return_reason", "return_note", "rung"))
    Objection.objects.create(
        order=order,
        petition=petition,
        round=petition.round,
        turn=turn,
        unit_id=order.unit_id,
        reason=reason,
        note=note.strip(),
        by_id=actor.user_id,
        at=at,
    )
    due = end_of(limit=LIMITS[clock][order.urgency], at=at)
    spec = TimerSpec(kind=clock, case_id=order.petition_id, subject_id=str(order.pk), due_at=due)
    timers.swap(stopped=["order.sign"], specs=[spec], at=at)
    happened = ReturnRequested(**orders.identity(order), unit=order.unit_id, reason=reason.code, turn=turn)
    record(happened, actor=actor, at=at)
    tell_return_asked(order=order, petition=petition, turn=turn, due=due, at=at)
    return order


def _within_window(order: WorkOrder, petition: Petition, at: datetime) -> None:
    until = objection_until(order=order, channel=petition.channel, at=at)
    if at > until:
        said = date_format(timezone.localtime(until), "Y-m-d H:i")
        raise WrongState(
            _("The time in which your unit could object ended on %(until)s.") % {"until": said},
            code="window_over",
            details={"until": until.isoformat(), "state": order.state},
        )


@deed
def rule_return(
    *, order_id: Any, granted: bool, actor: Actor, at: datetime, note: str = "", version: int | None = None
) -> WorkOrder:
    """The centre decides on a first return. Granted, it looks for another unit; refused, this unit keeps it for good.

    A second return in the round is not the centre's to grant: it stands in another state and is adjudicated.
    """
    order, petition = orders.locked(order_id=order_id, version=version)
    move = "grant_return" if granted else "refuse_return"
    orders.permitted(order=order, move=move, actor=actor)
    WORKFLOW.advance(order, move, given={"note": note.strip()})
    settle(order=order, outcome=Objected.UPHELD if granted else Objected.REFUSED, actor=actor, at=at, ruling=note)
    if granted:
        order.ended_at = at
        orders.save(order=order, at=at, columns=("ended_at",))
        timers.cancel(subject_id=str(order.pk), at=at)
        reason = order.return_reason_id or ""
        handling.recall(petition=petition, reason=reason, actor=actor, at=at)
        record(OrderReturned(**orders.identity(order), unit=order.unit_id, reason=reason), actor=actor, at=at)
        return order
    order.return_note = note.strip()
    keep(order=order, at=at, clock="order.rule", columns=("return_note",))
    record(ReturnRefused(**orders.identity(order), unit=order.unit_id), actor=actor, at=at)
    tell_return_refused(order=order, petition=petition, at=at)
    return order


def keep(*, order: WorkOrder, at: datetime, clock: str, columns: tuple[str, ...] = ()) -> None:
    """The unit keeps the order for good; it counts as signed, and its own clock rings again if it rang meanwhile."""
    order.bound, order.signed_at = True, order.signed_at or at
    climbed = Escalation.objects.filter(order=order, clock="order.handle", generation=order.reworks)
    order.rung = climbed.count()
    orders.save(order=order, at=at, columns=("bound", "signed_at", "rung", *columns))
    timers.cancel(subject_id=str(order.pk), kinds=[clock], at=at)
    if order.handle_due_at <= at and not _rings(order):
        timers.start(kind="order.handle", case_id=order.petition_id, subject_id=str(order.pk), due_at=at, at=at)


def _rings(order: WorkOrder) -> bool:
    return Timer.objects.filter(subject_id=str(order.pk), kind="order.handle", state=TimerState.ARMED).exists()


def settle(
    *,
    order: WorkOrder,
    outcome: str,
    actor: Actor,
    at: datetime,
    ruling: str = "",
    basis: str = "",
    named_unit_id: int | None = None,
) -> None:
    """Write what became of the objection to an order, before the order itself moves: the database looks for it."""
    Objection.objects.filter(order=order, outcome=Objected.OPEN).update(
        outcome=outcome,
        ruling=ruling.strip(),
        basis=basis.strip(),
        named_unit_id=named_unit_id,
        ruled_by_id=actor.user_id,
        ruled_at=at,
    )


def lapse(*, order: WorkOrder, was: str, actor: Actor, at: datetime) -> None:
    """An order that ends otherwise takes its objection with it."""
    if was in (OrderState.RETURNING, OrderState.DISPUTED):
        settle(order=order, outcome=Objected.LAPSED, actor=actor, at=at)
