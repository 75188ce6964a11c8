"""The grid map, and the card of each grid that the law has published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from grids.choices import PLAN_COLOURS, STATE_COLOURS, CellKind
from grids.forms import MapForm
from grids.models import Cell
from grids.policies import KEEP
from grids.queries import caring_for, cells_as_geojson
from grids.queries.cards import findings_of, missing_of, open_items, staff_of
from grids.queries.findings import in_words
from grids.queries.planning import plans_of
from kernel.clock import now
from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import neighbours, page


@login_required
@require_safe
def grid_map(request: ActorRequest) -> HttpResponse:
    """The map, and beside it the same grids in words."""
    form = MapForm(request.GET or None)
    found = keyset_page(_asked(request, form), order="code", cursor=request.GET.get("cursor", ""), size=20)
    query = request.GET.copy()
    query.pop("cursor", None)
    context = {
        "form": form,
        "rows": found.rows,
        "may_edit": request.actor.holds(KEEP),
        "cells": f"{reverse('grids:cells')}?{query.urlencode()}",
        "export": f"{reverse('grids:export')}?{query.urlencode()}",
        **neighbours(request, found),
    }
    return page(request, "grids/map.html", "grids/_cells.html", context)


@login_required
@require_safe
@cache_control(private=True, max_age=60)
def cells(request: ActorRequest) -> JsonResponse:
    """The filtered grids as GeoJSON, each with its name, its people in words and the address of its card."""
    drawn = cells_as_geojson(cells=_asked(request, MapForm(request.GET or None)))
    kinds = dict(CellKind.choices)
    for feature in drawn["features"]:
        own = feature["properties"]
        own["label"] = own["name"]
        own["href"] = reverse("grids:card", args=[own["code"]])
        own["lines"] = [own["code"], str(kinds[own["kind"]])]
        if own["residents"]:
            own["lines"].append(_("%(households)d households, %(residents)d residents") % own)
    return JsonResponse(drawn)


@require_safe
def card(request: ActorRequest, code: str) -> HttpResponse:
    """The card of a grid: name, area, who works there, telephone of supervision.

    It is open to everybody: a local regulation (Binzhou, art. 6) has it posted and kept current. What is open there and
    what the audit found is added for those who may know.
    """
    rows = Cell.objects.filter(Q(active=True) | Q(ends_on__isnull=False)).select_related("village__parent__parent")
    held = get_object_or_404(rows, code=code)
    if held.ends_on is not None:
        return _ended(request, held)
    at, boundary = now(), f"{reverse('grids:boundary', args=[code])}"
    staff = staff_of(held, at=at)
    found = findings_of(held, actor=request.actor)
    context = {
        "cell": held,
        "staff": staff,
        "missing": missing_of(held, staff),
        "caring": caring_for(code, at=at),
        "cells": boundary,
        "items": open_items(actor=request.actor, code=code, at=at),
        "findings": [(one, in_words(one), STATE_COLOURS[one.state]) for one in found],
        "came_of": held.came_of.select_related("old", "change").order_by("old__code") if held.begins_on else (),
        "may_edit": (keeps := request.actor.holds(KEEP)),
        "plans": [(one, PLAN_COLOURS[one.state]) for one in plans_of(held, keeps=keeps, at=at)],
        "at": at,
    }
    answer = render(request, "grids/card.html", context)
    patch_cache_control(answer, private=True, max_age=0 if request.user.is_authenticated else 60)
    return answer


@require_safe
@cache_control(max_age=60)
def boundary(request: HttpRequest, code: str) -> JsonResponse:
    """The boundary of one grid, for the map on its card."""
    held = get_object_or_404(Cell, Q(active=True) | Q(ends_on__isnull=False), code=code)
    drawn = cells_as_geojson(cells=Cell.objects.filter(pk=held.pk))
    for feature in drawn["features"]:
        feature["properties"]["label"] = feature["properties"]["name"]
    return JsonResponse(drawn)


def _ended(request: ActorRequest, held: Cell) -> HttpResponse:
    """Old cases lead to the grid they lay in: what stands there now."""
    context = {
        "cell": held,
        "heirs": held.became.select_related("new", "change").order_by("new__code"),
        "cells": reverse("grids:boundary", args=[held.code]),
    }
    answer = render(request, "grids/ended.html", context)
    patch_cache_control(answer, private=True, max_age=60)
    return answer


def _asked(request: ActorRequest, form: MapForm) -> Any:
    return form.narrow(Cell.objects.visible_to(request.actor).drawn().select_related("village"))
