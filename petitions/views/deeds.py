"""The page on which something is done to a petition."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import answer
from kernel.http import ActorRequest
from petitions.deed_pages.table import page_of, seen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, case_id: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    return answer(request, page_of(request, petition=seen(request, case_id), name=name, at=clock.now()))
