"""The relay: carries each event to each of its subscribers, once, in order within a case.

A batch is for one subscriber and one transaction: handler and tick commit together, so an effect in this database
happens exactly once. Its facts go in the order of their cases, so that two relays take the cases' locks alike.
"""

from __future__ import annotations

import logging
from dataclasses import fields
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import orjson
from django.db import connection, transaction

from kernel import faults, lanes
from kernel.choices import DeliveryState
from kernel.events import EVENTS, HANDLERS, Fact
from kernel.models import Delivery

log = logging.getLogger(__name__)

BATCH = 50
GIVE_UP_AFTER = 10

# One statement, since the relay looks many times a second. The first that nobody else holds names the subscriber of the
# batch. Whether a delivery is the oldest of its case and subscriber is asked row by row through their index: as a join
# it is planned by statistics, and those of a table that has just filled up are wrong.
CLAIM = """
WITH longest AS MATERIALIZED (
    SELECT subscriber FROM kernel_delivery one
     WHERE state = 'pending' AND lane = %(lane)s AND due_at <= %(at)s
       AND id = (SELECT min(id) FROM kernel_delivery line
                  WHERE line.state = 'pending' AND line.case_id = one.case_id AND line.subscriber = one.subscriber)
     ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
SELECT owed.id, owed.subscriber, owed.attempts, owed.event_id, event.case_id, event.name, event.subject_id,
       event.holder, event.payload::text, event.occurred_at, event.actor_key
  FROM kernel_delivery owed JOIN kernel_event event ON event.id = owed.event_id
 WHERE owed.subscriber = (SELECT subscriber FROM longest)
   AND owed.state = 'pending' AND owed.lane = %(lane)s AND owed.due_at <= %(at)s
   AND owed.id = (SELECT min(id) FROM kernel_delivery line
                   WHERE line.state = 'pending' AND line.case_id = owed.case_id AND line.subscriber = owed.subscriber)
 ORDER BY owed.due_at, owed.id LIMIT %(size)s FOR UPDATE OF owed SKIP LOCKED
"""


class Claimed(NamedTuple):
    """A delivery that this relay holds, with what its event says."""

    id: int
    subscriber: str
    attempts: int
    event_id: int
    case_id: UUID
    name: str
    subject_id: str
    holder: str
    payload: str
    occurred_at: datetime
    actor_key: str


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


def _claim(*, at: datetime, size: int) -> list[Claimed]:
    """Lock what is ripe for the subscriber that has waited longest, leaving out what another relay holds."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"lane": lanes.current(), "at": at, "size": size})
        ripe = [Claimed(*row) for row in cursor.fetchall()]
    return sorted(ripe, key=lambda claimed: claimed.case_id)


def _deliver(deliveries: list[Claimed], at: datetime) -> list[int]:
    """Hand a batch to its subscriber; returns the ids that took effect. A bad one holds up only itself."""
    if not deliveries:
        return []
    try:
        with transaction.atomic():
            HANDLERS[deliveries[0].subscriber]([_fact(delivery, at) for delivery in deliveries])
    except Exception as error:
        if len(deliveries) > 1:
            return [done for delivery in deliveries for done in _deliver([delivery], at)]
        _put_off(deliveries[0], error, at)
        return []
    return [delivery.id for delivery in deliveries]


def _fact(claimed: Claimed, at: datetime) -> Fact:
    kind = EVENTS[claimed.name]
    known = {field.name for field in fields(kind)}
    # Who stood in for whom is of who acted, not of what happened; and what an earlier release recorded beyond what the
    # event says today stays in the log, but must not keep it from being delivered.
    payload = {name: said for name, said in orjson.loads(claimed.payload).items() if name in known}
    typed = kind(case_id=claimed.case_id, subject_id=claimed.subject_id, holder=claimed.holder, **payload)
    return Fact(
        event=typed,
        event_id=claimed.event_id,
        occurred_at=claimed.occurred_at,
        at=at,
        actor_key=claimed.actor_key,
    )


def _put_off(delivery: Claimed, error: Exception, at: datetime) -> None:
    """Back off; a failing handler holds up only its own subscriber for its own case."""
    log.exception("delivery %s failed", delivery.id, exc_info=error)
    attempts = delivery.attempts + 1
    Delivery.objects.filter(pk=delivery.id).update(
        attempts=attempts,
        due_at=at + timedelta(seconds=min(2**attempts, 3600)),
        state=DeliveryState.DEAD if attempts >= GIVE_UP_AFTER else DeliveryState.PENDING,
        error=type(error).__name__,
    )
