"""A unit asks for time: an extension once, or a suspension for something that it cannot hurry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dispatch.events import TimeAsked, TimeLapsed
from dispatch.models import TimeRequest, WorkOrder
from dispatch.policies import time_verdict
from dispatch.services import orders
from dispatch.services.pausing import room_for
from dispatch.time_rules import room_of
from dispatch.times import Outcome, PauseReason, TimeKind
from dispatch.workflow import WORKFLOW
from kernel.actors import SYSTEM, Actor
from kernel.calendars import current
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record, record_many
from kernel.ids import new_id
from kernel.permissions import Denied
from kernel.worktime import CALENDAR_DAY, Limit, deadline


@deed
def ask_extension(
    *, order_id: Any, days: int, grounds: str, actor: Actor, at: datetime, version: int | None = None
) -> WorkOrder:
    """Ask for calendar days (R6; 信访工作条例 34): once, before the end, and no more than the rule allows.

    Raises Invalid for too many days, Conflict where it was asked for already or the time is over.
    """
    order = _askable(order_id, "ask_extension", actor, at, version)
    most = room_of(unit_id=order.unit_id, at=at).extension[order.urgency]
    if not 1 <= days <= most:
        said = _("At most %(n)s calendar days at this urgency.") % {"n": most}
        raise Invalid(said, fields={"days": [said]})
    WORKFLOW.advance(order, "ask_extension", given={"days": days, "grounds": grounds.strip()})
    asked = _request(order, TimeKind.EXTENSION, grounds, actor, at)
    asked.days = days
    order.extension_asked = True
    return _ask(order, asked, actor, at)


@deed
def ask_pause(
    *,
    order_id: Any,
    reason: str,
    until: date,
    grounds: str,
    actor: Actor,
    at: datetime,
    version: int | None = None,
) -> WorkOrder:
    """Ask that the clock stands still (挂账) up to and including a day, for a reason of the list.

    Raises Invalid for an unknown reason, a day that is not ahead or too far, Conflict where the time is over or the
    unit has as many suspended as it may.
    """
    order = _askable(order_id, "ask_pause", actor, at, version)
    if reason not in PauseReason.values:
        raise Invalid(_("Name the reason."), fields={"reason": [_("Unknown reason.")]})
    end = _end_of_pause(room_of(unit_id=order.unit_id, at=at).pause[reason], until, at)
    room_for(order=order, at=at)
    WORKFLOW.advance(order, "ask_pause", given={"reason": reason, "until": until, "grounds": grounds.strip()})
    asked = _request(order, TimeKind.PAUSE, grounds, actor, at)
    asked.reason, asked.until = reason, end
    return _ask(order, asked, actor, at)


def _askable(order_id: Any, move: str, actor: Actor, at: datetime, version: int | None) -> WorkOrder:
    order, _petition = orders.locked(order_id=order_id, version=version)
    orders.permitted(order=order, move=move, actor=actor)
    refused = time_verdict(move=move, order=order, at=at)
    if isinstance(refused, Denied):
        raise Conflict(refused.reason, code="no_more_time")
    return order


def _end_of_pause(most: int, until: date, at: datetime) -> datetime:
    """24:00 of the day named."""
    days = (until - timezone.localtime(at).date()).days
    if not 1 <= days <= most:
        said = _("From tomorrow on, and at most %(n)s days for this reason.") % {"n": most}
        raise Invalid(said, fields={"until": [said]})
    end = deadline(start=at, limit=Limit(days, CALENDAR_DAY, roll_forward=False), calendar=current(at=at)).at
    assert end is not None  # without a pause every limit has an end
    return max(end, at + timedelta(seconds=1))


def _request(order: WorkOrder, kind: str, grounds: str, actor: Actor, at: datetime) -> TimeRequest:
    return TimeRequest(
        id=new_id(at=at),
        kind=kind,
        order=order,
        petition_id=order.petition_id,
        unit_id=order.unit_id,
        place=order.place,
        round=order.round,
        grounds=grounds.strip(),
        asked_by_id=actor.user_id,
        asked_at=at,
    )


def _ask(order: WorkOrder, asked: TimeRequest, actor: Actor, at: datetime) -> WorkOrder:
    asked.save(force_insert=True)
    order.asking = asked.kind
    orders.save(order=order, at=at, columns=("asking", "extension_asked"))
    happened = TimeAsked(
        **orders.identity(order),
        unit=order.unit_id,
        kind=asked.kind,
        request=str(asked.pk),
        reason=asked.reason,
        days=asked.days or 0,
    )
    record(happened, actor=actor, at=at)
    return order


@deed
def lapse_late(*, order_ids: Sequence[UUID], at: datetime) -> int:
    """The time is over and nobody has decided on what was asked for: on record, and not to be granted any more."""
    orders.lock_cases(order_ids=order_ids)
    rows = WorkOrder.objects.select_for_update(of=("self",)).filter(pk__in=order_ids, handle_due_at__lte=at)
    late = list(rows.exclude(asking="").order_by("pk"))
    waiting = TimeRequest.objects.waiting().filter(order__in=late)
    lapsed = [
        TimeLapsed(
            case_id=one.petition_id, subject_id=str(one.order_id), unit=one.unit_id, kind=one.kind, request=str(one.pk)
        )
        for one in waiting
    ]
    waiting.update(outcome=Outcome.LAPSED, decided_at=at)
    for order in late:
        order.asking = ""
        orders.save(order=order, at=at, columns=("asking",))
    record_many(lapsed, actor=SYSTEM, at=at)
    return len(lapsed)
