"""How somebody wants a list to open: asked of whoever keeps such wishes, which is an app above every list."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string

from kernel.http import ActorRequest


def start_query(request: ActorRequest, *, list_key: str) -> str:
    """The query that a bare address of the list stands for, "" where it stands for the whole list.

    Asked only where the address says nothing at all: a filter, a page or "the whole list" is what it says.
    """
    if request.GET:
        return ""
    start_of: Callable[..., str] = import_string(settings.LIST_START)
    return start_of(list_key=list_key, actor=request.actor)
