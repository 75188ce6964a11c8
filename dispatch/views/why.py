"""Why this unit: the whole decision on one order, the ruling that replaced it, and who objected."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dispatch.choices import COLOURS
from dispatch.explaining import explain
from dispatch.models import WorkOrder
from dispatch.objections import objections_of
from kernel.http import ActorRequest


@login_required
@require_safe
def why(request: ActorRequest, order_id: UUID) -> HttpResponse:
    """Every step with the row that decided it, and every candidate that lost, as they were on the day."""
    orders = WorkOrder.objects.visible_to(request.actor).select_related("petition", "unit")
    order = orders.filter(pk=order_id).first()
    if order is None:
        raise Http404
    ruling = order.decision.get("ruling")
    day = timezone.localdate(order.assigned_at)
    context = {
        "order": order,
        "petition": order.petition,
        "decision": explain(recorded=order.decision, on=day),
        "ruling": explain(recorded=ruling, on=day) if ruling else None,
        "objections": [(one, COLOURS[one.outcome]) for one in objections_of(petition=order.petition)],
        "may_try": request.actor.holds("order.assign"),
    }
    return render(request, "dispatch/why.html", context)
