"""Saved filters above a list: `{% saved_filters "petitions" as saved %}{% include "desk/_saved.html" %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import template
from django.urls import reverse

from desk.lists import LISTS, PASSING
from desk.queries.filters import Chip, chips_of

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The row above one list. `query` is how the list stands now, "" while nothing is narrowed."""

    list_key: str
    query: str
    chips: list[Chip]
    whole_href: str

    @property
    def starts(self) -> bool:
        """Whether the person has the list open with a filter, so that the whole of it needs a way of its own."""
        return any(chip.own and chip.row.starts for chip in self.chips)

    @property
    def known(self) -> bool:
        """Whether the list as it stands is kept already."""
        return any(chip.current for chip in self.chips)

    @property
    def save_href(self) -> str:
        """Where the list as it stands is kept."""
        return f"{reverse('desk:filter-save')}?{urlencode({'list': self.list_key, 'query': self.query})}"

    @property
    def counts_href(self) -> str:
        """Where the same chips are had with their counts."""
        return f"{reverse('desk:filter-chips', args=[self.list_key])}?{urlencode({'query': self.query})}"


@register.simple_tag(takes_context=True)
def saved_filters(context: dict[str, Any], list_key: str, **shown: str) -> Saved | None:
    """The filters that the reader has for a list. `shown` is what the page shows without its address saying so."""
    request = context["request"]
    if not request.user.is_authenticated:
        return None
    asked = {name: value for name, value in parse_qsl(request.META.get("QUERY_STRING", "")) if name not in PASSING}
    query = urlencode(sorted({**shown, **asked}.items())) if asked else ""
    rows = chips_of(list_key=list_key, actor=request.actor, query=query)
    whole = f"{reverse(LISTS[list_key].url_name)}?saved=none"
    return Saved(list_key=list_key, query=query, chips=rows, whole_href=whole)
