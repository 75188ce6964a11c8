"""What every page door does alike: whole page or fragment, and where to go after a deed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers


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
