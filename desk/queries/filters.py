"""The filters above a list: one's own, those of the unit, and how many the reader has behind each."""

from __future__ import annotations

from dataclasses import dataclass
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
    stale: bool
    count: int | None = None
    more: bool = False

    @property
    def number(self) -> str:
        """The count in words: "1000+" where it was not counted further."""
        return "" if self.count is None else f"{CAP}+" if self.more else str(self.count)


def chips_of(
    *, list_key: str, actor: Actor, query: str, checked: bool = False, counted_at: datetime | None = None
) -> list[Chip]:
    """The filters of a list for one reader: own ones in their order, then those of the unit by name. One query.

    `checked` asks the list whether it still understands each; `counted_at` counts them too, in the reader's own scope
    and with a capped query each: a shared filter never widens what somebody sees.
    """
    rows = SavedFilter.objects.visible_to(actor).filter(list_key=list_key).select_related("unit", "user")
    mine = [one for one in rows if one.user_id == actor.user_id]
    others = [one for one in rows if one.user_id != actor.user_id]
    ordered = sorted(mine, key=lambda one: (one.place, one.pk)) + sorted(others, key=lambda one: (one.name, one.pk))
    asked = checked or counted_at is not None
    return [_chip(one, actor, query, asked, counted_at) for one in ordered[:SHOWN]]


def _chip(row: SavedFilter, actor: Actor, query: str, checked: bool, at: datetime | None) -> Chip:
    spec, said = LISTS[row.list_key], dict(parse_qsl(row.query))
    stale = checked and bool(spec.unknown(said))
    count, more = (None, False) if stale or at is None else spec.count(said, actor=actor, at=at)
    return Chip(
        row=row,
        href=f"{reverse(spec.url_name)}?{row.query}",
        own=row.user_id == actor.user_id,
        current=row.query == query,
        stale=stale,
        count=count,
        more=more,
    )


def start_of(*, list_key: str, actor: Actor) -> str:
    """The query that the person has the list open with, "" for the whole list. One query."""
    starting = SavedFilter.objects.filter(user_id=actor.user_id or 0, list_key=list_key, starts=True)
    return starting.values_list("query", flat=True).first() or ""
