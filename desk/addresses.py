"""The address of the desk: which list, which page of it, and which case lies open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from desk.narrowing import DeskFilter

# What of an address makes the list; the case that lies open and its place in the list come beside it.
OF_LIST = (*DeskFilter.base_fields, "cursor", "saved")
CASE, PLACE, UNDO, SEEN = "case", "place", "undo", "seen"
Query = dict[str, str]


def list_query(given: QueryDict) -> Query:
    """What of an address makes the list, empty values left out."""
    said = {name: given.get(name) for name in OF_LIST}
    return {name: value for name, value in said.items() if isinstance(value, str) and value}


def encoded(query: Query, **more: Any) -> str:
    """The query as it stands in an address, with what is added to it."""
    return urlencode({**query, **{name: str(value) for name, value in more.items() if value}})


def desk_address(query: Query, **more: Any) -> str:
    """The desk with this list, and what is added: the open case, its place, what can be undone."""
    said = encoded(query, **more)
    return f"{reverse('desk:desk')}?{said}" if said else reverse("desk:desk")
