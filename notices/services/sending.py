"""Sending what is owed outward: each message over the person's channels in turn, tried again, logged, given up at last.

The network is never waited for inside a transaction: messages are taken for a while, carried, and settled one by one.
Whoever dies in between leaves them to the next one, so a message may arrive twice and is never lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from kernel.deeds import deed
from notices import channels
from notices.choices import Outcome
from notices.models import Attempt, Delivery, Preference
from notices.models.outward import UNDONE
from notices.policies import end_of_quiet, next_try
from notices.queries import contacts_of
from notices.queries.outward import Message, messages_of

BATCH = 5
TURN_SECONDS = 15.0
TAKEN_FOR = timedelta(minutes=2)
SENDER = 0x6E6F7469  # of the lock that lets one sender work at a time

TAKE = """
UPDATE notices_delivery SET due_at = %(back)s
 WHERE id IN (SELECT id FROM notices_delivery WHERE outcome IN %(undone)s AND due_at <= %(at)s
               ORDER BY urgent DESC, due_at, id LIMIT %(size)s FOR UPDATE SKIP LOCKED)
RETURNING id
"""


class NotCarriedError(Exception):
    """A channel did not take a message; `code` says how, for the log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Carry = Callable[[str, Message], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What one try came to: over which channel, and the code of its error ("" where it was sent)."""

    channel: str
    error: str = ""


def send_due(*, carry: Carry, at: datetime) -> int:
    """Send what is due, most urgent first; returns how many messages were looked at.

    `carry` takes a URL and a message and raises NotCarriedError. One sender works at a time, so that a dead gateway
    holds up one process of the workers and never all of them; another one returns 0 at once.
    """
    if not _alone():
        return 0
    try:
        return _send(carry, at)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SENDER])


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SENDER])
        return bool(cursor.fetchone()[0])


def _send(carry: Carry, at: datetime) -> int:
    started, total = time.monotonic(), 0
    while time.monotonic() - started < TURN_SECONDS:
        taken = take(at=at)
        if not taken:
            break
        total += len(taken)
        for delivery, message in zip(taken, messages_of(taken), strict=True):
            _bring(delivery, message, carry, at)
    return total


@deed
def take(*, at: datetime) -> Sequence[Delivery]:
    """Take some due messages for two minutes: whoever took them and died leaves them due again."""
    with connection.cursor() as cursor:
        undone = tuple(one.value for one in UNDONE)
        said: dict[str, Any] = {"at": at, "back": at + TAKEN_FOR, "undone": undone, "size": BATCH}
        cursor.execute(TAKE, said)
        ids = [pk for (pk,) in cursor.fetchall()]
    rows = Delivery.objects.filter(pk__in=ids).select_related("notice", "user")
    return list(rows.order_by("-urgent", "made_at", "pk")) if ids else []


def _bring(delivery: Delivery, message: Message, carry: Carry, at: datetime) -> None:
    """One message: not at all where it was read meanwhile, later in quiet hours, otherwise over the present channel."""
    if delivery.notice is not None and delivery.notice.read_at is not None:
        return end(delivery=delivery, outcome=Outcome.NEEDLESS, at=at)
    wishes = Preference.objects.filter(pk=delivery.user_id).first() or Preference(user_id=delivery.user_id)
    over = end_of_quiet(at=at, start=wishes.quiet_from, end=wishes.quiet_until)
    # A daily message comes at the hour that the person named.
    if over is not None and not delivery.urgent and delivery.notice is not None:
        return postpone(delivery=delivery, until=over)
    contacts = contacts_of(user_ids=[delivery.user_id]).get(delivery.user_id, {})
    ways = channels.route(first=wishes.channel, contacts=contacts)
    if delivery.step >= len(ways):
        return end(delivery=delivery, outcome=Outcome.GIVEN_UP, at=at, tried=Result("", "no_way"))
    name, url = ways[delivery.step]
    try:
        carry(url, message)
    except NotCarriedError as error:
        return fail(delivery=delivery, result=Result(name, error.code), ways=len(ways), at=at)
    return end(delivery=delivery, outcome=Outcome.SENT, at=at, tried=Result(name))


@deed
def postpone(*, delivery: Delivery, until: datetime) -> None:
    """Leave a message for the end of somebody's quiet hours."""
    Delivery.objects.filter(pk=delivery.pk, outcome__in=UNDONE).update(due_at=until)


@deed
def fail(*, delivery: Delivery, result: Result, ways: int, at: datetime) -> None:
    """Note a try that failed: again later, over the next channel, or not any more after the last one."""
    _note(delivery, result, at)
    failures, step = delivery.failures + 1, delivery.step
    again = next_try(failures=failures, urgent=delivery.urgent, at=at)
    if again is None:
        failures, step, again = 0, step + 1, at
    if step >= ways:
        return end(delivery=delivery, outcome=Outcome.GIVEN_UP, at=at)
    changes = {"failures": failures, "step": step, "due_at": again, "outcome": Outcome.FAILED}
    Delivery.objects.filter(pk=delivery.pk, outcome__in=UNDONE).update(**changes)
    return None


@deed
def end(*, delivery: Delivery, outcome: str, at: datetime, tried: Result | None = None) -> None:
    """Be done with a message: sent, read before, or given up."""
    if tried is not None:
        _note(delivery, tried, at)
    Delivery.objects.filter(pk=delivery.pk, outcome__in=UNDONE).update(outcome=outcome, done_at=at)


def _note(delivery: Delivery, result: Result, at: datetime) -> None:
    Attempt.objects.create(
        delivery=delivery, channel=result.channel, tried_at=at, succeeded=not result.error, error=result.error
    )
