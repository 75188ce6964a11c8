"""The relay: carries each event to each of its subscribers, once, in order within a case.

A batch is for one subscriber and one transaction: handler and tick commit together, so an effect in this database
happens exactly once. Its facts go in the order of their cases, so that two relays take the cases' locks alike.
"""

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

BATCH = 50
GIVE_UP_AFTER = 10


def deliver_due(*, at: datetime, limit: int = 200) -> int:
    """Deliver up to `limit` ripe deliveries; returns how many were taken up.

    A delivery waits while an older one of the same case and subscriber is pending.
    """
    total = 0
    while total < limit:
        size = min(BATCH, limit - total)
        taken = _deliver_batch(at=at, size=size)
        total += taken
        if not taken:
            break
    return total


def deliver_everything(*, at: datetime) -> int:
    """Deliver until nothing is ripe any more; returns how many."""
    total = 0
    while taken := deliver_due(at=at):
        total += taken
    return total


def _deliver_batch(*, at: datetime, size: int) -> int:
    with transaction.atomic():
        ripe = _claim(at=at, size=size)
        if ripe:
            faults.point("relay_claimed")
        done = _deliver(ripe, at)
        if done:
            faults.point("relay_effected")
            Delivery.objects.filter(pk__in=done).update(state=DeliveryState.DONE, done_at=at)
            faults.point("relay_marked")
    if ripe:
        faults.point("relay_committed")
    return len(ripe)


def _claim(*, at: datetime, size: int) -> list[Delivery]:
    """Lock what is ripe for the subscriber that has waited longest, leaving out what another relay holds."""
    older = Delivery.objects.filter(
        state=DeliveryState.PENDING,
        case_id=OuterRef("case_id"),
        subscriber=OuterRef("subscriber"),
        pk__lt=OuterRef("pk"),
    )
    queue = (
        Delivery.objects.filter(~Exists(older), state=DeliveryState.PENDING, lane=lanes.current(), due_at__lte=at)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
    )
    first = queue.first()
    if first is None:
        return []
    ripe = queue.filter(subscriber=first.subscriber).select_related("event")[:size]
    return sorted(ripe, key=lambda delivery: delivery.case_id)


def _deliver(deliveries: list[Delivery], at: datetime) -> list[int]:
    """Hand a batch to its subscriber; returns the ids that took effect. A bad one holds up only itself."""
    if not deliveries:
        return []
    try:
        with transaction.atomic():
            HANDLERS[deliveries[0].subscriber]([fact_of(delivery, at=at) for delivery in deliveries])
    except Exception as error:
        if len(deliveries) > 1:
            return [done for delivery in deliveries for done in _deliver([delivery], at)]
        _put_off(deliveries[0], error, at)
        return []
    return [delivery.pk for delivery in deliveries]


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
