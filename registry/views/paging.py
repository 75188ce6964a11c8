"""Addresses of the pages beside a page, and the day that a page is about."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from kernel import clock
from kernel.keyset import Page


def today() -> date:
    """The day on the clock of the office."""
    return timezone.localtime(clock.now()).date()


def neighbours(request: HttpRequest, found: Page) -> dict[str, str]:
    """The addresses of the next and the previous page, filters kept; "" where there is none."""
    return {"next_url": _address(request, found.next), "previous_url": _address(request, found.previous)}


def _address(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"
