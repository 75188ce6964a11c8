"""The page of the map; the words beside it say everything that the picture says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.web import links
from governance.web.gridmap.asked import COLOURS, FINDINGS, LAYERS, Drawing, MapFilter
from governance.web.gridmap.data import level_of, loads_of, require_map
from governance.web.gridmap.figures import COUNTED, Load
from governance.web.gridmap.places import CELL, Child, below, children_of, trail_of
from grids.queries import extent_of
from kernel import clock
from kernel.http import ActorRequest
from kernel.pages import page

# Where one stands on the map is not a filter of the list, and a drill begins with the whole of the new place.
WHERE = ("place", "lng", "lat", "z")
UNASKED = ("lng", "lat", "z", "layers", "colour", "cursor", "grids")  # what the data does not depend on
DRAWN = ("layers", "colour", "grids")
LIST_FIELD = {9: "area", 12: "village", 15: "cell"}


@login_required
@require_safe
def grid_map(request: ActorRequest) -> HttpResponse:
    """Where one stands, what lies below with its load, and the map. Asked by htmx, the words alone."""
    require_map(request)
    place, digits = level_of(request)
    at, form, drawing = clock.now(), MapFilter(request.GET), Drawing(request.GET)
    beneath = below(place)
    found = loads_of(request, place=place, digits=beneath, at=at)
    sees_findings = request.actor.holds("finding.view")
    rows = [_row(request, child, found.get(child.code, Load())) for child in children_of(place)]
    context = {
        "place": place,
        "digits": digits,
        "trail": [(code, name, _here(request, place=code)) for code, name in trail_of(place)],
        "rows": rows,
        "total": _total(found),
        "asked_for": _asked_for(found),
        "list_href": _list(request, place),
        "extent": extent_of(within=place),
        "at": at,
        "filters": form,
        "drawing": drawing.chosen(),
        "may_see_findings": sees_findings,
        "layers": [(code, label) for code, label in LAYERS.items() if code != FINDINGS or sees_findings],
        "colours": COLOURS.items(),
        "is_village": beneath == CELL,
        "ahead": _ahead(request, place=place, grids=bool(drawing.chosen()["grids"])),
        "urls": {name: reverse(f"governance:map-{name}") for name in ("shapes", "loads", "items", "heat")},
    }
    answer = page(request, "gridmap/map.html", "gridmap/_words.html", context)
    if request.headers.get("HX-Request"):
        answer.headers["HX-Push-Url"] = request.get_full_path()
    return answer


def _ahead(request: ActorRequest, *, place: str, grids: bool) -> list[str]:
    """The addresses of the first drawing as the script of the map writes them: fetched while it is on its way."""
    said = {name: values for name, values in request.GET.lists() if name not in (*UNASKED, "place")}
    said["place"] = [place]
    if grids:
        said["grids"] = ["on"]
    query = urlencode(said, doseq=True, safe="*")
    return [f"{reverse(f'governance:map-{name}')}?{query}" for name in ("shapes", "loads")]


def _row(request: ActorRequest, child: Child, load: Load) -> dict[str, Any]:
    leaf = len(child.code) == CELL
    href = reverse("grids:card", args=[child.code]) if leaf else _here(request, place=child.code)
    return {"child": child, "load": load, "href": href, "leaf": leaf, "list_href": _list(request, child.code)}


def _total(found: dict[str, Load]) -> Load:
    those = found.values()
    return Load(*(sum(getattr(one, name) for one in those) for name in ("found", "open", "late", "soon")))


def _asked_for(found: dict[str, Load]) -> str:
    """How many were asked for in all; with a plus where more of some place are not counted."""
    number = sum(min(one.found, COUNTED) for one in found.values())
    return f"{number}+" if any(one.found > COUNTED for one in found.values()) else str(number)


def _here(request: ActorRequest, *, place: str) -> str:
    """The same page somewhere else: filters and layers stay, the extent goes."""
    query = [(name, value) for name, value in _said(request) if name not in WHERE]
    return f"{reverse('governance:map')}?{urlencode([*query, ('place', place)])}"


def _list(request: ActorRequest, place: str) -> str:
    """The list of the same petitions in a place; the list knows townships, villages and grids, not counties."""
    filters = {name: value for name, value in _said(request) if name not in (*WHERE, *DRAWN)}
    filters.setdefault("state", "open")
    if field := LIST_FIELD.get(len(place)):
        filters[field] = place
    return links.petitions(**filters)


def _said(request: ActorRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values if value]
