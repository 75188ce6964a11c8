"""Reception: what a centre does with a petition before anybody handles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import timers
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import instant, record, record_many
from kernel.permissions import require
from kernel.timers import TimerSpec
from kernel.worktime import Limit
from organizations.models import Unit
from petitions.choices import State
from petitions.events import (
    InformationRequested,
    PetitionAccepted,
    PetitionClassified,
    PetitionDeclined,
    PetitionPassedUp,
)
from petitions.models import DeclineReason, Petition, Question
from petitions.policies import verdict
from petitions.services.classifying import CLASSIFIED, settle_class
from petitions.services.placing import place_of, put_at
from petitions.services.stages import enter, lay_stage, locked, permitted, save_stage, unit_holder

PLACED = ("lng", "lat", "distance_m", "county_code", "township_code", "village_code", "cell_code")


@deed
def accept(
    *,
    petition_id: Any,
    actor: Actor,
    at: datetime,
    category_code: str = "",
    kind: str = "",
    urgency: str = "",
    condition: str | None = None,
    version: int | None = None,
) -> Petition:
    """Take the petition up, with its category and its filing condition settled.

    Dispatching follows by itself where the list has an answer; the condition decides the limit.
    """
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="accept", actor=actor)
    settle_class(petition=petition, at=at, category_code=category_code, kind=kind, urgency=urgency, condition=condition)
    enter(petition=petition, move="accept", at=at, given={"category": petition.category_id})
    petition.accepted_at, petition.rung = at, 0
    save_stage(petition=petition, at=at, columns=("accepted_at", "rung", *CLASSIFIED))
    record(
        PetitionAccepted(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            kind=petition.kind,
            category=petition.category_id or "",
            urgency=petition.urgency,
            condition=petition.condition,
            due_at=instant(petition.stage_due_at),
        ),
        actor=actor,
        at=at,
    )
    return petition


@deed
def classify(
    *,
    petition_id: Any,
    actor: Actor,
    at: datetime,
    category_code: str = "",
    kind: str = "",
    urgency: str = "",
    condition: str | None = None,
    lng: float | None = None,
    lat: float | None = None,
    area_code: str = "",
    version: int | None = None,
) -> Petition:
    """Put category, condition, kind, urgency or place right while nobody handles the petition yet."""
    petition = locked(petition_id=petition_id, version=version)
    require(verdict(capability="petition.classify", petition=petition, actor=actor))
    if petition.state not in (State.FILED, State.WAITING, State.ACCEPTED):
        raise Invalid(_("Somebody handles this already; take it back first."), code="handled_already")
    settle_class(petition=petition, at=at, category_code=category_code, kind=kind, urgency=urgency, condition=condition)
    if area_code or lng is not None:
        put_at(petition=petition, place=place_of(lng=lng, lat=lat, area_code=area_code))
    save_stage(petition=petition, at=at, columns=CLASSIFIED + PLACED)
    record(
        PetitionClassified(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            kind=petition.kind,
            category=petition.category_id or "",
            urgency=petition.urgency,
            condition=petition.condition,
            place=petition.place,
        ),
        actor=actor,
        at=at,
    )
    return petition


@deed
def ask_for_information(
    *, petition_id: Any, question: str, actor: Actor, at: datetime, version: int | None = None
) -> Petition:
    """Ask the citizen for what is missing. Until the answer the time is the citizen's, not the centre's."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="ask", actor=actor)
    enter(petition=petition, move="ask", at=at, given={"question": question.strip()})
    petition.holder = "citizen"
    save_stage(petition=petition, at=at, columns=("holder",))
    Question.objects.create(petition=petition, question=question.strip(), asked_at=at, asked_by_id=actor.user_id)
    record(
        InformationRequested(
            case_id=petition.pk,
            subject_id=str(petition.pk),
            holder="citizen",
            due_at=instant(petition.stage_due_at),
        ),
        actor=actor,
        at=at,
    )
    return petition


@deed
def decline(*, petition_id: Any, reason_code: str, actor: Actor, at: datetime, version: int | None = None) -> Petition:
    """Refuse, with the reason and the channel that is the right one told to the person (R9; 信访工作条例 19, 31)."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="decline", actor=actor)
    reason = DeclineReason.objects.filter(code=reason_code, active=True).first()
    if reason is None:
        raise Invalid(_("Name the reason."), fields={"reason": [_("Unknown reason.")]})
    enter(petition=petition, move="decline", at=at, given={"reason": reason.code})
    petition.decline_reason, petition.holder, petition.closed_at = reason, "nobody", at
    save_stage(petition=petition, at=at, columns=("decline_reason", "holder", "closed_at"))
    record(
        PetitionDeclined(case_id=petition.pk, subject_id=str(petition.pk), holder="nobody", reason=reason.code),
        actor=actor,
        at=at,
    )
    return petition


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """One petition that nobody answered, the centre that holds it from now on, and how long."""

    petition: Petition
    to: Unit
    rung: int
    limit: Limit


@deed
def pass_up(*, steps: Sequence[StepUp], clock: str, at: datetime) -> None:
    """Nobody answered in time: the next level holds these petitions now. The caller holds their locks."""
    happened = []
    for step in steps:
        petition, passed_from = step.petition, step.petition.center_id
        petition.center, petition.rung = step.to, step.rung
        lay_stage(petition=petition, at=at, limit=step.limit)
        petition.involved = sorted({*petition.involved, step.to.pk})
        petition.holder = unit_holder(step.to.pk)
        save_stage(petition=petition, at=at, columns=("center", "rung", "involved", "holder"))
        happened.append(
            PetitionPassedUp(
                case_id=petition.pk,
                subject_id=str(petition.pk),
                holder=petition.holder,
                clock=clock,
                rung=step.rung,
                level=step.to.level,
                from_unit=passed_from,
            )
        )
    timers.start_many(
        [
            TimerSpec(
                kind=clock,
                case_id=step.petition.pk,
                subject_id=str(step.petition.pk),
                due_at=step.petition.stage_due_at,
            )
            for step in steps
        ],
        at=at,
    )
    record_many(happened, actor=SYSTEM, at=at)
