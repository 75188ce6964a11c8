"""The dashboard of the command centre: figures, a live map, and what is nearest to its breach."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from governance.demo.progress import history_progress
from governance.web import live, tiles
from governance.web.figures import figures, load_of_cells
from grids.models import Cell
from grids.queries import cells_as_picture
from kernel import clock
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.pages import page

# So many cases in one grid are drawn at full strength.
FULL = 8
WATCHING = ("assessment.view", "order.")


def require_watching(request: ActorRequest) -> None:
    """Raise NotAllowed for whoever neither works on cases nor oversees them."""
    if not any(name.startswith(WATCHING) for name in request.actor.capabilities):
        raise NotAllowed(_("The dashboard is for those who work on cases or oversee them."))


@login_required
@require_safe
def dashboard(request: ActorRequest) -> HttpResponse:
    """The page; asked by htmx it answers with what changes, at each change and every half minute."""
    require_watching(request)
    at = clock.now()
    counted = figures(actor=request.actor, at=at)
    context = {
        "at": counted.at,
        "growing": history_progress(at=at) if settings.DEMO else None,
        "tiles": tiles.tiles(counted=counted),
        "pictures": tiles.pictures(counted=counted),
        "cases": live.nearest(actor=request.actor, at=at),
    }
    return page(request, "governance/dashboard.html", "governance/_dashboard_live.html", context)


@login_required
@require_safe
@cache_control(private=True, max_age=10)
def items(request: ActorRequest) -> JsonResponse:
    """Open petitions as points of the map."""
    require_watching(request)
    return JsonResponse(live.points(actor=request.actor, at=clock.now()))


@login_required
@require_safe
@cache_control(private=True, max_age=60)
def cells(request: ActorRequest) -> JsonResponse:
    """The grids, coloured by what is open in them."""
    require_watching(request)
    loads = load_of_cells(actor=request.actor, at=clock.now())
    drawn = cells_as_picture(cells=Cell.objects.drawn().visible_to(request.actor))
    for feature in drawn["features"]:
        _describe(feature["properties"], *loads.get(feature["properties"]["code"], (0, 0)))
    return JsonResponse(drawn)


def _describe(properties: dict[str, Any], waiting: int, late: int) -> None:
    """Name and load of a grid in words, and the colour that goes with them."""
    said = [properties["name"]]
    if waiting:
        said.append(_("%(n)d open") % {"n": waiting})
    if late:
        said.append(_("%(n)d overdue") % {"n": late})
    properties["label"] = " · ".join(said)
    properties["colour"] = "red" if late else "blue" if waiting else ""
    properties["load"] = min((late or waiting) / FULL, 1.0)
