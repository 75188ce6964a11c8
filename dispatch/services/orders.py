"""What every deed on an order has in common: locks in order, the right, the version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dispatch.choices import OrderState, RecallReason
from dispatch.models import TimeRequest, WorkOrder
from dispatch.policies import move_verdict
from dispatch.services.joint.releasing import end_with_order
from dispatch.times import Outcome, PauseEnd
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.errors import Conflict, Missing, Stale
from kernel.permissions import require
from kernel.querysets import check_version
from petitions.models import Petition
from petitions.services.stages import locked as locked_petition

# Ends of an order with which whatever was asked for beside it ends too.
TAKEN_AWAY = (OrderState.RETURNED, OrderState.CANCELLED, OrderState.RECALLED)


def locked(*, order_id: Any, version: int | None = None) -> tuple[WorkOrder, Petition]:
    """The order and its petition, the petition locked first: every deed of a case takes that lock before any other.

    Raises Missing, Conflict where the centre took the order back meanwhile, Stale for an older version.
    """
    petition_id = WorkOrder.objects.filter(pk=order_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    order: WorkOrder = WorkOrder.objects.locked(order_id)
    _not_recalled(order)
    check_version(order, version)
    return order, petition


def _not_recalled(order: WorkOrder) -> None:
    """Whoever was a moment too late is told what happened, not only that something did."""
    if order.state == OrderState.RECALLED:
        raise Conflict(
            _("The centre took this order back at %(at)s: %(why)s.")
            % {"at": moment_words(order.ended_at), "why": RecallReason(order.recall_reason).label},
            code="recalled",
            details={"state": order.state, "reason": order.recall_reason},
        )


def moment_words(at: datetime | None) -> str:
    """A moment on the clock of the office, for refusals."""
    return date_format(timezone.localtime(at), "Y-m-d H:i:s") if at else ""


def lock_cases(*, order_ids: Iterable[UUID]) -> None:
    """Lock the petitions of many orders, in the order of their ids; every deed of one case locks its petition first."""
    cases = list(WorkOrder.objects.filter(pk__in=list(order_ids)).values_list("petition_id", flat=True))
    list(Petition.objects.select_for_update(of=("self",)).filter(pk__in=cases).order_by("pk").values_list("pk"))


def hold(*, order_id: Any) -> None:
    """Lock the timers of an order and its case before anything else: for deeds that lay its dates anew."""
    petition_id = WorkOrder.objects.filter(pk=order_id).values_list("petition_id", flat=True).first()
    timers.hold(subject_ids=[str(order_id), str(petition_id)])


def permitted(*, order: WorkOrder, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed where the actor lacks the right."""
    require(move_verdict(row=WORKFLOW.row(move=move, state=order.state), order=order, actor=actor))


def save(*, order: WorkOrder, at: datetime, columns: tuple[str, ...]) -> None:
    """Write state, version and the named columns, conditional on the version that was locked."""
    order.version += 1
    order.changed_at = at
    names = {"state", "version", "changed_at", *columns, *_drop_requests(order, at)}
    written = WorkOrder.objects.filter(pk=order.pk, version=order.version - 1).update(
        **{name: getattr(order, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def _drop_requests(order: WorkOrder, at: datetime) -> tuple[str, ...]:
    """An order that is done or ends needs no more time: what was asked for lapses, and a suspension is over."""
    if order.state in TAKEN_AWAY:
        running = TimeRequest.objects.standing_still().filter(order=order)
        running.update(ended_at=Least(Value(at), F("until")), ended_how=PauseEnd.WITH_ORDER)
        if order.assists:
            end_with_order(order=order, at=at)
    elif order.state != OrderState.COMPLETED:
        return ()
    if not order.asking:
        return ()
    TimeRequest.objects.waiting().filter(order=order).update(outcome=Outcome.LAPSED, decided_at=at)
    order.asking = ""
    return ("asking",)


def identity(order: WorkOrder) -> dict[str, Any]:
    """The fields by which every event of an order names its case and itself."""
    return {"case_id": order.petition_id, "subject_id": str(order.pk)}
