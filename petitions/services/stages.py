"""What every step of a petition's life has in common: the clock of the stage, the columns, the version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import Actor
from kernel.calendars import current
from kernel.errors import NotAllowed, Stale
from kernel.permissions import require
from kernel.timers import TimerSpec
from kernel.worktime import Limit, deadline
from petitions.deadlines import limit_for
from petitions.models import Petition
from petitions.policies import verdict
from petitions.workflow import WORKFLOW


def locked(*, petition_id: Any, version: int | None = None) -> Petition:
    """The petition, locked until the deed ends. Raises Missing, or Stale (412) for a version that is not current."""
    rows = Petition.objects.select_related("category__matter")
    found: Petition = rows.locked(petition_id, version=version)
    return found


def locked_in(*, petition_ids: Iterable[UUID], state: str) -> list[Petition]:
    """Those among the petitions that stand in a state, locked in the order of their ids."""
    rows = Petition.objects.select_related("category__matter").select_for_update(of=("self",))
    return list(rows.filter(pk__in=petition_ids, state=state).order_by("pk"))


def in_stage(*, petition_ids: Iterable[UUID], clock: str) -> list[Petition]:
    """The truth at the moment of firing: those among the petitions that this clock still concerns, locked in order."""
    states = [state for state, named in WORKFLOW.clocks.items() if named == clock]
    return list(
        Petition.objects.select_for_update(of=("self",)).filter(pk__in=petition_ids, state__in=states).order_by("pk")
    )


def permitted(*, petition: Petition, move: str, actor: Actor) -> None:
    """Raise WrongState where the table lacks the move, NotAllowed where the actor lacks the right."""
    row = WORKFLOW.row(move=move, state=petition.state)
    require(verdict(capability=row.capability, petition=petition, actor=actor))


def require_anywhere(*, actor: Actor, capability: str) -> None:
    """Raise NotAllowed unless some seat of the actor has the capability, wherever it reaches."""
    if not actor.holds(capability):
        raise NotAllowed(_("Your role does not include this."))


def lay_stage(
    *,
    petition: Petition,
    at: datetime,
    limit: Limit | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> None:
    """Start the clock of the stage in which the petition now stands: its limit, from `at`, by the calendar in force.

    `limit` is another one than that of the stage. `until`: somebody else says until when and keeps what it is computed
    from, as a work order does. `since`: the stage is the one that began then, and its clock goes on.
    """
    start = since or at
    found = limit or limit_for(clock=WORKFLOW.clocks[petition.state], urgency=petition.urgency)
    petition.stage_from, petition.calendar_version = start, current(at=at).version
    petition.stage_limit_value = None if until else Decimal(found.value)
    petition.stage_limit_unit = "" if until else found.unit
    petition.stage_due_at = until or end_of(limit=found, at=at, since=since)


def end_of(*, limit: Limit, at: datetime, since: datetime | None = None) -> datetime:
    """When a limit that starts at `at`, or started at `since`, ends by the calendar in force at `at`."""
    found = deadline(start=since or at, limit=limit, calendar=current(at=at))
    assert found.at is not None  # only a pause leaves a limit without an end
    return found.at


def enter(
    *,
    petition: Petition,
    move: str,
    at: datetime,
    given: Mapping[str, Any] | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> None:
    """Advance the petition, stop the clock of the stage it leaves and start that of the stage it enters.

    `until` is the end of the new stage where somebody else has set it, such as the limit of the responsibility list.
    `since`: it goes back to a stage that began then, and no minute is given for the way.
    The caller saves the petition with save_stage().
    """
    left = WORKFLOW.clocks[petition.state]
    advance(petition=petition, move=move, at=at, given=given, until=until, since=since)
    swap_clocks(petitions=[petition], left=[left], at=at)


def advance(
    *,
    petition: Petition,
    move: str,
    at: datetime,
    given: Mapping[str, Any] | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
) -> None:
    """Advance the petition as enter() does, leaving the clocks to swap_clocks(): for deeds on many petitions."""
    WORKFLOW.advance(petition, move, given=given)
    if petition.state in WORKFLOW.clocks:
        lay_stage(petition=petition, at=at, until=until, since=since)
    else:
        petition.stage_due_at = at


def swap_clocks(*, petitions: Sequence[Petition], left: Iterable[str], at: datetime) -> None:
    """Stop the clocks of the stages that were left and start those of the stages the petitions are in now."""
    ended = [str(one.pk) for one in petitions if one.state not in WORKFLOW.clocks]
    if ended:
        timers.cancel(subject_id=ended, at=at)
    timers.swap(stopped=left, specs=[_clock(one) for one in petitions if one.state in WORKFLOW.clocks], at=at)


def first_clock(*, petition: Petition, at: datetime) -> None:
    """Start the clock of a petition that has just been filed."""
    timers.start_many([_clock(petition)], at=at, fresh=True)


def _clock(petition: Petition) -> TimerSpec:
    return TimerSpec(
        kind=WORKFLOW.clocks[petition.state],
        case_id=petition.pk,
        subject_id=str(petition.pk),
        due_at=petition.stage_due_at,
    )


STAGE_COLUMNS = (
    "version",
    "state",
    "stage_due_at",
    "stage_from",
    "stage_limit_value",
    "stage_limit_unit",
    "calendar_version",
    "changed_at",
)


def save_stage(*, petition: Petition, at: datetime, columns: tuple[str, ...] = ()) -> None:
    """Write the stage and the named columns, and count the version up, conditional on the version that was locked."""
    petition.version += 1
    petition.changed_at = at
    names = {*STAGE_COLUMNS, *columns}
    written = Petition.objects.filter(pk=petition.pk, version=petition.version - 1).update(
        **{name: getattr(petition, name) for name in names}
    )
    if not written:
        raise Stale(_("This was changed in the meantime."))


def unit_holder(unit_id: int | None) -> str:
    """The holder code of a unit, as the ledger of minutes knows it."""
    return f"unit:{unit_id}" if unit_id is not None else "nobody"
