"""What others did to a case since somebody looked at it: who, when and what, from the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from desk.case.details import Names, detail_of, units_in
from desk.case.people import keys_of, people_of
from desk.case.words import words_of
from kernel.actors import Actor
from kernel.models import Chain, Event
from organizations.queries import unit_names
from petitions.models import Petition
from petitions.queries import is_withheld

# A longer story is read on the whole file.
SHOWN = 8


def last_seq(*, case_id: UUID) -> int:
    """How long the log of a case is."""
    return Chain.objects.filter(case_id=case_id).values_list("seq", flat=True).first() or 0


def changes_since(*, petition: Petition, seq: int, actor: Actor) -> list[dict[str, Any]]:
    """The latest entries of others after `seq`, the newest first: at, who, title, detail. One query for nothing."""
    told = Event.objects.filter(case_id=petition.pk, seq__gt=seq).exclude(actor_key=actor.key)
    events = list(told.order_by("-seq")[:SHOWN])
    if not events:
        return []
    people = people_of(
        petition=petition,
        keys=keys_of(events),
        for_public=False,
        withheld=is_withheld(petition=petition, actor=actor),
    )
    units = unit_names(unit_ids=units_in([one.payload for one in events]))
    names = Names(units=units, categories={}, reasons={})
    return [
        {
            "at": one.occurred_at,
            "who": people.who(one),
            "title": words_of(one.name).label,
            "detail": detail_of(name=one.name, payload=one.payload, names=names),
        }
        for one in events
    ]
