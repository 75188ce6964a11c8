"""The addresses the map draws from: outlines, loads, points and heat. Each answers 304 where nothing has changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.web.gridmap import figures
from governance.web.gridmap.asked import Drawing, Extent, MapFilter
from governance.web.gridmap.places import CELL, below, known_place
from grids.queries import outlines
from kernel import clock
from kernel.answers import json_or_same
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.list_filters import OPEN
from petitions.models import Petition
from petitions.queries import within

KEPT_SECONDS = 0  # asked for again every time, so that nothing is older than the news: what is the same answers 304


def require_map(request: ActorRequest) -> None:
    """Raise NotAllowed for whoever holds no seat that reads the map."""
    if not request.actor.holds("reference.view") and not request.actor.holds("reference.edit"):
        raise NotAllowed(_("The map is for those who work here."))


@login_required
@require_safe
def shapes(request: ActorRequest) -> HttpResponseBase:
    """Outlines one level below the place, or of every grid in it."""
    require_map(request)
    place, digits = level_of(request)
    body = outlines(within=place, digits=digits)
    return json_or_same(request, body=body, max_age=KEPT_SECONDS, packed=True)


@login_required
@require_safe
def loads(request: ActorRequest) -> HttpResponseBase:
    """What is open, overdue and due soon in each of those places: {code: [asked for, open, overdue, soon, light]}."""
    require_map(request)
    place, digits = level_of(request)
    found = loads_of(request, place=place, digits=digits, at=clock.now())
    said = {code: [one.found, one.open, one.late, one.soon, one.light] for code, one in sorted(found.items())}
    return _answer(request, {"loads": said})


@login_required
@require_safe
def items(request: ActorRequest) -> HttpResponseBase:
    """The cases as points."""
    require_map(request)
    place, _digits = level_of(request)
    cases, extent = cases_of(request, place=place), Extent(request.GET)
    return _answer(
        request, figures.points(cases=cases, extent=extent.box, at=clock.now(), only_open=only_open(request))
    )


@login_required
@require_safe
def heat(request: ActorRequest) -> HttpResponseBase:
    """The cases as squares."""
    require_map(request)
    place, _digits = level_of(request)
    cases, extent = cases_of(request, place=place), Extent(request.GET)
    return _answer(request, figures.heat(cases=cases, extent=extent.box, side=extent.square))


def level_of(request: ActorRequest) -> tuple[str, int]:
    """The place asked for, and the digits of what is drawn in it."""
    place = known_place(request.GET.get("place", ""), actor=request.actor)
    if Drawing(request.GET).chosen()["grids"]:
        return place, CELL
    return place, below(place)


def cases_of(request: ActorRequest, *, place: str) -> Any:
    """The petitions in the place that fit the filters and may be seen."""
    asked = MapFilter(request.GET)
    seen = asked.narrow(Petition.objects.visible_to(request.actor), actor=request.actor, at=clock.now())
    return seen.filter(within(place)) if place else seen


def loads_of(request: ActorRequest, *, place: str, digits: int, at: datetime) -> dict[str, figures.Load]:
    """The load of each place with so many digits, under the filters of the request."""
    cases = cases_of(request, place=place)
    return figures.loads(cases=cases, place=place, digits=digits, at=at, only_open=only_open(request))


def only_open(request: ActorRequest) -> bool:
    """Whether nothing was asked for but what is open: few beside what is over, and bounded by what people can do."""
    return bool(MapFilter(request.GET).data.get("state") == OPEN)


def _answer(request: ActorRequest, said: dict[str, Any]) -> HttpResponseBase:
    return json_or_same(request, body=orjson.dumps(said), max_age=KEPT_SECONDS)
