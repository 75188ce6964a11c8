"""Addresses of the pages beside a page."""

from __future__ import annotations

from django.http import HttpRequest

from kernel.keyset import Page


def neighbours(request: HttpRequest, found: Page) -> dict[str, str]:
    """The addresses of the next and the previous page, filters kept; "" where there is none."""
    return {"next_url": _address(request, found.next), "previous_url": _address(request, found.previous)}


def _address(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"
