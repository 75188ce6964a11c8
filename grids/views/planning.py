"""A split or a merger to come: what was said, what became of it, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grids.choices import PLAN_COLOURS, ChangeKind, PlanState
from grids.forms.reshaping import Withdraw
from grids.models import CellPlan
from grids.queries.planning import why_refused
from grids.services.planning import withdraw_plan
from kernel import clock, deed_pages
from kernel.http import ActorRequest


@login_required
@require_safe
def plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Which grids, from when, into what, why, by whom."""
    held = _seen(request, plan_id)
    said = held.said
    context = {
        "plan": held,
        "cells": [one.cell for one in held.cells.select_related("cell").order_by("cell__code")],
        "names": [said["name"]] if held.kind == ChangeKind.MERGE else [said["first"]["name"], said["second"]["name"]],
        "colour": PLAN_COLOURS[held.state],
        "why": why_refused(held),
        "may_withdraw": held.state == PlanState.PLANNED,
    }
    if held.change is not None:
        context["began"] = sorted({one.new for one in held.change.successions.select_related("new")}, key=_code)
    return render(request, "grids/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Take it back before its day."""
    held = _seen(request, plan_id)

    def act(sent: Any) -> CellPlan:
        version = sent.cleaned_data["version"]
        return withdraw_plan(plan_id=held.pk, version=version, actor=request.actor, at=clock.now())

    page = deed_pages.DeedPage(
        title=_("Withdraw"),
        form=Withdraw(request.POST if request.method == "POST" else None, version=held.version),
        act=act,
        reload=lambda: CellPlan.objects.get(pk=held.pk),
        said=_("Withdrawn."),
        done=reverse("grids:plan", args=[held.pk]),
        context={"subject": {"number": held.said["codes"][0], "title": f"{held.get_kind_display()} · {held.on}"}},
    )
    return deed_pages.answer(request, page)


def _seen(request: ActorRequest, plan_id: UUID) -> CellPlan:
    found = CellPlan.objects.visible_to(request.actor).select_related("made_by", "change").filter(pk=plan_id).first()
    if found is None:
        raise Http404
    return found


def _code(cell: Any) -> str:
    return str(cell.code)
