"""The page of one deed: shown, done, or refused in such a way that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from kernel.errors import DomainError
from kernel.forms import DeedForm
from kernel.pages import onward

UNPROCESSABLE = 422
# Refused for what was said or because somebody was faster: the form comes back. Anything else is a page of its own.
COMES_BACK = frozenset({400, 409, 412, 413, 422, 503})
FASTER = frozenset({409, 412})
TEMPLATE = "casefile/deed.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row of a table of deeds: the form, the deed, what is said afterwards, and what to know before.

    An app whose pages need more about a deed adds fields of its own to it.
    """

    title: str | Promise
    form: type[Any]  # a DeedForm; each app makes its own with what it needs
    run: Callable[..., Any]
    said: str | Promise
    lead: str | Promise = ""
    template: str = TEMPLATE


@dataclass(kw_only=True)
class DeedPage:
    """What one deed's page needs. `reload` reads the thing anew, to tell what became of it; `done` is the next page.

    A page that is part of another one answers by itself once the deed is done: `finish`. `changes` tells what others
    did meanwhile, where the form was written over an older version.
    """

    title: str | Promise
    form: DeedForm
    act: Callable[[DeedForm], Any]
    reload: Callable[[], Any]
    said: str | Promise
    done: str
    context: dict[str, Any] = field(default_factory=dict)
    template: str = TEMPLATE
    # The deed's names of fields, translated into the form's where they differ.
    names: dict[str, str] = field(default_factory=dict)
    finish: Callable[[HttpRequest], HttpResponse] | None = None
    changes: Callable[[], Any] | None = None


def answer(request: HttpRequest, page: DeedPage) -> HttpResponse:
    """Show the form, or do the deed once and go on; a refusal keeps the form with the reason."""
    if request.method != "POST":
        return _show(request, page, status=200)
    if not page.form.is_valid():
        return _show(request, page, status=UNPROCESSABLE)
    try:
        page.act(page.form)
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        return _refused(request, page, error)
    if page.finish is not None:
        return page.finish(request)
    messages.success(request, str(page.said))
    return onward(request, page.done)


def _refused(request: HttpRequest, page: DeedPage, error: DomainError) -> HttpResponse:
    if error.status in FASTER:
        current = page.reload()
        page.form.renew(version=current.version)
        page.context |= {"conflict": error, "current": current}
        if page.changes is not None:
            page.context["changes"] = page.changes()
    else:
        page.form.explain(error, names=page.names)
    return _show(request, page, status=error.status)


def _show(request: HttpRequest, page: DeedPage, *, status: int) -> HttpResponse:
    context = {"title": page.title, "form": page.form, "back": page.done, **page.context}
    return render(request, page.template, context, status=status)
