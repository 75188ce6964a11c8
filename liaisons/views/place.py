"""One community or grid: who looks after it, its grids, and what was found on visits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grids.models import Cell
from kernel import clock
from kernel.actors import Actor
from kernel.desks import require_any
from kernel.http import ActorRequest
from liaisons.forms import BoardFilter
from liaisons.models import Assignment, Visit
from liaisons.queries.board import cells_of, communities_of, officials_at
from liaisons.queries.figures import tally
from liaisons.queries.places import Place, place_of
from liaisons.queries.rights import manage_verdict
from liaisons.querysets import VIEW
from liaisons.views.lists import Asked, shown_visits

LATEST = 20


@login_required
@require_safe
def place(request: ActorRequest, code: str) -> HttpResponse:
    """Who is and will be assigned, with `?former=1` who was; the grids of a community; the latest visits."""
    actor, today = request.actor, clock.today()
    where, former = seen_place(actor, code), request.GET.get("former") == "1"
    held = Assignment.objects.visible_to(actor).filter(place=code)
    held = held if former else held.lasting(today)
    visits = Visit.objects.visible_to(actor).filter(place__startswith=code)
    latest = visits.select_related("user", "unit", "petition", "assignment__area").order_by("-visited_at", "-pk")
    asked = Asked(actor=actor, form=BoardFilter(request.GET), today=today)
    context = {
        "where": where,
        "held": [
            {
                "row": one,
                "now": one.holds(today),
                "to_come": one.valid_from > today,
                "mine": one.user_id == actor.user_id,
            }
            for one in held.select_related("user", "unit", "assigned_by", "ended_by").order_by("-valid_from", "pk")
        ],
        "around": officials_at(places=[where.area.code], on=today)[where.area.code] if where.cell else [],
        "grids": [] if where.cell else _grids(where, today),
        "rows": shown_visits(asked, list(latest[:LATEST])),
        "tally": tally(visits),
        "manages": bool(manage_verdict(actor=actor, place=code)),
        "former": former,
    }
    return render(request, "liaisons/place.html", context)


def seen_place(actor: Actor, code: str) -> Place:
    """The place where it lies in somebody's scope; a 404 otherwise."""
    require_any(actor, VIEW)
    found = place_of(code=code)
    if found is None:
        raise Http404
    inside: Any = cells_of(actor=actor) if found.cell is not None else communities_of(actor=actor)
    if not inside.filter(code=code).exists():
        raise Http404
    return found


def _grids(where: Place, today: Any) -> list[dict[str, Any]]:
    cells = list(Cell.objects.drawn().filter(village=where.area).order_by("code"))
    held = officials_at(places=[one.code for one in cells], on=today)
    return [{"cell": one, "officials": held[one.code]} for one in cells]
