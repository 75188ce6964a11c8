"""Dry run: what would happen to a case now, or to one that nobody filed. Nothing is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dispatch.explaining import Explained, explain
from dispatch.forms import Trial
from dispatch.queries import imagined, route_of
from dispatch.routing import Nowhere
from kernel import clock
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.queries import may_anywhere
from petitions.models import Petition
from petitions.queries import category_of, verdict_on

TEMPLATE = "dispatch/trial.html"


@login_required
@require_safe
def trial(request: ActorRequest) -> HttpResponse:
    """Category, place, condition, urgency and hour are said in the address; the answer is the whole decision."""
    require(may_anywhere(request.actor, capability="order.assign"))
    at = clock.now()
    form = Trial(request.GET or None, at=at)
    decision = None
    if request.GET and form.is_valid():
        said = form.cleaned_data
        petition = imagined(
            category=category_of(code=said["category"]),
            place=said["place"],
            urgency=said["urgency"],
            condition=said["condition"],
        )
        decision = decided(petition, at=said["at"] or at)
    return render(request, TEMPLATE, {"form": form, "decision": decision})


@login_required
@require_safe
def of_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What would happen to this very case now."""
    found = Petition.objects.visible_to(request.actor).select_related("category__matter").filter(pk=case_id).first()
    if found is None:
        raise Http404
    require(verdict_on(petition=found, capability="order.assign", actor=request.actor))
    at = clock.now()
    context: dict[str, Any] = {"petition": found, "at": at, "decision": decided(found, at=at)}
    return render(request, TEMPLATE, context)


def decided(petition: Petition, *, at: datetime) -> Explained:
    """The decision in words."""
    found = route_of(petition=petition, at=at)
    lacking = str(found.reason) if isinstance(found, Nowhere) else ""
    return explain(recorded=found.record(), lacking=lacking, on=timezone.localdate(at))
