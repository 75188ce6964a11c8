"""The board 挂图作战: groups or owners down, batches across, lights and counts in each place; and the list behind."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.desks import download, listed, require_any
from kernel.http import ActorRequest
from kernel.pages import page
from organizations.models import Unit
from projects.choices import COLOURS, Light
from projects.forms import ProjectFilter
from projects.lights import COLOURS as LIT
from projects.lights import ORDER, light_of
from projects.models import ActionPlan, Project
from projects.policies import KEEP
from projects.queries.reading import Cell, Matrix, matrix_of, percent_of, plan_of, today
from projects.querysets import VIEW, ProjectQuerySet
from projects.services.exporting import export_projects

BY_GROUP, BY_OWNER = "group", "owner"
SIDES = {BY_GROUP: _("By task group"), BY_OWNER: _("By owner")}
KEPT = ("q", "light", "state", "kind", "batch", "group", "owner", "leader", "late")


@login_required
@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """The wall chart of one plan, as far as one sees it."""
    actor, plan = request.actor, chosen_plan(request)
    by = request.GET.get("by", BY_GROUP)
    by = by if by in SIDES else BY_GROUP
    form, found = found_for(request, plan)
    matrix = matrix_of(projects=found, by=by) if plan else Matrix()
    batches = list(plan.batches.order_by("number")) if plan else []
    context = {
        "plan": plan,
        "plans": list(ActionPlan.objects.visible_to(actor).order_by("-starts_on")),
        "filters": form,
        "by": by,
        "batches": [(one, _edge(request, plan, matrix.columns.get(one.pk), batch=one.pk)) for one in batches],
        "rows": [_row(request, plan, matrix, batches, one, by) for one in _side(plan, matrix, by)],
        "whole": _edge(request, plan, matrix.whole),
        "lights": [(one.value, one.label, LIT[one]) for one in ORDER],
        "by_group": _address(request, "projects:board", plan, by=BY_GROUP),
        "by_owner": _address(request, "projects:board", plan, by=BY_OWNER),
        "list_href": _address(request, "projects:list", plan),
        "at": clock.now(),
        "may_keep": bool(plan and actor.may(KEEP, place=plan.place)),
        "may_found": actor.holds(KEEP),
    }
    return render(request, "projects/board.html", context)


@login_required
@require_safe
def projects(request: ActorRequest) -> HttpResponse:
    """The projects behind a place of the board, or all of a plan, by their codes."""
    plan, at = chosen_plan(request), clock.now()
    form, found = found_for(request, plan)
    day = today(at=at)

    def row(one: Any) -> dict[str, Any]:
        return {
            "project": one,
            "light": light_of(state=one.state, end=one.next_end, day=day),
            "percent": percent_of(one),
            "colour": COLOURS[one.state],
        }

    shown = found.progressed().select_related("batch", "group", "owner", "person", "leader")
    context = {
        "plan": plan,
        "filters": form,
        "board_href": _address(request, "projects:board", plan),
        **listed(request, found=shown, order="code", row=row, tab="", labels=()),
    }
    return page(request, "projects/list.html", "projects/_projects.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    at = clock.now()
    _form, found = found_for(request, chosen_plan(request))
    book = export_projects(projects=found.order_by("code", "pk"), actor=request.actor, at=at)
    return download(book, name="key-work", at=at)


def chosen_plan(request: ActorRequest) -> ActionPlan | None:
    """The plan of the address, or the latest one; 404 for one that is not seen, 403 without the capability."""
    require_any(request.actor, VIEW)
    asked = request.GET.get("plan", "")
    try:
        plan = plan_of(actor=request.actor, plan_id=UUID(asked) if asked else None)
    except ValueError as error:
        raise Http404 from error
    if plan is None and asked:
        raise Http404
    return plan


def found_for(request: ActorRequest, plan: ActionPlan | None) -> tuple[ProjectFilter, ProjectQuerySet]:
    """The filters, and the lit projects of the plan at hand that fit them, in this person's scope."""
    at = clock.now()
    form = ProjectFilter({**request.GET.dict(), "plan": plan.pk if plan else ""}, at_hand=plan)
    lit: ProjectQuerySet = Project.objects.visible_to(request.actor).lit(day=today(at=at))
    return form, form.narrow(lit, at=at) if plan else lit.none()


def _side(plan: ActionPlan | None, matrix: Matrix, by: str) -> list[Any]:
    """What stands down the side: every group of the plan, or the owners that there are."""
    if plan is None:
        return []
    if by == BY_GROUP:
        return [one for one in plan.groups.select_related("lead", "head").order_by("number") if one.pk in matrix.rows]
    return list(Unit.objects.filter(pk__in=list(matrix.rows)).order_by("name", "pk"))


def _row(
    request: ActorRequest, plan: ActionPlan | None, matrix: Matrix, batches: list[Any], side: Any, by: str
) -> dict[str, Any]:
    cells = [
        {
            "label": batch.name,
            **_edge(request, plan, matrix.cells.get((side.pk, batch.pk)), **{by: side.pk, "batch": batch.pk}),
        }
        for batch in batches
    ]
    return {"side": side, "cells": cells, "sum": _edge(request, plan, matrix.rows.get(side.pk), **{by: side.pk})}


def _edge(request: ActorRequest, plan: ActionPlan | None, cell: Cell | None, **said: Any) -> dict[str, Any]:
    """One place of the board: how many in each light, every number with the list behind it."""
    if cell is None:
        return {"total": 0, "done": 0, "lights": []}
    lights = [
        {
            "colour": LIT[light],
            "label": Light(light).label,
            "light": light,
            "number": number,
            "href": _address(request, "projects:list", plan, light=light, **said),
        }
        for light, number in cell.shown
    ]
    return {
        "total": cell.total,
        "done": cell.done,
        "lights": lights,
        "href": _address(request, "projects:list", plan, **said),
    }


def _address(request: ActorRequest, name: str, plan: ActionPlan | None, **said: Any) -> str:
    """Another page of the same plan with the filters at hand, some of them changed."""
    kept = {one: request.GET[one] for one in KEPT if request.GET.get(one)}
    query = {"plan": plan.pk if plan else "", **kept, **said}
    return f"{reverse(name)}?{urlencode({key: value for key, value in query.items() if value})}"
