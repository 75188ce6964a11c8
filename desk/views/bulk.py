"""Several cases at once: first what would happen to each, then what did. Refused ones stay selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from desk.addresses import desk_address, list_query
from desk.bulk.doing import Done, done
from desk.bulk.planning import SEPARATOR, planned
from desk.bulk.undoing import undone
from desk.forms.bulk import Action, ActionForm, SaidForm
from desk.undoing import OFFERED_S
from desk.views.desk import require_desk
from kernel import clock
from kernel.http import ActorRequest
from petitions.models import Petition

MOST = 50
LONGEST = 400  # one item; an address is longer
LONGEST_BACK = 2000
BIGGEST = 2**62


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: ActorRequest) -> HttpResponse:
    """The preview of a deed on the cases of the address; posted, the deed, with what became of each."""
    require_desk(request.actor)
    form = ActionForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return render(request, "desk/bulk.html", {"form": form, "back": _back(request)}, status=422)
    do = Action(form.cleaned_data["do"])
    return _execute(request, do) if request.method == "POST" else _preview(request, do)


def _preview(request: ActorRequest, do: Action) -> HttpResponse:
    said = SaidForm(request.GET, do=do, actor=request.actor)
    valid = said.is_valid()
    rows = planned(
        do=do,
        petitions=_chosen(request),
        said=said.cleaned_data if valid else {},
        actor=request.actor,
        at=clock.now(),
    )
    context = {"do": do, "said": said, "rows": rows, "able": sum(one.allowed for one in rows)}
    return render(request, "desk/bulk.html", {**context, "back": _back(request)}, status=200 if valid else 422)


def _execute(request: ActorRequest, do: Action) -> HttpResponse:
    items = [item[:LONGEST] for item in request.POST.getlist("item")[:MOST]]
    results = done(do=do, items=[one for one in items if _is_item(one)], actor=request.actor, at=clock.now())
    return _told(request, do, results, picked=[one.case for one in results if not one.done])


@login_required
@require_POST
def undoing(request: ActorRequest) -> HttpResponse:
    """Take back what was just done to several: one of them, or all; what became of each is said again."""
    require_desk(request.actor)
    form = ActionForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/bulk.html", {"form": form, "back": _back(request)}, status=422)
    notes = [note[:LONGEST_BACK] for note in request.POST.getlist("note")[:MOST]]
    wanted = request.POST.getlist("one")[:1] or notes
    results = undone(notes=notes, wanted=frozenset(wanted), actor=request.actor, at=clock.now())
    return _told(request, Action(form.cleaned_data["do"]), results)


def _told(request: ActorRequest, do: Action, results: list[Done], picked: Sequence[str] = ()) -> HttpResponse:
    """What became of each, and the way back, with what stays selected there."""
    refused, now = [one for one in results if not one.done], int(clock.now().timestamp())
    # How long it is still offered; how long it is still done stands in the notes.
    until = min(_until(request), now + OFFERED_S)
    context = {
        "do": do,
        "results": results,
        "refused": refused,
        "undoable": [one for one in results if one.note],
        "told": do == Action.ACCEPT and len(refused) < len(results),
        "until": until,
        "offered_s": max(until - now, 0),
        "picked": picked,
        "back": _back(request, picked=picked),
        "query": request.POST.get("back", "")[:LONGEST_BACK],
    }
    return render(request, "desk/bulk_done.html", context)


def _until(request: ActorRequest) -> int:
    """Since a page before this one, or from now on."""
    said = request.POST.get("until", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= len(str(BIGGEST)) else BIGGEST


def _chosen(request: ActorRequest) -> list[Petition]:
    """The cases that the address names and the person sees, in its order."""
    ids = [one for one in request.GET.getlist("case")[:MOST] if _is_id(one)]
    rows = Petition.objects.visible_to(request.actor).filter(pk__in=ids).select_related("category__matter")
    found = {str(one.pk): one for one in rows}
    return [found[one] for one in dict.fromkeys(ids) if one in found]


def _is_item(said: str) -> bool:
    """Whether it is a case with what is done to it; a character that no column takes is of no form of ours."""
    return "\x00" not in said and _is_id(said.partition(SEPARATOR)[0])


def _is_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False


def _back(request: ActorRequest, **more: Any) -> str:
    """The list that it was begun from."""
    given = request.POST if request.method == "POST" else request.GET
    query = list_query(QueryDict(given.get("back", "")[:LONGEST_BACK]))
    address = desk_address(query)
    picked = "&".join(f"picked={one}" for one in more.get("picked", ()))
    return f"{address}{'&' if '?' in address else '?'}{picked}" if picked else address
