"""Outlines of townships and villages: which are known, on the map and in words, and drawing one."""

from __future__ import annotations

import json
from typing import Any

import orjson
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grids.forms.outlines import DrawOutline, OutlineFilter
from grids.geometry import area_m2, read_boundary
from grids.models import Territory
from grids.policies import KEEP
from grids.queries.outlining import LEVELS, faults_of_outline, ground_of
from grids.queries.topology import Fault
from grids.services.outlines import draw_outline
from kernel import clock
from kernel.answers import json_or_same
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import neighbours, page
from kernel.permissions import require
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.queries import may_anywhere

METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
SIZE = 20
COMES_BACK = frozenset({400, 404, 409, 412, 422, 503})


@login_required
@require_safe
def outlines(request: ActorRequest) -> HttpResponse:
    """Which areas have an outline, and which have none yet."""
    form = OutlineFilter(request.GET)
    found = keyset_page(_asked(request, form), order="code", cursor=request.GET.get("cursor", ""), size=SIZE)
    known = Territory.objects.in_bulk([one.pk for one in found.rows])
    query = request.GET.copy()
    query.pop("cursor", None)
    context = {
        "filters": form,
        "rows": [_row(one, known.get(one.pk)) for one in found.rows],
        "may_edit": request.actor.holds(KEEP),
        "cells": f"{reverse('grids:outlines-json')}?{query.urlencode()}",
        **neighbours(request, found),
    }
    return page(request, "grids/outlines.html", "grids/_outlines.html", context)


@login_required
@require_safe
def shapes(request: ActorRequest) -> HttpResponseBase:
    """The known outlines of the areas asked for, townships below their villages."""
    areas = _asked(request, OutlineFilter(request.GET))
    rows = Territory.objects.visible_to(request.actor).filter(pk__in=areas.values("pk")).select_related("area")
    features = [
        {
            "type": "Feature",
            "id": one.pk,
            "geometry": one.boundary,
            "properties": {
                "code": one.pk, "kind": one.area.level, "label": one.area.name, "colour": "blue", "load": 0.2,
                "lines": [one.pk, str(one.area.get_level_display())], "href": reverse("grids:outline", args=[one.pk]),
            },
        }
        for one in sorted(rows, key=lambda one: (one.area.level == AreaLevel.VILLAGE, one.pk))
    ]  # fmt: skip
    return json_or_same(request, body=orjson.dumps({"type": "FeatureCollection", "features": features}), max_age=5)


@login_required
@require_http_methods(METHODS)
def draw(request: ActorRequest, code: str) -> HttpResponse:
    """Draw the outline of an area. Checking it, or taking the ground of its grids, saves nothing."""
    require(may_anywhere(request.actor, capability=KEEP))
    area = get_object_or_404(Area.objects.inside(settings.HOME_AREA).filter(level__in=LEVELS), code=code)
    held = Territory.objects.filter(pk=code).first()
    first: dict[str, Any] = {"version": held.version if held else 0}
    if held:
        first["boundary"] = json.dumps(held.boundary)
    if request.method != "POST":
        return _show(request, DrawOutline(initial=first), area=area, status=200)
    if "grids" in request.POST:
        ground = ground_of(area)
        if ground is None:
            messages.error(request, _("No grid is drawn here yet."))
        else:
            first["boundary"] = json.dumps(ground)
        return _show(request, DrawOutline(initial=first), area=area, status=200)
    form = DrawOutline(request.POST)
    if not form.is_valid():
        return _show(request, form, area=area, status=UNPROCESSABLE)
    return _posted(request, form, area=area)


def _row(area: Area, outline: Territory | None) -> dict[str, Any]:
    return {"area": area, "outline": outline, "km2": outline.area_m2 / 1e6 if outline else None}


def _posted(request: ActorRequest, form: DrawOutline, *, area: Area) -> HttpResponse:
    faults: list[Fault] = []
    try:
        shape = read_boundary(boundary=form.cleaned_data["boundary"])
        faults = faults_of_outline(area=area, shape=shape)
        if "check" in request.POST:
            return _show(request, form, area=area, faults=faults, status=200, checked=area_m2(shape))
        draw_outline(area_code=area.code, actor=request.actor, at=clock.now(), **form.cleaned_data)
    except DomainError as error:
        if error.status not in COMES_BACK:
            raise
        form.explain(error)
        return _show(request, form, area=area, faults=faults, status=error.status)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('grids:outlines')}?area={area.code[:9]}")


def _show(
    request: ActorRequest,
    form: DrawOutline,
    *,
    area: Area,
    status: int,
    faults: list[Fault] | None = None,
    checked: int | None = None,
) -> HttpResponse:
    features = [
        {"type": "Feature", "geometry": one.shape, "properties": {"label": one.why, "blocking": one.blocking}}
        for one in faults or []
    ]
    village = area.level == AreaLevel.VILLAGE
    context = {
        "form": form,
        "area": area,
        "faults": faults,
        "fault_shapes": {"type": "FeatureCollection", "features": features},
        "checked": checked,
        "neighbours": f"{reverse('grids:cells')}?inside={area.code[:9]}"
        if village
        else f"{reverse('grids:outlines-json')}?q=",
    }
    return render(request, "grids/outline.html", context, status=status)


def _asked(request: ActorRequest, form: OutlineFilter) -> QuerySet[Area]:
    rows = Area.objects.visible_to(request.actor).inside(settings.HOME_AREA).filter(level__in=LEVELS)
    if not form.is_valid():
        return rows.none()
    said = form.cleaned_data
    if said["area"]:
        rows = rows.filter(code__startswith=said["area"])
    if said["missing"]:
        rows = rows.exclude(pk__in=Territory.objects.values("pk"))
    words = said["q"].strip()
    return rows.filter(Q(name__icontains=words) | Q(code__startswith=words)) if words else rows
