"""What every deed on an order has in common: locks in order, the right, the version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from dispatch.choices import OrderState
from dispatch.models import TimeRequest, WorkOrder
from dispatch.policies import move_verdict
from dispatch.services.joint.releasing import end_with_order
from dispatch.times import Outcome, PauseEnd
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.errors import Missing, Stale
from kernel.permissions import require
from petitions.models import Petition
from petitions.services.stages import locked as locked_petition


def locked(*, order_id: Any, version: int | None = None) -> tuple[WorkOrder, Petition]:
    """The order and its petition, the petition locked first: every deed of a case takes that lock before any other."""
    petition_id = WorkOrder.objects.filter(pk=order_id).values_list("petition_id", flat=True).first()
    if petition_id is None:
        raise Missing(_("This does not exist, or not for you."))
    petition = locked_petition(petition_id=petition_id)
    order: WorkOrder = WorkOrder.objects.locked(order_id, version=version)
    return order, petition


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
    if order.state in (OrderState.RETURNED, OrderState.CANCELLED):
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
