"""The centre decides on time: granted, the dates follow by themselves; refused, that is on record too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dispatch.events import OrderExtended, OrderSuspended, TimeRefused
from dispatch.models import TimeRequest, WorkOrder
from dispatch.services import orders, pausing
from dispatch.services.laying import Cause, lay_anew
from dispatch.time_rules import room_of
from dispatch.times import Outcome, PauseReason, TimeKind
from dispatch.workflow import WORKFLOW
from kernel import timers
from kernel.actors import Actor
from kernel.choices import ClockCause
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import instant, record
from kernel.timers import TimerSpec
from petitions.models import Petition
from petitions.services.promising import tell

MOVES = {TimeKind.EXTENSION.value: "extend", TimeKind.PAUSE.value: "suspend"}
DAY = "Y-m-d"


@deed
def decide(
    *,
    order_id: Any,
    granted: bool,
    actor: Actor,
    at: datetime,
    note: str = "",
    notice: str = "",
    version: int | None = None,
) -> WorkOrder:
    """Decide on what the unit has asked for (R6): never whoever asked, and not after the time is over.

    Granted, the citizen is told: `notice`, or the reason in a sentence. Raises Conflict where nothing is asked for or
    the time is over, NotAllowed to whoever asked, and what pausing.room_for() raises.
    """
    orders.hold(order_id=order_id)
    order, petition = orders.locked(order_id=order_id, version=version)
    move = MOVES.get(order.asking, "extend") if granted else "refuse_time"
    orders.permitted(order=order, move=move, actor=actor)
    asked = _pending(order, actor, at)
    if granted:
        _still_possible(order, asked, at)
    WORKFLOW.advance(order, move, given={"note": note.strip()})
    order.asking = ""
    asked.outcome = Outcome.GRANTED if granted else Outcome.REFUSED
    asked.decided_by_id, asked.decided_at, asked.note = actor.user_id, at, note.strip()
    if not granted:
        return _refuse(order, asked, actor, at)
    grant = _extend if asked.kind == TimeKind.EXTENSION else _suspend
    return grant(order, petition, asked, notice.strip(), actor, at)


def _pending(order: WorkOrder, actor: Actor, at: datetime) -> TimeRequest:
    asked = TimeRequest.objects.waiting().filter(order=order).first()
    if asked is None:
        raise Conflict(_("Nothing is asked for, or it was decided already."), code="nothing_asked")
    if actor.user_id is None or asked.asked_by_id in actor.persons:
        raise NotAllowed(_("Whoever asked for time does not decide on it."))
    if at > order.handle_due_at:
        raise Conflict(_("The time is over: nothing can be added to it any more."), code="no_more_time")
    return asked


def _still_possible(order: WorkOrder, asked: TimeRequest, at: datetime) -> None:
    """The rules of this instant hold, and not those of the asking."""
    room = room_of(unit_id=order.unit_id, at=at)
    if asked.until is None:
        days, most = asked.days or 0, room.extension[order.urgency]
    else:
        pausing.room_for(order=order, at=at)
        if asked.until <= at:
            raise Conflict(_("The day asked for is over."), code="no_more_time")
        last = timezone.localtime(asked.until) - timedelta(microseconds=1)
        days, most = (last.date() - timezone.localtime(asked.asked_at).date()).days, room.pause[asked.reason]
    if days > most:
        figures = {"n": days, "most": most}
        said = _("%(n)s calendar days were asked for; by now at most %(most)s may be given.") % figures
        raise Conflict(said, code="over_the_rule", details=figures)


def _refuse(order: WorkOrder, asked: TimeRequest, actor: Actor, at: datetime) -> WorkOrder:
    if not asked.note:
        raise Invalid(_("A refusal needs its grounds."), fields={"note": [_("Required.")]})
    asked.save(update_fields=["outcome", "decided_by", "decided_at", "note"])
    orders.save(order=order, at=at, columns=("asking",))
    refused = TimeRefused(**orders.identity(order), unit=order.unit_id, kind=asked.kind, request=str(asked.pk))
    record(refused, actor=actor, at=at)
    return order


def _extend(
    order: WorkOrder, petition: Petition, asked: TimeRequest, notice: str, actor: Actor, at: datetime
) -> WorkOrder:
    order.extension_days, asked.from_due = asked.days or 0, order.handle_due_at
    cause = Cause(code=ClockCause.EXTENDED, ref=str(asked.pk))
    dates = lay_anew(order=order, petition=petition, cause=cause, actor=actor, at=at, columns=("asking",))
    asked.to_due = dates.due_at
    asked.save(update_fields=["outcome", "decided_by", "decided_at", "note", "from_due", "to_due"])
    happened = OrderExtended(
        **orders.identity(order),
        unit=order.unit_id,
        request=str(asked.pk),
        days=order.extension_days,
        from_due=instant(asked.from_due),
        to_due=instant(asked.to_due),
    )
    record(happened, actor=actor, at=at)
    text = notice or _("Your matter needs more time: %(why)s. It will be done by %(day)s.") % {
        "why": asked.grounds.rstrip("。.;；"),
        "day": _day(dates.due_at),
    }
    tell(petition=petition, text=text, unit_id=order.unit_id, actor=actor, at=at)
    return order


def _suspend(
    order: WorkOrder, petition: Petition, asked: TimeRequest, notice: str, actor: Actor, at: datetime
) -> WorkOrder:
    assert asked.until is not None  # a suspension is asked for until a day
    asked.since, asked.from_due = at, order.handle_due_at
    asked.save(update_fields=["outcome", "decided_by", "decided_at", "note", "since", "from_due"])
    cause = Cause(code=ClockCause.PAUSED, ref=str(asked.pk))
    dates = lay_anew(
        order=order,
        petition=petition,
        cause=cause,
        actor=actor,
        at=at,
        columns=("asking",),
        holder=f"pause:{asked.reason}",
    )
    TimeRequest.objects.filter(pk=asked.pk).update(to_due=dates.due_at)
    spec = TimerSpec(kind="order.pause", case_id=order.petition_id, subject_id=str(order.pk), due_at=asked.until)
    timers.swap(stopped=[], specs=[spec], at=at)
    happened = OrderSuspended(
        **orders.identity(order),
        holder=petition.holder,
        unit=order.unit_id,
        request=str(asked.pk),
        reason=asked.reason,
        until=instant(asked.until),
        from_due=instant(asked.from_due),
        to_due=instant(dates.due_at),
    )
    record(happened, actor=actor, at=at)
    text = notice or _("Your matter rests until %(until)s: %(why)s. It will be done by %(day)s.") % {
        "until": _day(asked.until),
        "why": PauseReason(asked.reason).label,
        "day": _day(dates.due_at),
    }
    tell(petition=petition, text=text, unit_id=order.unit_id, actor=actor, at=at)
    return order


def _day(instant_: datetime) -> str:
    """The last day, as people name it: 24:00 belongs to the day that ends."""
    return date_format(timezone.localtime(instant_) - timedelta(microseconds=1), DAY)
