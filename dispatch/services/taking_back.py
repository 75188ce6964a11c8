"""Taking a dispatch back (撤回派单) before anybody signed for it: the centre's own mistake, put right by the centre."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dispatch.choices import OrderState, RecallReason
from dispatch.events import OrderRecalled
from dispatch.models import WorkOrder
from dispatch.policies import verdict
from dispatch.queries import route_of
from dispatch.routing import Nowhere
from dispatch.services import orders
from dispatch.services.telling import tell_recalled
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.permissions import require
from kernel.querysets import check_version
from petitions.models import Petition
from petitions.services import handling


@deed
def recall(
    *, order_id: Any, reason: str, actor: Actor, at: datetime, note: str = "", version: int | None = None
) -> WorkOrder:
    """Take an order back that its unit has not signed for; the petition waits to be dispatched, as before.

    The time of the centre goes on from where it began, the minutes that it lay with the unit included, and what was
    promised to the citizen stands: nobody gains a minute by dispatching wrongly. Raises NotAllowed, Invalid for a
    reason that there is none of, and Conflict where the unit was first.
    """
    order, petition = orders.locked(order_id=order_id)
    require(verdict(capability="order.recall", order=order, actor=actor))
    _not_signed(order)
    check_version(order, version)
    _reasoned(reason, note)
    WORKFLOW.advance(order, "recall", given={"reason": reason})
    order.recall_reason, order.recall_note, order.ended_at, order.rung = reason, note.strip(), at, 0
    orders.save(order=order, at=at, columns=("recall_reason", "recall_note", "ended_at", "rung"))
    timers.cancel(subject_id=str(order.pk), at=at)
    handling.recall(
        petition=petition,
        reason="recalled",
        actor=actor,
        at=at,
        since=order.waited_from or petition.accepted_at,
        unroutable=_unroutable(petition, at),
    )
    record(OrderRecalled(**orders.identity(order), unit=order.unit_id, reason=reason), actor=actor, at=at)
    tell_recalled(order=order, petition=petition, at=at)
    return order


def _not_signed(order: WorkOrder) -> None:
    if order.state == OrderState.ASSIGNED:
        return
    said = _("This cannot be done in the present state.")
    if order.signed_at is not None:
        signed = orders.moment_words(order.signed_at)
        said = _("The unit signed for it at %(at)s; it can only be given to another unit now.") % {"at": signed}
    raise Conflict(said, code="signed" if order.signed_at else "wrong_state", details={"state": order.state})


def _reasoned(reason: str, note: str) -> None:
    if reason not in RecallReason.values:
        raise Invalid(_("Name the reason."), fields={"reason": [_("Unknown reason.")]})
    if reason == RecallReason.OTHER and not note.strip():
        raise Invalid(_("Something that this needs was left out."), fields={"note": [_("Required.")]})


def _unroutable(petition: Petition, at: datetime) -> str:
    """Why the list names nobody for it, "" where it does: the list of what has no unit asks for this."""
    decided = route_of(petition=petition, at=at)
    return str(decided.reason) if isinstance(decided, Nowhere) else ""
