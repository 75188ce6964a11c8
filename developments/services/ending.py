"""The end of a case: rated by the company, withdrawn, ended by the centre, or with its petition."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from developments import tellings
from developments.choices import EndedBy, State
from developments.events import DevelopmentEnded, DevelopmentLapsed, DevelopmentRated, DevelopmentWithdrawn
from developments.models import Development
from developments.policies import ACCEPT, ANSWER
from developments.services import cases
from developments.services.papers import drop_papers
from developments.services.running import end_steps, steps_of
from developments.workflow import DEVELOPMENTS
from kernel.actors import SYSTEM, Actor
from kernel.deeds import deed
from kernel.errors import Invalid
from kernel.events import DomainEvent, record
from organizations.queries.people import people_who_may
from petitions.choices import State as PetitionState
from petitions.models import Petition
from petitions.services.closing import withdraw as withdraw_petition
from petitions.services.planning import end_with_plan
from petitions.services.stages import locked as locked_petition

SCORES = range(1, 6)
ENDED = ("ended_at", "end_note", "basis")
OPEN_PETITION = (PetitionState.FILED, PetitionState.WAITING, PetitionState.ACCEPTED, PetitionState.PLANNED)


@deed
def rate(
    *,
    development_id: Any,
    speed: int,
    quality: int,
    actor: Actor,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> Development:
    """The company rates speed and result of the whole plan, 1 to 5 each; the case is closed with it."""
    development = cases.locked(development_id=development_id, actor=actor, version=version)
    cases.permitted(development=development, move="rate", actor=actor)
    wrong = [name for name, score in (("speed", speed), ("quality", quality)) if score not in SCORES]
    if wrong:
        raise Invalid(_("Rate from 1 to 5."), fields={name: [_("From 1 to 5.")] for name in wrong})
    DEVELOPMENTS.advance(development, "rate", given={"speed": speed, "quality": quality})
    development.speed, development.quality, development.rating_note = speed, quality, note.strip()
    development.rated_by_id, development.ended_at = actor.user_id, at
    _save(development, at, "speed", "quality", "rating_note", "rated_by_id")
    company = development.company_unit_id
    rated = DevelopmentRated(**cases.identity(development), company=company, speed=speed, quality=quality)
    record(rated, actor=actor, at=at)
    return development


@deed
def withdraw(*, development_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Development:
    """The company takes its case back, with the reason; the petition goes with it, and no unit need do anything."""
    development = cases.locked(development_id=development_id, actor=actor, version=version)
    cases.permitted(development=development, move="withdraw", actor=actor)
    _withdraw(development, note.strip(), actor=actor, at=at)
    petition = Petition.objects.get(pk=development.petition_id)
    if petition.state in OPEN_PETITION:
        withdraw_petition(petition_id=petition.pk, actor=SYSTEM, at=at, by="citizen")
    return development


@deed
def end(
    *, development_id: Any, basis: str, note: str, actor: Actor, at: datetime, version: int | None = None
) -> Development:
    """The centre ends a case whose plan cannot go on: a lawful refusal, or a promise that was not kept."""
    development = cases.locked(development_id=development_id, actor=actor, version=version)
    cases.permitted(development=development, move="end", actor=actor)
    DEVELOPMENTS.advance(development, "end", given={"basis": basis.strip(), "note": note.strip()})
    development.basis = basis.strip()
    happened = DevelopmentEnded(**cases.identity(development), company=development.company_unit_id, holder="nobody")
    _close(development, note.strip(), happened, actor=actor, at=at)
    people = cases.contacts_of(development=development, at=at)
    cases.tell_of(kind=tellings.ENDED_OWN.code, development=development, people=people, at=at)
    end_with_plan(petition_id=development.petition_id, at=at)
    return development


@deed
def close_unrated(*, development_ids: list[UUID], at: datetime) -> None:
    """The time for a rating is over: closed without one."""
    for development in _locked(development_ids, State.FINISHED):
        if development.stage_due_at > at:
            continue
        DEVELOPMENTS.advance(development, "lapse")
        development.end_note, development.ended_at = EndedBy.UNRATED.value, at
        _save(development, at, *ENDED)
        company = development.company_unit_id
        record(DevelopmentLapsed(**cases.identity(development), company=company), actor=SYSTEM, at=at)


@deed
def follow_petition(*, petition_id: UUID, at: datetime) -> None:
    """The petition was taken back, declined or went another way: there is no plan for it any more."""
    locked_petition(petition_id=petition_id)
    rows = Development.objects.select_for_update(of=("self",)).select_related("enterprise")
    found = rows.filter(petition_id=petition_id, state__in=(State.FILED, State.RUNNING)).first()
    if found is not None:
        _withdraw(found, EndedBy.PETITION.value, actor=SYSTEM, at=at)


def _withdraw(development: Development, note: str, *, actor: Actor, at: datetime) -> None:
    DEVELOPMENTS.advance(development, "withdraw", given={"note": note})
    happened = DevelopmentWithdrawn(**cases.identity(development), company=development.company_unit_id)
    _close(development, note, happened, actor=actor, at=at)


def _close(development: Development, note: str, happened: DomainEvent, *, actor: Actor, at: datetime) -> None:
    """End what is open of a case and tell the units that worked on it, and the centre."""
    end_steps(steps=steps_of(development), at=at)
    drop_papers(development=development, at=at)
    development.end_note, development.ended_at = note, at
    _save(development, at, *ENDED)
    record(happened, actor=actor, at=at)
    people = people_who_may(capability=ANSWER, unit_ids=development.involved, at=at)
    people += people_who_may(capability=ACCEPT, unit_ids=[development.center_id], at=at)
    cases.tell_of(kind=tellings.ENDED.code, development=development, people=sorted(set(people)), at=at)


def _save(development: Development, at: datetime, *columns: str) -> None:
    cases.lay(development=development, at=at)
    cases.save(development=development, at=at, columns=("ended_at", *columns))
    cases.start_clock(development=development, at=at)


def _locked(ids: list[UUID], state: str) -> list[Development]:
    """Cases in a state, their petitions locked first, both in one order."""
    wanted = Development.objects.filter(pk__in=ids, state=state)
    petitions = Petition.objects.filter(pk__in=wanted.values("petition_id"))
    list(petitions.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    rows = wanted.select_for_update(of=("self",)).select_related("enterprise").order_by("pk")
    return list(rows)
