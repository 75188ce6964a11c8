"""The big screen: one page that draws itself anew, and the points and loads of its map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from governance.web import links
from governance.web.cases import rows_of
from governance.web.dashboard import FULL, require_watching
from governance.web.figures import load_of_cells
from governance.web.live import DRAWN, running
from governance.web.tiles import tiles
from governance.web.wall import panels
from governance.web.wall.emergency import emergency
from governance.web.wall.ground import Ground, ground_of
from governance.web.wall.reading import Reading
from governance.web.wall.scenes import drawn
from governance.web.wall.staying import stay
from grids.models import Cell
from grids.queries.layers import cells_as_picture
from kernel import clock
from kernel.http import ActorRequest
from kernel.pages import page

# How long a scene stands, in seconds, and what an address may ask for.
TURN, SHORTEST, SLOWEST = 20, 5, 300
CHOSEN = ("area", "mode", "turn")


@login_required
@require_safe
def wall(request: ActorRequest) -> HttpResponse:
    """The screen of one's ground or of one inside it; asked by htmx it answers with what changes."""
    require_watching(request)
    at, mode = clock.now(), request.GET.get("mode", "")
    ground = _ground(request)
    reading = Reading(actor=request.actor, at=at, ground=ground)
    stay(request.session, at=at)
    chosen = {name: request.GET.get(name, "") for name in CHOSEN}
    context: dict[str, Any] = {
        "at": reading.figures.at,
        "ground": ground,
        "area": chosen["area"],
        "tiles": tiles(counted=reading.figures, place=ground.place),
        "scenes": drawn(reading),
        "orders": panels.orders(reading),
        "emergency": emergency(actor=request.actor, at=at, place=ground.place, mode=mode),
        "mode": mode,
        "turn": _turn(chosen["turn"]),
        "here": links.wall(**chosen),
        "ordinary": links.wall(**{**chosen, "mode": "ordinary"}),
        "urgent": links.wall(**{**chosen, "mode": "emergency"}),
    }
    return page(request, "wall/wall.html", "wall/_live.html", context)


@login_required
@require_safe
@cache_control(private=True, max_age=60)
def cells(request: ActorRequest) -> JsonResponse:
    """The boundaries of the grids on the screen; what is open in them comes with the points."""
    require_watching(request)
    shown = Cell.objects.drawn().visible_to(request.actor)
    return JsonResponse(cells_as_picture(cells=shown, place=_ground(request).place))


@login_required
@require_safe
@cache_control(private=True, max_age=0)
def items(request: ActorRequest) -> JsonResponse:
    """Open cases as points, and how many are open and overdue in each grid. No title, no name."""
    require_watching(request)
    at, ground = clock.now(), _ground(request)
    found = running(actor=request.actor, place=ground.place).filter(lng__isnull=False, lat__isnull=False)
    loads = load_of_cells(actor=request.actor, at=at)
    return JsonResponse(
        {
            # What comes later is drawn above what comes before: the most pressing last.
            "points": [
                [one.petition.lng, one.petition.lat, one.light, one.petition.number, one.href]
                for one in reversed(rows_of(found[:DRAWN], at=at))
            ],
            "loads": {code: _load(*load) for code, load in loads.items() if code.startswith(ground.place)},
        }
    )


def _load(waiting: int, late: int) -> dict[str, Any]:
    """The colour of a grid, how strong it is, and both in words."""
    said = [_("%(n)d open") % {"n": waiting}]
    if late:
        said.append(_("%(n)d overdue") % {"n": late})
    return {"colour": "red" if late else "blue", "load": min((late or waiting) / FULL, 1.0), "said": " · ".join(said)}


def _ground(request: ActorRequest) -> Ground:
    return ground_of(actor=request.actor, asked=request.GET.get("area", ""))


def _turn(said: str) -> int:
    """Seconds that a scene stands, within bounds; what is not a number changes nothing."""
    return min(max(int(said), SHORTEST), SLOWEST) if said.isascii() and said.isdigit() and len(said) < 5 else TURN
