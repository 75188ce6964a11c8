"""The agenda of a consultation or a meeting: the issuer's side and the units that are called put items on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from whistles.events import AgendaAdded
from whistles.models import AgendaItem
from whistles.policies import RECORD
from whistles.services import whistles
from whistles.services.own import own_summons
from whistles.services.saying import MOST_ITEMS, reporter_named
from whistles.workflow import WHISTLES


@deed
def add_item(*, whistle_id: Any, text: str, actor: Actor, at: datetime) -> AgendaItem:
    """Put an item on the agenda before it begins; it stands there under the unit that brings it."""
    whistle = whistles.locked(whistle_id=whistle_id)
    whistles.permitted(whistle=whistle, move="add_item", actor=actor)
    said = text.strip()
    WHISTLES.advance(whistle, "add_item", given={"text": said})
    writes = actor.may(RECORD, place=whistle.place)
    brings = whistle.issuer_id or whistle.asker_id
    unit = brings if writes else own_summons(whistle=whistle, move="add_item", actor=actor).unit_id
    if wrong := reporter_named(petition=whistle.petition, texts={"text": said}):
        raise Invalid(_("This item cannot be taken."), fields=wrong)
    number = whistle.agenda.count() + 1
    if number > MOST_ITEMS:
        raise Conflict(_("The agenda is full."), code="agenda_full")
    item = AgendaItem.objects.create(whistle=whistle, number=number, text=said, unit_id=unit, added_at=at)
    record(AgendaAdded(**whistles.identity(whistle), unit=unit, number=number), actor=actor, at=at)
    return item
