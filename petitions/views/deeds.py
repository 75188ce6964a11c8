"""The page on which something is done to a petition."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import answer
from kernel.http import ActorRequest
from petitions.deed_pages.table import page_of
from petitions.models import Petition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, case_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    return answer(request, page_of(request, petition=seen(request, case_id), name=name, at=clock.now()))


def seen(request: ActorRequest, case_id: UUID) -> Petition:
    """The petition, or a 404 where it is not there or not for this person."""
    found = Petition.objects.visible_to(request.actor).select_related("category").filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found
