"""What becomes of a petition while a work order runs. Called by the order's own deeds, inside their transaction.

Every function takes the petition locked by its caller, who has checked the right: an order knows who may do what to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.actors import Actor
from kernel.events import instant, record, record_many
from kernel.worktime import Limit
from petitions.deadlines import limit_for
from petitions.events import (
    PetitionDispatched,
    PetitionHandled,
    PetitionRecalled,
    PetitionRejected,
    PetitionUnroutable,
    PetitionVerified,
)
from petitions.models import Petition
from petitions.services.stages import advance, end_of, enter, save_stage, swap_clocks, unit_holder
from petitions.workflow import WORKFLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who is responsible for a petition from now on, who else is concerned, and until when by the list."""

    petition: Petition
    unit_id: int
    involved: Sequence[int]
    limit: Limit
    due_at: datetime
    provisional: bool


DISPATCHED = ("lead_unit_id", "unroutable", "involved", "dispatched_at", "holder")
PROMISED = ("due_at", "due_provisional", "limit_value", "limit_unit")


def mark_dispatched(*, given: Sequence[Responsible], actor: Actor, at: datetime) -> None:
    """A unit is responsible for each of these now. A date once promised is kept for the whole round."""
    left = {WORKFLOW.clocks[one.petition.state] for one in given}
    for one in given:
        petition = one.petition
        if petition.due_at is None:
            petition.due_at, petition.due_provisional = one.due_at, one.provisional
            petition.limit_value, petition.limit_unit = one.limit.value, one.limit.unit
        until = max(petition.due_at, one.due_at)  # a unit named after the promise was broken has time of its own
        advance(petition=petition, move="dispatch", at=at, given={"unit": one.unit_id}, until=until)
        petition.lead_unit_id, petition.unroutable = one.unit_id, ""
        petition.involved = sorted({*petition.involved, one.unit_id, *one.involved})
        petition.dispatched_at, petition.holder = petition.dispatched_at or at, unit_holder(one.unit_id)
        save_stage(petition=petition, at=at, columns=DISPATCHED + PROMISED)
    swap_clocks(petitions=[one.petition for one in given], left=left, at=at)
    record_many([_dispatched(one.petition, one.unit_id) for one in given], actor=actor, at=at)


def _dispatched(petition: Petition, unit_id: int) -> PetitionDispatched:
    assert petition.due_at is not None  # promised above, or in an earlier round
    return PetitionDispatched(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        holder=petition.holder,
        unit=unit_id,
        round=petition.round,
        due_at=instant(petition.due_at),
        provisional=petition.due_provisional,
    )


def involve(*, petition: Petition, unit_ids: Sequence[int], at: datetime) -> None:
    """More units work on it beside the one that is responsible: they see the petition from now on."""
    involved = sorted({*petition.involved, *unit_ids})
    if involved != petition.involved:
        petition.involved = involved
        save_stage(petition=petition, at=at, columns=("involved",))


def mark_unroutable(*, petition: Petition, reason: str, actor: Actor, at: datetime) -> None:
    """The list has no answer: it stays with the centre, which says why, and the gap is on record."""
    petition.unroutable = reason
    save_stage(petition=petition, at=at, columns=("unroutable",))
    record(PetitionUnroutable(case_id=petition.pk, subject_id=str(petition.pk), reason=reason), actor=actor, at=at)


def recall(
    *,
    petition: Petition,
    reason: str,
    actor: Actor,
    at: datetime,
    since: datetime | None = None,
    unroutable: str = "",
) -> None:
    """Take the petition back from its unit; the centre holds it until it is dispatched anew.

    `since`: it had waited to be dispatched since then and goes on waiting. `unroutable`: why the list names nobody.
    """
    unit_id = petition.lead_unit_id
    enter(petition=petition, move="recall", at=at, since=since)
    petition.lead_unit, petition.holder = None, unit_holder(petition.center_id)
    petition.unroutable = unroutable
    save_stage(petition=petition, at=at, columns=("lead_unit", "holder", "unroutable"))
    record(
        PetitionRecalled(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            holder=petition.holder,
            unit=unit_id or 0,
            reason=reason,
        ),
        actor=actor,
        at=at,
    )


def mark_handled(*, petition: Petition, result: str, actor: Actor, at: datetime) -> None:
    """The unit says that it is done; somebody else checks (R5). On time is measured here, against the promise."""
    enter(petition=petition, move="handle", at=at, given={"result": result})
    petition.handled_at, petition.holder = at, unit_holder(petition.center_id)
    petition.on_time = petition.due_at is None or at <= petition.due_at
    save_stage(petition=petition, at=at, columns=("handled_at", "holder", "on_time"))
    record(
        PetitionHandled(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            holder=petition.holder,
            unit=petition.lead_unit_id or 0,
            on_time=petition.on_time,
        ),
        actor=actor,
        at=at,
    )


def time_after_promise(*, petition: Petition) -> Limit:
    """What a unit has where the promise is over already, or as good as over: the time that a check has."""
    return limit_for(clock="petition.verify", urgency=petition.urgency)


def reject(*, petition: Petition, note: str, actor: Actor, at: datetime) -> datetime:
    """The check failed: the same unit handles it again. The promise stands; past it, the limit of a check is left.

    Returns until when the unit has time now.
    """
    again = end_of(limit=time_after_promise(petition=petition), at=at)
    until = max(petition.due_at or again, again)
    enter(petition=petition, move="reject", at=at, given={"note": note}, until=until)
    petition.holder = unit_holder(petition.lead_unit_id)
    save_stage(petition=petition, at=at, columns=("holder", "due_at", "due_provisional"))
    record(
        PetitionRejected(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            holder=petition.holder,
            unit=petition.lead_unit_id or 0,
        ),
        actor=actor,
        at=at,
    )
    return until


def mark_verified(*, petition: Petition, actor: Actor, at: datetime) -> None:
    """The check passed: the citizen has the word now."""
    enter(petition=petition, move="verify", at=at)
    petition.verified_at, petition.holder = at, "citizen"
    save_stage(petition=petition, at=at, columns=("verified_at", "holder"))
    record(
        PetitionVerified(case_id=petition.pk, subject_id=str(petition.pk), holder="citizen", round=petition.round),
        actor=actor,
        at=at,
    )
