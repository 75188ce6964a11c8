"""Both sides score 双考核: the issuer each unit, when its tasks are done; each unit the whistle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.events import record
from whistles.choices import Attendance, Side
from whistles.events import UnitScored, WhistleScored
from whistles.models import Rating, Summons
from whistles.models.rating import MARKS
from whistles.queries import open_tasks
from whistles.services import closing, whistles
from whistles.services.own import own_summons, summons_of
from whistles.workflow import WHISTLES


@deed
def rate_unit(
    *,
    whistle_id: Any,
    unit: int,
    response: int,
    result: int,
    actor: Actor,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> Rating:
    """Score a unit: how it answered, and what came of it, 1 to 5. Never the own unit, nor one that is excused."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    summons = summons_of(whistle=whistle, move="rate_unit", unit_id=unit, actor=actor)
    _marks({"response": response, "result": result})
    WHISTLES.advance(whistle, "rate_unit", given={"unit": unit, "response": response, "result": result})
    if unit in actor.unit_ids:
        raise NotAllowed(_("Nobody scores the own unit."))
    if summons.attendance == Attendance.EXCUSED:
        raise Conflict(_("This unit is excused."), code="excused")
    if open_tasks(whistle=whistle).filter(unit_id=unit).exists():
        raise Conflict(_("This unit has not finished its tasks."), code="tasks_open")
    said = {"response": response, "result": result}
    made = _write(summons, Side.ISSUER, said, note, actor=actor, at=at)
    happened = UnitScored(**whistles.identity(whistle), unit=unit, response=response, result=result)
    record(happened, actor=actor, at=at)
    closing.settle(whistle=whistle, actor=actor, at=at)
    return made


@deed
def rate_whistle(
    *,
    whistle_id: Any,
    needed: int,
    prepared: int,
    actor: Actor,
    at: datetime,
    note: str = "",
    unit_id: int | None = None,
) -> Rating:
    """Score the whistle for one's unit: was it needed, was it well prepared, 1 to 5."""
    whistle = whistles.locked(whistle_id=whistle_id)
    summons = own_summons(whistle=whistle, move="rate_whistle", actor=actor, unit_id=unit_id)
    said = {"needed": needed, "prepared": prepared}
    _marks(said)
    WHISTLES.advance(whistle, "rate_whistle", given=said)
    made = _write(summons, Side.UNIT, said, note, actor=actor, at=at)
    happened = WhistleScored(**whistles.identity(whistle), unit=summons.unit_id, needed=needed, prepared=prepared)
    record(happened, actor=actor, at=at)
    closing.settle(whistle=whistle, actor=actor, at=at)
    return made


def _marks(said: dict[str, int]) -> None:
    lowest, highest = MARKS
    wrong = {name: [_("From 1 to 5.")] for name, mark in said.items() if not lowest <= mark <= highest}
    if wrong:
        raise Invalid(_("These scores are not possible."), fields=wrong)


def _write(summons: Summons, side: str, said: dict[str, int], note: str, *, actor: Actor, at: datetime) -> Rating:
    if Rating.objects.filter(summons=summons, side=side).exists():
        raise Conflict(_("This was scored already."), code="scored_already")
    return Rating.objects.create(
        summons=summons, side=side, note=note.strip(), rated_by_id=actor.user_id, rated_at=at, **said
    )
