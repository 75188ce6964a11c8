"""The relay: carries each event to each of its subscribers, once, in order within a case."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from kernel import faults, lanes
from kernel.choices import DeliveryState
from kernel.events import EVENTS, HANDLERS, Fact
from kernel.models import Delivery

log = logging.getLogger(__name__)

BATCH = 25
GIVE_UP_AFTER = 10


def deliver_due(*, at: datetime, limit: int = 200) -> int:
    """Deliver up to `limit` ripe deliveries; returns how many were taken up.

    Small batches, each one transaction: handler and tick commit together, so an effect in this database happens
    exactly once. A delivery waits while an older one of the same case and subscriber is pending.
    """
    total = 0
    while total < limit:
        size = min(BATCH, limit - total)
        taken = _deliver_batch(at=at, size=size)
        total += taken
        if taken < size:
            break
    return total


def deliver_everything(*, at: datetime) -> int:
    """Deliver until nothing is ripe any more; returns how many."""
    total = 0
    while taken := deliver_due(at=at):
        total += taken
    return total


def _deliver_batch(*, at: datetime, size: int) -> int:
    older = Delivery.objects.filter(
        state=DeliveryState.PENDING,
        case_id=OuterRef("case_id"),
        subscriber=OuterRef("subscriber"),
        pk__lt=OuterRef("pk"),
    )
    with transaction.atomic():
        ripe = list(
            Delivery.objects.filter(~Exists(older), state=DeliveryState.PENDING, lane=lanes.current(), due_at__lte=at)
            .select_related("event")
            .order_by("pk")
            .select_for_update(skip_locked=True, of=("self",))[:size]
        )
        if ripe:
            faults.point("relay_claimed")
        done = [delivery.pk for delivery in ripe if _deliver(delivery, at)]
        if done:
            faults.point("relay_effected")
            Delivery.objects.filter(pk__in=done).update(state=DeliveryState.DONE, done_at=at)
            faults.point("relay_marked")
    if ripe:
        faults.point("relay_committed")
    return len(ripe)


def _deliver(delivery: Delivery, at: datetime) -> bool:
    try:
        with transaction.atomic():
            HANDLERS[delivery.subscriber](fact_of(delivery, at=at))
    except Exception as error:
        _put_off(delivery, error, at)
        return False
    return True


def fact_of(delivery: Delivery, *, at: datetime) -> Fact:
    """The typed event behind a delivery."""
    row = delivery.event
    typed = EVENTS[row.name](case_id=row.case_id, subject_id=row.subject_id, holder=row.holder, **row.payload)
    return Fact(event=typed, event_id=row.pk, occurred_at=row.occurred_at, at=at, actor_key=row.actor_key)


def _put_off(delivery: Delivery, error: Exception, at: datetime) -> None:
    """Back off; a failing handler holds up only its own subscriber for its own case."""
    log.exception("delivery %s failed", delivery, exc_info=error)
    attempts = delivery.attempts + 1
    Delivery.objects.filter(pk=delivery.pk).update(
        attempts=attempts,
        due_at=at + timedelta(seconds=min(2**attempts, 3600)),
        state=DeliveryState.DEAD if attempts >= GIVE_UP_AFTER else DeliveryState.PENDING,
        error=type(error).__name__,
    )
