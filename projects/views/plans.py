"""Keeping plans: a new one, its batches and task groups, and a new project in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.desks import require_any
from kernel.filed_once import FilingPage
from kernel.filed_once import answer as filed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from projects import forms
from projects.models import ActionPlan
from projects.policies import KEEP
from projects.services import drafting, planning
from projects.services.drafting import Said

DEEDS = {
    "batch": Deed(title=_("Open a batch"), form=forms.BatchForm, run=planning.open_batch, said=_("The batch is open.")),
    "group": Deed(
        title=_("Name a task group"), form=forms.GroupForm, run=planning.found_group, said=_("The group is named.")
    ),
}


def seen_plan(request: ActorRequest, plan_id: UUID) -> ActionPlan:
    """The plan, or a 404 where it is not there or not for this person."""
    found: ActionPlan | None = ActionPlan.objects.visible_to(request.actor).filter(pk=plan_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """One plan with its batches and its task groups."""
    found = seen_plan(request, plan_id)
    context = {
        "plan": found,
        "batches": list(found.batches.order_by("number")),
        "groups": list(found.groups.select_related("lead", "head").prefetch_related("members").order_by("number")),
        "may_keep": bool(request.actor.may(KEEP, place=found.place)),
    }
    return render(request, "projects/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: ActorRequest) -> HttpResponse:
    """Found a plan for an area that one keeps."""
    actor, at = request.actor, clock.now()
    require_any(actor, KEEP)
    prefixes = [seat.territory for seat in actor.seats if KEEP in seat.capabilities and seat.territory]

    def act(form: Any) -> UUID:
        return planning.found_plan(**form.cleaned_data, actor=actor, at=at).pk

    shown = FilingPage(
        form=forms.PlanForm(request.POST or None, prefixes=prefixes),
        act=act,
        done=lambda made: redirect("projects:plan", made),
        template="projects/new.html",
        context={"title": _("New action plan"), "back": reverse("projects:board")},
    )
    return filed(request, shown, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Put a project into a plan."""
    found, actor, at = seen_plan(request, plan_id), request.actor, clock.now()
    require(actor.may(KEEP, place=found.place))

    def act(form: Any) -> UUID:
        return drafting.draft(plan_id=found.pk, said=Said(**form.cleaned_data), actor=actor, at=at).pk

    shown = FilingPage(
        form=forms.ProjectForm(
            request.POST or None, plan=found, initial={"starts_on": found.starts_on, "ends_on": found.ends_on}
        ),
        act=act,
        done=lambda made: redirect("projects:project", made),
        template="projects/new.html",
        context={"title": _("New project"), "plan": found, "back": reverse("projects:plan", args=[found.pk])},
    )
    return filed(request, shown, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, plan_id: UUID, name: str) -> HttpResponse:
    """Add a batch or a task group to a plan."""
    found, row, actor, at = seen_plan(request, plan_id), DEEDS.get(name), request.actor, clock.now()
    if row is None:
        raise Http404
    require(actor.may(KEEP, place=found.place))

    def act(form: DeedForm) -> None:
        row.run(plan_id=found.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    shown = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, row=found),
        act=act,
        reload=lambda: ActionPlan.objects.get(pk=found.pk),
        said=row.said,
        done=reverse("projects:plan", args=[found.pk]),
        context={"subject": {"number": "", "title": found.name}},
    )
    return answer(request, shown)
