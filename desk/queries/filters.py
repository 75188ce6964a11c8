"""The filters above a list: one's own, those of the unit, and how many the reader has behind each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl

from django.urls import reverse

from desk.lists import CAP, LISTS
from desk.models import SavedFilter
from kernel.actors import Actor

SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One filter as shown. `count` is None while it was not counted; `stale` says that the list no longer knows it."""

    row: SavedFilter
    href: str
    own: bool
    current: bool
    stale: bool = False
    count: int | None = None
    more: bool = False

    @property
    def number(self) -> str:
        """The count in words: "999+" where it was not counted further."""
        return "" if self.count is None else f"{CAP}+" if self.more else str(self.count)


def chips_of(
    *, list_key: str, actor: Actor, query: str, checked: bool = False, counted_at: datetime | None = None
) -> list[Chip]:
    """The filters of a list for one reader: own ones in their order, then those of the unit by name. One query.

    `checked` asks the list whether it still understands each; `counted_at` counts them too, in the reader's own scope
    and with one capped query for all: a shared filter never widens what somebody sees.
    """
    rows = SavedFilter.objects.visible_to(actor).filter(list_key=list_key).select_related("unit", "user")
    mine = [one for one in rows if one.user_id == actor.user_id]
    others = [one for one in rows if one.user_id != actor.user_id]
    ordered = sorted(mine, key=lambda one: (one.place, one.pk)) + sorted(others, key=lambda one: (one.name, one.pk))
    href = reverse(LISTS[list_key].url_name)
    chips = [
        Chip(
            row=one,
            href=f"{href}?{one.query}",
            own=one.user_id == actor.user_id,
            current=one.query == query,
        )
        for one in ordered[:SHOWN]
    ]
    return _checked(chips, list_key, actor, counted_at) if checked or counted_at is not None else chips


def _checked(chips: list[Chip], list_key: str, actor: Actor, at: datetime | None) -> list[Chip]:
    """The same, each with whether the list still understands it, and counted where an instant is named."""
    spec, queries = LISTS[list_key], [dict(parse_qsl(one.row.query)) for one in chips]
    forms = spec.read(queries)
    stale = [bool(spec.not_in(form, said)) for form, said in zip(forms, queries, strict=True)]
    checked = [replace(one, stale=old) for one, old in zip(chips, stale, strict=True)]
    if at is None:
        return checked
    counts = iter(spec.counts([form for form, old in zip(forms, stale, strict=True) if not old], actor=actor, at=at))
    return [one if one.stale else _counted(one, *next(counts)) for one in checked]


def _counted(chip: Chip, count: int, more: bool) -> Chip:
    return replace(chip, count=count, more=more)


def start_of(*, list_key: str, actor: Actor) -> str:
    """The query that the person has the list open with, "" for the whole list. One query."""
    starting = SavedFilter.objects.filter(user_id=actor.user_id or 0, list_key=list_key, starts=True)
    return starting.values_list("query", flat=True).first() or ""
