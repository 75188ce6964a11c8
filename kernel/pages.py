"""What every page door does alike: whole page or fragment, and where to go after a deed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers

from kernel.keyset import Page


def page(
    request: HttpRequest, full: str, fragment: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The fragment where htmx asks to swap one, the full page otherwise: one address, two renderings."""
    swapped = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    response = render(request, fragment if swapped else full, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def onward(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """After a deed: the next page, also where the deed was done in a dialog, which htmx leaves by a header."""
    address = resolve_url(to, *args, **kwargs)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(address)
    response = HttpResponse(status=204)
    response.headers["HX-Redirect"] = address
    return response


def neighbours(request: HttpRequest, found: Page) -> dict[str, str]:
    """The addresses of the next and the previous page, filters kept; "" where there is none."""
    beside = {"next_url": found.next, "previous_url": found.previous}
    return {name: readdressed(request, cursor=cursor) if cursor else "" for name, cursor in beside.items()}


def readdressed(request: HttpRequest, **changes: str) -> str:
    """The query of this page with some of its values changed. What is empty is left out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{urlencode([(name, value) for name, values in query.lists() for value in values if value])}"
