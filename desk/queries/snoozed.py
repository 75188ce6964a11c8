"""What is aside at present, and how long a case may be put aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from desk.models import Snooze
from desk.querysets import SnoozeQuerySet
from dispatch.choices import OrderState
from dispatch.models import WorkOrder
from kernel.actors import Actor
from petitions.choices import OPEN_STATES
from petitions.models import Petition


def aside(*, actor: Actor) -> SnoozeQuerySet:
    """What the person has put aside and nobody else touched since: a change brings a case back at once."""
    mine: SnoozeQuerySet = Snooze.objects.filter(user_id=actor.user_id or 0).running()
    touched = Snooze.objects.filter(user_id=actor.user_id or 0).running().disturbed()
    return mine.exclude(pk__in=touched.values("pk"))


def snoozed_ids(*, actor: Actor) -> QuerySet[Snooze, dict[str, Any]]:
    """The petitions that are aside, for `.exclude(pk__in=…)`."""
    found: QuerySet[Snooze, Any] = aside(actor=actor).values("petition_id")
    return found


def snoozed_count(*, actor: Actor) -> int:
    """How many cases that the person still sees are aside."""
    return aside(actor=actor).visible_to(actor).filter(user_id=actor.user_id or 0).count()


def may_snooze(*, petition: Petition, actor: Actor, at: datetime) -> bool:
    """Whether the person may put it aside: it waits, is not due yet and not aside already."""
    if petition.state not in OPEN_STATES or latest_return(petition=petition, actor=actor) <= at:
        return False
    return not Snooze.objects.running().filter(user_id=actor.user_id or 0, petition=petition).exists()


def latest_return(*, petition: Petition, actor: Actor) -> datetime:
    """The last moment at which the case must be back: when its stage is due, or sooner its order with one's unit."""
    dues = [petition.stage_due_at]
    orders = WorkOrder.objects.filter(petition=petition, unit_id__in=actor.unit_ids)
    waiting = orders.filter(state__in=(OrderState.ASSIGNED, OrderState.SIGNED))
    for state, sign_due, handle_due in waiting.values_list("state", "sign_due_at", "handle_due_at"):
        due = sign_due if state == OrderState.ASSIGNED else handle_due
        if due is not None:
            dues.append(due)
    return min(dues)
