"""What happened, in words: the entries of a timeline from events, with the people and units that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from kernel.models import Event
from organizations.models import Unit, User

# Name of an event: its title, icon and colour.
Words = Mapping[str, tuple[str | Promise, str, str]]


@dataclass(frozen=True, slots=True)
class Names:
    """Names by key, of those whom the events of one timeline speak of; "" for anybody else."""

    people: Mapping[int, str]
    units: Mapping[int, str]

    def person(self, key: int | None) -> str:
        return self.people.get(key or 0, "")

    def unit(self, key: int | None) -> str:
        return self.units.get(key or 0, "")


Detail = Callable[[Event, Names], Any]


def timeline_of(
    *,
    found: QuerySet[Event],
    words: Words,
    detail: Detail,
    units: Iterable[str] = (),
    many: Iterable[str] = (),
    people: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """The entries, the latest first; events that `words` lacks are left out. Three queries at most.

    `units`, `many`, `people`: the fields of events that hold a unit, a list of units, one or several persons. `detail`
    writes the second line of an entry.
    """
    events = list(found.filter(name__in=words).order_by("-seq"))
    named = {one.payload.get(field) for one in events for field in units} - {None}
    named |= {key for one in events for field in many for key in one.payload.get(field, ())}
    persons: set[Any] = {_person(one) for one in events}
    persons |= {key for one in events for field in people for key in _several(one.payload.get(field))}
    names = Names(
        people={one.pk: str(one) for one in User.objects.filter(pk__in=persons - {None})},
        units={one.pk: str(one) for one in Unit.objects.filter(pk__in=named)},
    )
    return [_entry(one, words, names, detail) for one in events]


def _several(said: Any) -> list[int]:
    """One key as a list, and a list as it is."""
    return said if isinstance(said, list) else [said]


def _person(event: Event) -> int | None:
    """Who did it; None where nobody did, but a clock or the system."""
    kind, _colon, key = event.actor_key.partition(":")
    return int(key) if kind == "user" else None


def _entry(event: Event, words: Words, names: Names, detail: Detail) -> dict[str, Any]:
    title, icon, colour = words[event.name]
    return {
        "name": event.name,
        "at": event.occurred_at,
        "title": title,
        "icon": icon,
        "colour": colour,
        "who": names.person(_person(event)),
        "detail": detail(event, names),
    }
