"""Saved filters: chips above a list, a form to keep the list as it stands, and a page to put them in order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.forms.marks import RenameForm, SaveFilterForm
from desk.lists import LISTS
from desk.models import SavedFilter
from desk.queries.filters import chips_of
from desk.services import filters
from kernel import clock
from kernel.errors import DomainError, Missing
from kernel.http import ActorRequest
from kernel.pages import onward

UNPROCESSABLE = 422


@login_required
@require_safe
def chips(request: ActorRequest, list_key: str) -> HttpResponse:
    """The filters of a list, counted in the reader's own scope: fetched once the list is shown, which never waits."""
    if list_key not in LISTS:
        raise Missing(_("There is no such list."))
    query = request.GET.get("query", "")
    rows = chips_of(list_key=list_key, actor=request.actor, query=query, counted_at=clock.now())
    return render(request, "desk/_chips.html", {"chips": rows})


@login_required
@require_safe
def saved(request: ActorRequest) -> HttpResponse:
    """All filters that the person has, list by list, with what may be done to the own ones."""
    actor = request.actor
    lists = [(spec, chips_of(list_key=key, actor=actor, query="", checked=True)) for key, spec in LISTS.items()]
    return render(request, "desk/filters.html", {"lists": [(spec, rows) for spec, rows in lists if rows]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: ActorRequest) -> HttpResponse:
    """Keep a list as it stands. The query comes with the address of the page and is read by the list's own form."""
    actor = request.actor
    begun = {"list_key": request.GET.get("list", ""), "query": request.GET.get("query", "")}
    form = SaveFilterForm(request.POST or None, actor=actor, initial=begun)
    if request.method != "POST":
        _known(begun["list_key"])
        return _form(request, form, title=_("Keep this filter"), back=reverse("desk:filters"))
    if not form.is_valid():
        return _form(request, form, title=_("Keep this filter"), back=reverse("desk:filters"), status=UNPROCESSABLE)
    said = form.cleaned_data
    try:
        made = filters.save_filter(
            list_key=said["list_key"],
            name=said["name"],
            query=filters.query_of(said["query"]),
            unit_id=said["unit"],
            actor=actor,
            at=clock.now(),
        )
    except DomainError as error:
        return _refused(request, form, error, title=_("Keep this filter"))
    messages.success(request, _("The filter is kept."))
    return onward(request, f"{reverse(LISTS[made.list_key].url_name)}?{made.query}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, filter_id: UUID) -> HttpResponse:
    """Another name, or other readers."""
    actor, at = request.actor, clock.now()
    found = get_object_or_404(SavedFilter, pk=filter_id, user_id=actor.user_id)
    begun = {"name": found.name, "unit": found.unit_id, "version": found.version}
    form = RenameForm(request.POST or None, actor=actor, initial=begun)
    if request.method != "POST":
        return _form(request, form, title=_("Change the filter"), back=reverse("desk:filters"))
    if not form.is_valid():
        return _form(request, form, title=_("Change the filter"), back=reverse("desk:filters"), status=UNPROCESSABLE)
    said = form.cleaned_data
    try:
        filters.change(
            filter_id=filter_id,
            name=said["name"],
            unit_id=said["unit"],
            actor=actor,
            at=at,
            version=said["version"],
        )
    except DomainError as error:
        return _refused(request, form, error, title=_("Change the filter"))
    return onward(request, "desk:filters")


@login_required
@require_POST
def move(request: ActorRequest, filter_id: UUID, direction: str) -> HttpResponse:
    """One place up or down."""
    filters.move(filter_id=filter_id, direction=direction, actor=request.actor, at=clock.now())
    return onward(request, "desk:filters")


@login_required
@require_POST
def begin(request: ActorRequest, filter_id: UUID) -> HttpResponse:
    """Have the list open with it, or no longer."""
    begins = request.POST.get("begins") == "on"
    filters.begin_with(filter_id=filter_id, begins=begins, actor=request.actor, at=clock.now())
    return onward(request, "desk:filters")


@login_required
@require_POST
def delete(request: ActorRequest, filter_id: UUID) -> HttpResponse:
    """Throw it away."""
    filters.delete(filter_id=filter_id, actor=request.actor, at=clock.now())
    messages.success(request, _("The filter is gone."))
    return onward(request, "desk:filters")


def _known(list_key: str) -> None:
    if list_key not in LISTS:
        raise Missing(_("There is no such list."))


def _refused(request: ActorRequest, form: Any, error: DomainError, *, title: str) -> HttpResponse:
    if error.status in (403, 404):
        raise error
    form.explain(error)
    return _form(request, form, title=title, back=reverse("desk:filters"), status=error.status)


def _form(request: ActorRequest, form: Any, *, title: str, back: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "submit": _("Keep")}
    return render(request, "desk/mark.html", context, status=status)
