"""What a unit says to its summons: signed for, and who comes; or it asks to be excused, and the issuer decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import record
from whistles.choices import Attendance
from whistles.events import LeaveAsked, SummonsReceived, UnitExcused
from whistles.models import Summons
from whistles.services import tellings, whistles
from whistles.services.own import own_summons, summons_of
from whistles.workflow import WHISTLES

RECEIPT = "whistle.receipt"


@deed
def receive(*, whistle_id: Any, attendees: str, actor: Actor, at: datetime, unit_id: int | None = None) -> Summons:
    """Sign for the summons of one's unit and name who comes. Late is told apart, not refused."""
    whistle = whistles.locked(whistle_id=whistle_id)
    summons = own_summons(whistle=whistle, move="receive", actor=actor, unit_id=unit_id)
    if not attendees.strip():
        raise Invalid(_("Say who comes."), fields={"attendees": [_("Required.")]})
    assert summons.receipt_due_at is not None  # a constraint: whoever is summoned has a time to sign
    WHISTLES.advance(whistle, "receive")
    summons.received_at, summons.received_by_id, summons.attendees = at, actor.user_id, attendees.strip()
    summons.save(update_fields=["received_at", "received_by", "attendees"])
    timers.cancel(subject_id=str(summons.pk), kinds=[RECEIPT], at=at)
    on_time = at <= summons.receipt_due_at
    record(SummonsReceived(**whistles.identity(whistle), unit=summons.unit_id, on_time=on_time), actor=actor, at=at)
    return summons


@deed
def ask_leave(*, whistle_id: Any, reason: str, actor: Actor, at: datetime, unit_id: int | None = None) -> Summons:
    """Ask to be excused, before the time named. Until the issuer has decided, the unit is expected."""
    whistle = whistles.locked(whistle_id=whistle_id)
    summons = own_summons(whistle=whistle, move="ask_leave", actor=actor, unit_id=unit_id)
    WHISTLES.advance(whistle, "ask_leave", given={"reason": reason.strip()})
    if at >= whistle.meets_at:
        raise Conflict(_("It has begun; nobody is excused any more."), code="begun")
    summons.leave_asked_at, summons.leave_asked_by_id, summons.leave_reason = at, actor.user_id, reason.strip()
    summons.save(update_fields=["leave_asked_at", "leave_asked_by", "leave_reason"])
    record(LeaveAsked(**whistles.identity(whistle), unit=summons.unit_id), actor=actor, at=at)
    tellings.leave_asked(whistle=whistle, unit=summons.unit_id, at=at)
    return summons


@deed
def excuse(
    *, whistle_id: Any, unit: int, actor: Actor, at: datetime, reason: str = "", version: int | None = None
) -> Summons:
    """Excuse a unit, for the reason that it gave or for another one. Never what one asked for oneself."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    summons = summons_of(whistle=whistle, move="excuse", unit_id=unit, actor=actor)
    if summons.leave_asked_by_id in actor.persons:
        raise NotAllowed(_("Nobody excuses the own unit on the own asking."))
    why = reason.strip() or summons.leave_reason
    WHISTLES.advance(whistle, "excuse", given={"unit": unit, "reason": why})
    if summons.attendance != Attendance.AWAITED:
        raise Conflict(_("This unit is not awaited any more."), code="not_awaited")
    summons.attendance, summons.leave_reason = Attendance.EXCUSED, why
    summons.excused_at, summons.excused_by_id = at, actor.user_id
    summons.save(update_fields=["attendance", "leave_reason", "excused_at", "excused_by"])
    timers.cancel(subject_id=str(summons.pk), kinds=[RECEIPT], at=at)
    record(UnitExcused(**whistles.identity(whistle), unit=summons.unit_id), actor=actor, at=at)
    tellings.excused(whistle=whistle, unit=summons.unit_id, at=at)
    return summons
