"""The dispatch desk: the list at the left, one case at the right; one address, and either side alone by htmx."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.addresses import CASE, PLACE, UNDO, desk_address, encoded, list_query
from desk.forms.bulk import ActionForm
from desk.keys import KEYS, OF
from desk.listing import COUNTED, Desk, desk_queues
from desk.narrowing import DeskFilter
from desk.pane.page import pane_of
from desk.queries.unread import marks_of
from desk.rows import rows_of
from desk.services.reading import mark_opened
from desk.undoing import read
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.pages import readdressed
from kernel.starting import start_query

LIST, PANE = "desk-list", "desk-pane"


@login_required
@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The desk; asked by htmx for one of its sides it answers with that side alone."""
    require_desk(request.actor)
    if begin := start_query(request, list_key="desk"):
        return redirect(f"{request.path}?{begin}")
    asked = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
    if asked == PANE and request.GET.get(CASE):
        response = render(request, "desk/_pane.html", pane_context(request))
    elif asked == LIST:
        response = render(request, "desk/_list.html", list_context(request))
    else:
        response = render(request, "desk/desk.html", _whole(request))
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def require_desk(actor: Actor) -> None:
    """Raise NotAllowed for those for whom nothing of petitions and orders ever waits."""
    if not desk_queues(actor=actor):
        raise NotAllowed(_("No petition and no work order ever waits for your role."))


def desk_of(request: ActorRequest) -> Desk:
    """The desk that the address describes."""
    return Desk(
        actor=request.actor,
        filters=DeskFilter(request.GET, auto_id="filter-%s"),
        only=request.GET.get("queue", ""),
        at=clock.now(),
    )


def case_in(request: ActorRequest) -> UUID:
    """The case that the address names. Http404 where it is none."""
    try:
        return UUID(request.GET.get(CASE, ""))
    except ValueError as error:
        raise Http404 from error


def list_context(request: ActorRequest) -> dict[str, Any]:
    """What the list is drawn from."""
    desk = desk_of(request)
    counts = desk.counts()
    found = desk.page(cursor=request.GET.get("cursor", ""), waiting=counts)
    rows = rows_of(found.rows, at=desk.at)
    marks = marks_of(case_ids=[one.petition.pk for one in rows], actor=request.actor)
    return {
        "at": desk.at,
        "filters": desk.filters,
        "only": desk.only,
        "aside": len(desk.aside),
        "counts": counts,
        "total": sum(count for _queue, count in counts),
        "capped": COUNTED,
        "rows": [(row, marks.get(row.petition.pk, "")) for row in rows],
        "query": encoded(list_query(request.GET)),
        "here": request.GET.get(CASE, ""),
        "picked": frozenset(request.GET.getlist("picked")),
        "next_url": readdressed(request, cursor=found.next, case="", place="") if found.next else "",
        "previous_url": readdressed(request, cursor=found.previous, case="", place="") if found.previous else "",
        "keys": OF,
        "bulk": ActionForm(),
        "list_address": desk_address(list_query(request.GET)),
    }


def pane_context(request: ActorRequest) -> dict[str, Any]:
    """What the case that the address names is drawn from; that it was opened is noted."""
    at, query, case_id = clock.now(), list_query(request.GET), case_in(request)
    place = request.GET.get(PLACE, "")
    context = pane_of(case_id=case_id, actor=request.actor, at=at, query=encoded(query, place=place))
    if request.method == "GET":
        mark_opened(case_id=case_id, seq=context["seq"], actor=request.actor, at=at)
    return {**context, "keys": OF, "back": desk_address(query), "again": desk_address(query, case=case_id, place=place)}


def _whole(request: ActorRequest) -> dict[str, Any]:
    pane = pane_context(request) if request.GET.get(CASE) else {}
    return {
        **pane,
        **list_context(request),
        "narrowed": any(request.GET.get(name) for name in DeskFilter.base_fields if name != "queue"),
        "page_keys": KEYS,
        "undo": undoable(request),
        "open": bool(pane),
    }


def undoable(request: ActorRequest) -> str:
    """The note of what the address says can be undone, as long as it can."""
    note = request.GET.get(UNDO, "")
    try:
        return note if note and read(note=note, actor=request.actor) else ""
    except DomainError:
        return ""
