"""Addresses of the lists behind the figures: every number on a page of ours opens what it counted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse


def _address(url_name: str, *args: Any, **filters: Any) -> str:
    """The address with its filters, "" where no such page is mounted."""
    try:
        path = reverse(url_name, args=args)
    except NoReverseMatch:
        return ""
    given = {name: value for name, value in filters.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def petitions(**filters: Any) -> str:
    """The list of petitions, filtered by what its page calls the filters."""
    return _address("petitions:list", **filters)


def petition(*, petition_id: UUID) -> str:
    """One case."""
    return _address("petitions:detail", petition_id)


def file_petition() -> str:
    """The form that takes a petition in."""
    return _address("petitions:file")


def behind(figure: str, **narrowed: Any) -> str:
    """The list behind a figure of the dashboard; `narrowed`: place, channel, main category, unit."""
    return _address("governance:behind", figure, **narrowed)


def wall(**chosen: Any) -> str:
    """The big screen of an area."""
    return _address("governance:wall", **chosen)
