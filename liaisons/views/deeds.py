"""Pages on which somebody is assigned, an assignment is ended, and a visit is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grids.models import Cell
from kernel import clock, deed_pages, filed_once
from kernel.desks import require_any
from kernel.http import ActorRequest
from kernel.pages import onward
from kernel.permissions import require
from liaisons.forms import Assign, End, RecordVisit
from liaisons.forms.recording import now_here
from liaisons.models import Assignment
from liaisons.queries.people import candidates
from liaisons.queries.rights import manage_verdict, record_verdict
from liaisons.querysets import VIEW
from liaisons.services import assigning, recording
from liaisons.views.place import seen_place

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def assign(request: ActorRequest, code: str) -> HttpResponse:
    """Assign an official to a community or a grid."""
    actor, at = request.actor, clock.now()
    where = seen_place(actor, code)
    require(manage_verdict(actor=actor, place=code))
    people = candidates(place=code, at=at)
    form = Assign(_posted(request), people=people, initial={"valid_from": clock.today()})

    def act(sent: Assign) -> UUID:
        said = dict(sent.cleaned_data)
        return assigning.assign(place=code, user_id=said.pop("person"), actor=actor, at=at, **said).pk

    context = {"title": _("Assign an official"), "subject": {"number": code, "title": where.name}}
    return _filed(request, form, act, to=reverse("liaisons:place", args=[code]), context=context, at=at)


@login_required
@require_http_methods(METHODS)
def end(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """End an assignment."""
    actor, at = request.actor, clock.now()
    held = _seen(request, assignment_id)
    require(manage_verdict(actor=actor, place=held.place))
    page = deed_pages.DeedPage(
        title=_("End the assignment"),
        form=End(request.POST or None, version=held.version, initial={"on": clock.today()}),
        act=lambda sent: assigning.end(
            assignment_id=held.pk, actor=actor, at=at, version=sent.cleaned_data["version"], **sent.given()
        ),
        reload=lambda: Assignment.objects.get(pk=held.pk),
        said=_("Ended."),
        done=reverse("liaisons:place", args=[held.place]),
        context={"subject": {"number": held.place, "title": f"{held.user} · {held.cell or held.area}"}},
    )
    return deed_pages.answer(request, page)


@login_required
@require_http_methods(METHODS)
def record(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Write down a visit."""
    actor, at = request.actor, clock.now()
    held = _seen(request, assignment_id)
    require(record_verdict(actor=actor, official_id=held.user_id))
    form = RecordVisit(_posted(request), places=_places(held), initial={"visited_at": now_here(at)})

    def act(sent: RecordVisit) -> UUID:
        return recording.record_visit(assignment_id=held.pk, actor=actor, at=at, **sent.given()).pk

    context = {"title": _("Write down a visit"), "subject": {"number": held.place, "title": held.cell or held.area}}
    to = reverse("liaisons:official", args=[held.user_id])
    return _filed(request, form, act, to=to, context=context, at=at)


def _filed(request: ActorRequest, form: Any, act: Any, *, to: str, context: dict[str, Any], at: Any) -> HttpResponse:
    page = filed_once.FilingPage(
        form=form,
        act=act,
        done=lambda _made: onward(request, to),
        template="liaisons/filing.html",
        context={**context, "back": to},
        names={"category": "category_code", "area_code": "place"},
    )
    return filed_once.answer(request, page, at=at)


def _seen(request: ActorRequest, assignment_id: UUID) -> Assignment:
    require_any(request.actor, VIEW)
    rows = Assignment.objects.visible_to(request.actor).select_related("user", "area", "cell")
    held: Assignment | None = rows.filter(pk=assignment_id).first()
    if held is None:
        raise Http404
    return held


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _places(held: Assignment) -> list[tuple[str, str]]:
    if held.cell is not None:
        return [(held.place, str(held.cell))]
    cells = Cell.objects.drawn().filter(village_id=held.place).order_by("code").values_list("code", "name")
    return [(held.place, str(held.area)), *cells]
