"""Asking the head for a whistle, and what the head does besides issuing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, NotAllowed
from kernel.events import instant, record
from kernel.ids import new_id
from kernel.permissions import require
from petitions.models import Petition
from whistles.choices import Refusal
from whistles.events import WhistleAsked, WhistleDeclined, WhistleWithdrawn
from whistles.models import AgendaItem, Summons, Whistle
from whistles.policies import ASK, may_ask
from whistles.services import tellings, whistles
from whistles.services.saying import Said, check, petition_of, placed
from whistles.workflow import WHISTLES

COUNTY_DIGITS = 6
ENDED = ("ended_at", "end_note")


@deed
def ask(*, said: Said, actor: Actor, at: datetime) -> Whistle:
    """Ask for a whistle, a consultation, a joint meeting or an inspection; whoever heads the place decides.

    Raises Missing for a petition that the actor does not see, NotAllowed, Invalid naming what is wrong.
    """
    said = said.tidied()
    petition = petition_of(said=said, actor=actor)
    place = placed(said=said, petition=petition)
    asker = may_ask(actor=actor, place=place.code)
    if asker is None:
        require(actor.may(ASK, place=place.code))
        raise NotAllowed(_("This is outside the area and the units that you work for."))
    check(said=said, petition=petition, caller=asker, at=at)
    whistle = draft(said=said, petition=petition, asker_id=asker, actor=actor, at=at)
    whistle.stage_due_at = whistles.end_of_step(clock="whistle.decide", whistle=whistle, at=at)
    whistle.version = 1
    whistle.save(force_insert=True)
    beside(whistle=whistle, said=said, by=asker, at=at)
    whistles.start_clock(whistle=whistle, at=at)
    happened = WhistleAsked(
        **whistles.identity(whistle),
        asker=asker,
        kind=whistle.kind,
        form=whistle.form,
        place=whistle.place,
        meets_at=instant(whistle.meets_at),
        decide_by=instant(whistle.stage_due_at),
        units=list(said.units),
        content=commitment(whistle),
    )
    record(happened, actor=actor, at=at)
    tellings.asked(whistle=whistle, at=at)
    return whistle


def draft(*, said: Said, petition: Petition | None, asker_id: int, actor: Actor, at: datetime) -> Whistle:
    """A whistle that nobody has blown, not saved."""
    place = placed(said=said, petition=petition)
    own = new_id(at=at)
    return Whistle(
        id=own,
        case_id=petition.pk if petition else own,
        petition=petition,
        version=0,
        kind=said.kind,
        form=said.form,
        county=place.code[:COUNTY_DIGITS],
        matter=said.matter,
        details=said.details,
        salt=personal.new_salt(),
        place=place.code,
        where=said.where,
        lng=place.lng,
        lat=place.lat,
        meets_at=said.meets_at,
        asker_id=asker_id,
        asked_by_id=actor.user_id,
        opened_at=at,
        stage_due_at=at,
        changed_at=at,
    )


def beside(*, whistle: Whistle, said: Said, by: int, at: datetime) -> list[Summons]:
    """Write down which units are to come and what is on the agenda."""
    AgendaItem.objects.bulk_create(
        AgendaItem(whistle=whistle, number=number, text=text, unit_id=by, added_at=at)
        for number, text in enumerate(said.agenda, start=1)
    )
    return Summons.objects.bulk_create(
        Summons(id=new_id(at=at), whistle=whistle, unit_id=unit_id) for unit_id in said.units
    )


def commitment(whistle: Whistle) -> str:
    """What the log holds of matter and details."""
    return personal.commitment(f"{whistle.matter}\x1f{whistle.details}", salt=bytes(whistle.salt))


@deed
def decline(*, whistle_id: Any, why: str, actor: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Do not issue what was asked for; `why` is a code of Refusal. Raises Invalid for an unknown one."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="decline", actor=actor)
    if why not in Refusal.values:
        raise Invalid(_("Unknown reason."), fields={"why": [_("Unknown reason.")]})
    WHISTLES.advance(whistle, "decline", given={"why": why})
    _end(whistle, why, at)
    happened = WhistleDeclined(**whistles.identity(whistle), asker=whistle.asker_id, why=why)
    record(happened, actor=actor, at=at)
    tellings.declined(whistle=whistle, at=at)
    return whistle


@deed
def withdraw(*, whistle_id: Any, note: str, actor: Actor, at: datetime, version: int | None = None) -> Whistle:
    """Whoever asked takes it back before it is decided."""
    whistle = whistles.locked(whistle_id=whistle_id, version=version)
    whistles.permitted(whistle=whistle, move="withdraw", actor=actor)
    WHISTLES.advance(whistle, "withdraw", given={"note": note.strip()})
    _end(whistle, note.strip(), at)
    record(WhistleWithdrawn(**whistles.identity(whistle), asker=whistle.asker_id), actor=actor, at=at)
    return whistle


def _end(whistle: Whistle, note: str, at: datetime) -> None:
    whistle.ended_at, whistle.end_note = at, note
    whistles.enter(whistle=whistle, due_at=at)
    whistles.save(whistle=whistle, at=at, columns=ENDED)
    whistles.start_clock(whistle=whistle, at=at)
