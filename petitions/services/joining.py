"""Joining: the same matter told twice is handled once, and can be taken apart again without loss."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing
from kernel.events import record
from petitions.choices import State
from petitions.events import PetitionJoined, PetitionSeparated
from petitions.models import Petition
from petitions.queries import may_lead
from petitions.services.stages import enter, locked, permitted, save_stage, unit_holder


@deed
def join(*, petition_id: Any, main_id: Any, actor: Actor, at: datetime, version: int | None = None) -> Petition:
    """Join a petition to the main one (R7): it keeps its own text, reporter and log, and ends when the main one does.

    Raises Missing where the actor does not see the main one, Invalid or Conflict where it cannot lead.
    """
    if str(petition_id) == str(main_id):
        raise Invalid(_("A petition cannot be joined to itself."), fields={"main": [_("The same petition.")]})
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="join", actor=actor)
    main = Petition.objects.visible_to(actor).filter(pk=main_id).first()
    if main is None:
        raise Missing(_("This does not exist, or not for you."), fields={"main": [_("Unknown petition.")]})
    if not may_lead(petition=main):
        raise Conflict(_("The other petition is finished or itself joined."), details={"state": main.state})
    if Petition.objects.filter(joined_to=petition.pk, state=State.JOINED).exists():
        raise Conflict(_("Others are joined to this one; separate them first."))
    enter(petition=petition, move="join", at=at, given={"main": main.pk})
    petition.joined_to = main
    save_stage(petition=petition, at=at, columns=("joined_to",))
    record(PetitionJoined(case_id=petition.pk, subject_id=str(petition.pk), main=str(main.pk)), actor=actor, at=at)
    return petition


@deed
def separate(
    *, petition_id: Any, actor: Actor, at: datetime, version: int | None = None, since: datetime | None = None
) -> Petition:
    """Take a joined petition out again: it stands before the centre as it did, with a fresh limit for accepting.

    `since`: joining is undone, and the limit is the one that began then.
    """
    petition = locked(petition_id=petition_id, version=version)
    permitted(petition=petition, move="separate", actor=actor)
    main = petition.joined_to_id
    enter(petition=petition, move="separate", at=at, since=since)
    petition.joined_to, petition.holder = None, unit_holder(petition.center_id)
    save_stage(petition=petition, at=at, columns=("joined_to", "holder"))
    record(
        PetitionSeparated(case_id=petition.pk, subject_id=str(petition.pk), holder=petition.holder, main=str(main)),
        actor=actor,
        at=at,
    )
    return petition
