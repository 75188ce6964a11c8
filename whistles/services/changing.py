"""Another time or place for what was called together, or calling it off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import instant, record
from whistles.choices import CAME
from whistles.deadlines import ABSENT_AFTER
from whistles.events import WhistleCalledOff, WhistleMoved
from whistles.models import Summons, Whistle
from whistles.services import tellings, whistles
from whistles.services.saying import time_wrong
from whistles.workflow import WHISTLES


@deed
def move(
    *,
    whistle_id: Any,
    meets_at: datetime,
    note: str,
    actor: Actor,
    at: datetime,
    where: str = "",
    version: int | None = None,
) -> Whistle:
    """Another time, and another place where one is named; the units are told. Not once somebody has checked in."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="move", actor=actor)
    WHISTLES.advance(whistle, "move", given={"meets_at": meets_at, "note": note.strip()})
    _refuse_arrived(whistle)
    if fields := time_wrong(kind=whistle.kind, form=whistle.form, meets_at=meets_at, at=at):
        raise Invalid(_("This time is not possible."), fields=fields)
    whistle.meets_at, whistle.moved = meets_at, whistle.moved + 1
    whistle.where = where.strip() or whistle.where
    whistles.enter(whistle=whistle, due_at=meets_at + ABSENT_AFTER[whistle.kind])
    whistles.save(whistle=whistle, at=at, columns=("meets_at", "moved", "where"))
    whistles.start_clock(whistle=whistle, at=at)
    record(
        WhistleMoved(**whistles.identity(whistle), meets_at=instant(meets_at), number=whistle.moved), actor=actor, at=at
    )
    tellings.moved(whistle=whistle, at=at)
    return whistle


@deed
def call_off(*, whistle_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Call off what was called together; the number stays in the register. Not once somebody has come."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="call_off", actor=actor)
    WHISTLES.advance(whistle, "call_off", given={"note": note.strip()})
    _refuse_arrived(whistle)
    whistle.ended_at, whistle.end_note = at, note.strip()
    whistles.enter(whistle=whistle, due_at=at)
    whistles.save(whistle=whistle, at=at, columns=("ended_at", "end_note"))
    stop_clocks(whistle=whistle, at=at)
    assert whistle.issuer_id is not None  # a constraint: whatever was blown has an issuer
    record(WhistleCalledOff(**whistles.identity(whistle), issuer=whistle.issuer_id), actor=actor, at=at)
    tellings.called_off(whistle=whistle, at=at)
    return whistle


def stop_clocks(*, whistle: Whistle, at: datetime) -> None:
    """Stop the clocks of the whistle and of its summonses."""
    subjects = [str(pk) for pk in Summons.objects.filter(whistle=whistle).values_list("pk", flat=True)]
    timers.cancel(subject_id=[str(whistle.pk), *subjects], at=at)


def _refuse_arrived(whistle: Whistle) -> None:
    if Summons.objects.filter(whistle=whistle, attendance__in=CAME).exists():
        raise Conflict(_("Somebody has come already."), code="somebody_came")
