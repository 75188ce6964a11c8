"""One timeline over everything: the log of the case in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desk.case.details import Names, detail_of
from desk.case.people import People
from desk.case.words import words_of
from kernel.models import Event


def timeline_of(*, events: Sequence[Event], people: People, names: Names) -> list[dict[str, Any]]:
    """The entries, the latest first. A citizen reads what concerns the citizen."""
    entries = []
    for event in reversed(events):
        words = words_of(event.name)
        if people.for_public and not words.public:
            continue
        entries.append(
            {
                "at": event.occurred_at,
                "title": words.label,
                "icon": words.icon,
                "colour": words.colour,
                "who": people.name(actor_key=event.actor_key, at=event.occurred_at),
                "detail": detail_of(name=event.name, payload=event.payload, names=names),
            }
        )
    return entries
