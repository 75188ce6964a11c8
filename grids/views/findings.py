"""The findings of the audit: a list with filters, one finding, the same on the map and as a spreadsheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from grids.choices import STATE_COLOURS, JobWhat
from grids.forms.findings import STANDING, Comment, FindingFilter
from grids.models import Audit, Finding, MapJob
from grids.policies import RUN, VIEW
from grids.queries.findings import DRAWN, as_geojson, by_kind, history_of, in_words, is_drawn, moves_of
from grids.querysets import FindingQuerySet
from grids.services import jobs
from grids.services.exporting import export_findings
from kernel import clock, keyset
from kernel.answers import json_or_same
from kernel.desks import PAGE, download, require_any
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from kernel.pages import neighbours, page, readdressed

LOOKS = Looks(
    icons={"assign": "user-plus", "accept": "circle-check", "withdraw": "arrow-back-up"}, first=frozenset({"assign"})
)


@login_required
@require_safe
def findings(request: ActorRequest) -> HttpResponse:
    """The list, and the number of each kind; all filters stand in the address."""
    require_any(request.actor, VIEW)
    form, rows = _asked(request)
    all_kinds = form.narrow(Finding.objects.visible_to(request.actor), unit_ids=request.actor.unit_ids, kind=False)
    found = keyset.page(
        rows.select_related("unit", "person"), order="-first_seen_at", cursor=request.GET.get("cursor", ""), size=PAGE
    )
    context = {
        "filters": form,
        "rows": [_row(one) for one in found.rows],
        "kinds": by_kind(all_kinds),
        "last": Audit.objects.first(),
        "may_run": (may_run := request.actor.holds(RUN)),
        "running": MapJob.objects.running().filter(what=JobWhat.AUDIT).first() if may_run else None,
        "export_href": readdressed(request, cursor=""),
        "today": clock.today(),
        **neighbours(request, found),
    }
    return page(request, "grids/findings.html", "grids/_findings.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand."""
    require_any(request.actor, VIEW)
    _form, rows = _asked(request)
    at = clock.now()
    return download(export_findings(rows=rows, actor=request.actor, at=at), name="grid-findings", at=at)


@login_required
@require_safe
def geojson(request: ActorRequest) -> HttpResponseBase:
    """What is still there, for the map."""
    rows = Finding.objects.visible_to(request.actor).standing()
    if place := request.GET.get("place", "")[:15]:
        rows = rows.filter(place__startswith=place)
    body = orjson.dumps(as_geojson(rows.order_by("-first_seen_at", "pk")[:DRAWN]))
    return json_or_same(request, body=body, max_age=5)


@login_required
@require_POST
def run(request: ActorRequest) -> HttpResponse:
    """Have the whole map looked over now."""
    job = jobs.ask_audit(language=get_language() or "", actor=request.actor, at=clock.now())
    return redirect("grids:job", job.pk)


@login_required
@require_safe
def finding(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """One finding: what it is, where it lies, whose it is, what was said about it, and what may be done."""
    held = seen(request, finding_id)
    moves = moves_of(finding=held, actor=request.actor)
    told = offered(moves, looks=LOOKS, address=lambda name: reverse(f"grids:finding-{name}", args=[held.pk]))
    context = {
        "finding": held,
        "words": in_words(held),
        "colour": STATE_COLOURS[held.state],
        "notes": held.notes.select_related("by"),
        "history": history_of(held),
        "items": reverse("grids:finding-shape", args=[held.pk]),
        "cells": reverse("grids:boundary", args=[held.place]) if is_drawn(held) else "",
        "comment": Comment(),
        **told,
    }
    return render(request, "grids/finding.html", context)


@login_required
@require_safe
def shape(request: ActorRequest, finding_id: UUID) -> HttpResponseBase:
    """The finding alone, for the map on its page."""
    body = orjson.dumps(as_geojson([seen(request, finding_id)]))
    return json_or_same(request, body=body, max_age=5)


def seen(request: ActorRequest, finding_id: UUID) -> Finding:
    """The finding, or a 404 where it is not there or not for this person."""
    rows = Finding.objects.visible_to(request.actor).select_related("unit", "person")
    held: Finding | None = rows.filter(pk=finding_id).first()
    if held is None:
        raise Http404
    return held


def _asked(request: ActorRequest) -> tuple[FindingFilter, FindingQuerySet]:
    given = request.GET.copy()
    given.setdefault("state", STANDING)
    form = FindingFilter(given)
    rows = form.narrow(Finding.objects.visible_to(request.actor), unit_ids=request.actor.unit_ids)
    return form, rows


def _row(one: Finding) -> dict[str, Any]:
    return {"finding": one, "words": in_words(one), "colour": STATE_COLOURS[one.state]}
