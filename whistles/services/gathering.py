"""The assembly begins: by hand, or by itself when the time to come is over. Absence is recorded by itself, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Conflict
from kernel.events import instant, record, record_many
from whistles.choices import CAME, Attendance, State
from whistles.deadlines import ABSENT_AFTER
from whistles.events import UnitAbsent, WhistleAssembled
from whistles.models import Summons, Whistle
from whistles.services import tellings, whistles
from whistles.workflow import WHISTLES

# The clock of absence runs on while the meeting has begun, and even when its minutes are written.
CONCERNED = (State.ISSUED, State.ASSEMBLED, State.RECORDED)


@deed
def hold(*, whistle_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Begin: at the time named, or before it when all who are awaited have come."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="hold", actor=actor)
    awaited = Summons.objects.filter(whistle=whistle, attendance=Attendance.AWAITED).exists()
    if at < whistle.meets_at and awaited:
        when = f"{timezone.localtime(whistle.meets_at):%Y-%m-%d %H:%M}"
        raise Conflict(_("Somebody is still awaited; it begins at %(when)s.") % {"when": when}, code="too_early")
    _begin(whistle, actor=actor, at=at)
    return whistle


@deed
def gather(*, whistle_ids: Sequence[UUID], at: datetime) -> int:
    """The time to come is over: whoever has not checked in is absent; what has not begun begins. Returns the absent.

    The truth is read again under lock: what was put off meanwhile is left alone, and a unit that checked in the instant
    before is not absent.
    """
    count = 0
    for whistle in whistles.locked_in(whistle_ids=whistle_ids, states=CONCERNED):
        if over_at(whistle) > at:
            continue
        count += _record_absent(whistle, at)
        if whistle.state == State.ISSUED:
            _begin(whistle, actor=SYSTEM, at=at)
    return count


def over_at(whistle: Whistle) -> datetime:
    """From when on whoever has not come is absent."""
    return whistle.meets_at + ABSENT_AFTER[whistle.kind]


def _record_absent(whistle: Whistle, at: datetime) -> int:
    missing = list(Summons.objects.filter(whistle=whistle, attendance=Attendance.AWAITED).order_by("unit_id"))
    if not missing:
        return 0
    ids = [one.pk for one in missing]
    Summons.objects.filter(pk__in=ids).update(attendance=Attendance.ABSENT, absent_at=at)
    record_many(
        [
            UnitAbsent(**whistles.identity(whistle), unit=one.unit_id, received=one.received_at is not None)
            for one in missing
        ],
        actor=SYSTEM,
        at=at,
    )
    tellings.absent(whistle=whistle, units=[one.unit_id for one in missing], at=at)
    return len(missing)


def _begin(whistle: Whistle, *, actor: Actor, at: datetime) -> None:
    WHISTLES.advance(whistle, "hold")
    whistle.held_at = at
    whistles.enter(whistle=whistle, due_at=whistles.end_of_step(clock="whistle.record", whistle=whistle, at=at))
    whistles.save(whistle=whistle, at=at, columns=("held_at",))
    whistles.start_clock(whistle=whistle, at=at)
    called = Summons.objects.filter(whistle=whistle).exclude(attendance=Attendance.EXCUSED)
    happened = WhistleAssembled(
        **whistles.identity(whistle),
        came=called.filter(attendance__in=CAME).count(),
        called=called.count(),
        record_by=instant(whistle.stage_due_at),
    )
    record(happened, actor=actor, at=at)
