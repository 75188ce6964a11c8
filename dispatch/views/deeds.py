"""The pages on which something is done to a work order, and on which the centre names a unit."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from dispatch.deed_pages.table import assigning, page_of
from dispatch.models import WorkOrder
from kernel import clock
from kernel.deed_pages import answer
from kernel.http import ActorRequest
from petitions.models import Petition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, order_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    return answer(request, page_of(request, order=_seen(request, order_id), name=name, at=clock.now()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The centre names the unit of a petition that the list has no answer for."""
    found = Petition.objects.visible_to(request.actor).select_related("category__matter").filter(pk=case_id).first()
    if found is None:
        raise Http404
    return answer(request, assigning(request, petition=found, at=clock.now()))


def _seen(request: ActorRequest, order_id: UUID) -> WorkOrder:
    orders = WorkOrder.objects.visible_to(request.actor)
    found = orders.select_related("petition__category__matter", "unit", "return_reason").filter(pk=order_id).first()
    if found is None:
        raise Http404
    return found
