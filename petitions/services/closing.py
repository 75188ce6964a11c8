"""Closing: reply, call-back, rating, and what a rating leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import DomainEvent, record, record_many
from kernel.permissions import require
from petitions.choices import ReplyKind, Satisfaction
from petitions.events import (
    PetitionArchived,
    PetitionCalledBack,
    PetitionClosed,
    PetitionRated,
    PetitionReopened,
    PetitionReplied,
    PetitionWithdrawn,
)
from petitions.models import Callback, Petition, Reply
from petitions.policies import is_own, verdict
from petitions.services.stages import enter, locked, permitted, save_stage, unit_holder
from petitions.workflow import WORKFLOW

RATED = ("satisfaction", "resolved", "rating_note")
CLOSED = ("closed_at", "holder")


def _identity(petition: Petition) -> dict[str, Any]:
    return {"case_id": petition.pk, "subject_id": str(petition.pk)}


@deed
def reply(*, petition_id: Any, text: str, kind: str, actor: Actor, at: datetime, unit_id: int | None = None) -> Reply:
    """Tell the citizen something: a progress note, or the reply to the petition."""
    petition = locked(petition_id=petition_id)
    require(verdict(capability="petition.reply", petition=petition, actor=actor))
    if not text.strip():
        raise Invalid(_("A reply needs a text."), fields={"text": [_("Required.")]})
    written = Reply.objects.create(
        petition=petition,
        kind=ReplyKind(kind),
        text=text.strip(),
        unit_id=unit_id,
        replied_by_id=actor.user_id,
        replied_at=at,
    )
    content = personal.commitment(written.text, salt=petition.salt)
    record(PetitionReplied(**_identity(petition), kind=written.kind, content=content), actor=actor, at=at)
    return written


@deed
def record_callback(
    *,
    petition_id: Any,
    reached: bool,
    actor: Actor,
    at: datetime,
    resolved: bool | None = None,
    satisfaction: str = "",
    note: str = "",
    version: int | None = None,
) -> Petition:
    """Note a call to the citizen. Reached and rated, the rating takes effect; not reached, the case goes on waiting."""
    petition = locked(petition_id=petition_id, version=version)
    require(verdict(capability="petition.callback", petition=petition, actor=actor))
    if reached and not satisfaction:
        raise Invalid(_("Ask how satisfied the person is."), fields={"satisfaction": [_("Required.")]})
    Callback.objects.create(
        petition=petition,
        reached=reached,
        resolved=resolved,
        satisfaction=satisfaction,
        note=note.strip(),
        called_by_id=actor.user_id,
        called_at=at,
    )
    called = PetitionCalledBack(**_identity(petition), reached=reached, resolved=resolved, satisfaction=satisfaction)
    if not reached:
        record(called, actor=actor, at=at)
        return petition
    return _rate(petition, satisfaction, resolved, note, by="callback", actor=actor, at=at, before=[called])


@deed
def rate(
    *,
    petition_id: Any,
    satisfaction: str,
    actor: Actor,
    at: datetime,
    resolved: bool | None = None,
    note: str = "",
    version: int | None = None,
) -> Petition:
    """The citizen's rating (R11): closes the case, or, dissatisfied for the first time, has it handled again."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="close", actor=actor)
    by = "citizen" if is_own(petition=petition, actor=actor) else "staff"
    return _rate(petition, satisfaction, resolved, note, by=by, actor=actor, at=at, before=[])


def _rate(
    petition: Petition,
    satisfaction: str,
    resolved: bool | None,
    note: str,
    *,
    by: str,
    actor: Actor,
    at: datetime,
    before: list[DomainEvent],
) -> Petition:
    if satisfaction not in Satisfaction.values:
        raise Invalid(_("There is no such rating."), fields={"satisfaction": [_("Unknown rating.")]})
    # Closing is in the table for joined petitions too, but only a petition that waits for its rating can be rated.
    WORKFLOW.row(move="reopen", state=petition.state)
    again = satisfaction == Satisfaction.DISSATISFIED and petition.round == 1
    move = "reopen" if again else "close"
    enter(petition=petition, move=move, at=at, given={"satisfaction": satisfaction})
    petition.satisfaction, petition.resolved, petition.rating_note = satisfaction, resolved, note.strip()
    rated = PetitionRated(
        **_identity(petition), satisfaction=satisfaction, resolved=resolved, round=petition.round, by=by
    )
    after = _handle_again(petition, at) if again else _finish(petition, how="rated", at=at)
    record_many([*before, rated, after], actor=actor, at=at)
    return petition


def _handle_again(petition: Petition, at: datetime) -> PetitionReopened:
    unit_id = petition.lead_unit_id
    petition.round, petition.due_at, petition.on_time = 2, None, None
    petition.lead_unit, petition.holder = None, unit_holder(petition.center_id)
    save_stage(petition=petition, at=at, columns=(*RATED, "round", "due_at", "on_time", "lead_unit", "holder"))
    return PetitionReopened(**_identity(petition), holder=petition.holder, round=2, unit=unit_id)


def _finish(petition: Petition, *, how: str, at: datetime) -> PetitionClosed:
    petition.closed_at, petition.holder = at, "nobody"
    save_stage(petition=petition, at=at, columns=(*RATED, *CLOSED))
    return PetitionClosed(
        **_identity(petition),
        holder="nobody",
        how=how,
        unit=petition.lead_unit_id,
        satisfaction=petition.satisfaction,
        on_time=petition.on_time,
    )


@deed
def close(*, petition_id: Any, how: str, actor: Actor, at: datetime) -> Petition:
    """Close without a rating: the time for one is over ("lapsed"), or what it goes with is over ("joined", "plan")."""
    petition = locked(petition_id=petition_id)
    permitted(petition=petition, move="close", actor=actor)
    enter(petition=petition, move="close", at=at)
    record(_finish(petition, how=how, at=at), actor=actor, at=at)
    return petition


@deed
def withdraw(*, petition_id: Any, actor: Actor, at: datetime, by: str = "", version: int | None = None) -> Petition:
    """The citizen takes it back, or does not answer what was asked in time ("lapsed")."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="withdraw", actor=actor)
    own = is_own(petition=petition, actor=actor)
    enter(petition=petition, move="withdraw", at=at)
    petition.closed_at, petition.holder = at, "nobody"
    save_stage(petition=petition, at=at, columns=CLOSED)
    who = by or ("citizen" if own else "staff")
    record(PetitionWithdrawn(**_identity(petition), holder="nobody", by=who), actor=actor, at=at)
    return petition


@deed
def archive(*, petition_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Petition:
    """File a closed case away (全程电子档案)."""
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="archive", actor=actor)
    enter(petition=petition, move="archive", at=at)
    save_stage(petition=petition, at=at)
    record(PetitionArchived(**_identity(petition)), actor=actor, at=at)
    return petition
