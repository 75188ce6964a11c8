"""Deeds on the desk: the same forms and the same deeds as on the file of a case; afterwards the next case opens."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.addresses import PLACE, SEEN, desk_address, encoded, list_query
from desk.forms.marks import AsideForm
from desk.keys import OF
from desk.listing import petition_of
from desk.pane.changes import changes_since, last_seq
from desk.pane.page import order_on, pane_of, seen
from desk.queries.snoozed import latest_return
from desk.services import snoozing
from desk.services.reading import mark_opened
from desk.undoing import TOO_LATE, note_of, read, remembered, undo
from desk.views.desk import desk_of, require_desk
from dispatch.deed_pages import table as on_orders
from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.errors import Conflict, Stale
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from petitions.deed_pages import table as on_petitions
from petitions.models import Petition

# After these one goes on with the same case: they settle nothing.
STAYS = frozenset({"classify", "attach", "reply", "progress", "separate"})
NAMING, SNOOZE = "assign", "snooze"
DONE = 200
BIGGEST = 2**31 - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, case_id: UUID, name: str) -> HttpResponse:
    """The form of one deed on a case, and the deed."""
    require_desk(request.actor)
    seq = last_seq(case_id=case_id)
    petition = on_petitions.seen(request, case_id)
    before = remembered(petition=petition, deed=name)
    page = _page_of(request, petition, name)
    page.done = desk_address(list_query(request.GET), case=petition.pk, place=request.GET.get(PLACE, ""))
    page.finish = lambda _request: _go_on(request, petition, name, said=page.said, before=before)
    page.changes = lambda: changes_since(petition=petition, seq=_seq(request.POST.get(SEEN, "")), actor=request.actor)
    page.context |= {"seen_seq": seq, "inline": True, "ready": _ready(page.form)}
    return answer(request, page)


def _page_of(request: ActorRequest, petition: Petition, name: str) -> DeedPage:
    if name == SNOOZE:
        return _putting_aside(request, petition)
    if name == NAMING:
        return on_orders.assigning(request, petition=petition, at=clock.now())
    order = order_on(petition=petition, actor=request.actor) if name in on_orders.DEEDS else None
    if order is not None:
        return on_orders.page_of(request, order=order, name=name, at=clock.now())
    return on_petitions.page_of(request, petition=petition, name=name, at=clock.now())


def _putting_aside(request: ActorRequest, petition: Petition) -> DeedPage:
    """The page on which a case is put aside: from this desk alone, and back by itself."""
    actor, at = request.actor, clock.now()

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        snoozing.snooze(case_id=petition.pk, actor=actor, at=at, version=version, **form.given())

    return DeedPage(
        title=_("Put aside"),
        form=AsideForm(request.POST or None, version=petition.version),
        act=act,
        reload=lambda: Petition.objects.get(pk=petition.pk),
        said=_("Put aside: it comes back by itself."),
        done="",
        context={
            "subject": petition,
            "petition": petition,
            "latest": latest_return(petition=petition, actor=actor),
            "submit": _("Put aside"),
        },
        template="desk/snooze.html",
    )


def _seq(said: str) -> int:
    """How far somebody had read the log; 0 for anything that says nothing."""
    return min(int(said), BIGGEST) if said.isascii() and said.isdecimal() else 0


def _go_on(
    request: ActorRequest, petition: Petition, name: str, *, said: Any, before: dict[str, Any] | None
) -> HttpResponse:
    """After a deed: the next case of the list, with what was done and how to undo it."""
    actor, query = request.actor, list_query(request.GET)
    note = note_of(petition=petition, deed=name, before=before, actor=actor)
    place = request.GET.get(PLACE, "")
    following: UUID | str = petition.pk
    if name not in STAYS:
        found = desk_of(request).after(place=place, but=petition.pk)
        following, place = (petition_of(found.row).pk, found.place) if found else ("", "")
    if not request.headers.get("HX-Request"):
        messages.success(request, f"{petition.number}: {said}")
        return HttpResponseRedirect(desk_address(query, case=following, place=place, undo=note))
    return shown(request, following, place=place, said=f"{petition.number}: {said}", note=note)


def shown(
    request: ActorRequest, case_id: Any, *, place: str, said: str, note: str = "", status: int = DONE
) -> HttpResponse:
    """A case on the right side, and in the address, with what was done and how to undo it; "": that none is left.

    With another `status` it says why something was not done.
    """
    actor, at, query = request.actor, clock.now(), list_query(request.GET)
    context: dict[str, Any] = {"back": desk_address(query)}
    if case_id:
        context |= pane_of(case_id=case_id, actor=actor, at=at, query=encoded(query, place=place))
        context["again"] = desk_address(query, case=case_id, place=place)
        mark_opened(case_id=case_id, seq=context["seq"], actor=actor, at=at)
    context |= {"keys": OF, "done": said, "undo": note, "refused_deed": status != DONE}
    response = render(request, "desk/_went_on.html", context, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#desk-pane", "innerHTML show:none"
    response.headers["HX-Push-Url"] = desk_address(query, case=case_id, place=place)
    response.headers["HX-Trigger-After-Swap"] = json.dumps({"case-changed": {"cases": [str(case_id)]}})
    return response


@login_required
@require_POST
def undoing(request: ActorRequest) -> HttpResponse:
    """Undo what was just done, and open the case again; where somebody was first it shows what happened instead."""
    require_desk(request.actor)
    note = request.POST.get("note", "")[:2000]
    try:
        petition = undo(note=note, actor=request.actor, at=clock.now())
    except (Conflict, Stale) as error:
        if error.code == TOO_LATE or not request.headers.get("HX-Request"):
            raise
        case_id = read(note=note, actor=request.actor)["case"]
        return shown(request, case_id, place="", said=str(error.message), status=error.status)
    said = f"{petition.number}: {_('Undone.')}"
    if not request.headers.get("HX-Request"):
        messages.success(request, said)
        return HttpResponseRedirect(desk_address(list_query(request.GET), case=petition.pk))
    return shown(request, petition.pk, place="", said=said)


@login_required
@require_safe
def changed(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What others did since the case was opened at the right: nothing (204), or who and what."""
    require_desk(request.actor)
    petition = seen(case_id=case_id, actor=request.actor)
    found = changes_since(petition=petition, seq=_seq(request.GET.get(SEEN, "")), actor=request.actor)
    if not found:
        return HttpResponse(status=204)
    again = desk_address(list_query(request.GET), case=petition.pk, place=request.GET.get(PLACE, ""))
    return render(request, "desk/_changed.html", {"changes": found, "again": again})


def _ready(form: DeedForm) -> bool:
    """Whether nothing that is needed is missing, so that one more key sends it."""
    needed = [name for name, field in form.fields.items() if field.required]
    return not form.is_bound and all(form.get_initial_for_field(form.fields[name], name) for name in needed)
