"""One job on the map: how far it is. The page asks again by itself, with scripts or without."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from grids.models import MapJob
from grids.queries.jobs import why_stopped
from kernel.http import ActorRequest
from kernel.pages import onward, page


@login_required
@require_safe
def job(request: ActorRequest, job_id: UUID) -> HttpResponse:
    """Waiting, being done, done with its result, or stopped and why; a file that was read leads to its preview."""
    held = MapJob.objects.visible_to(request.actor).select_related("audit", "asked_by").filter(pk=job_id).first()
    if held is None:
        raise Http404
    if held.found_id:
        return onward(request, "grids:import-preview", held.found_id)
    return page(request, "grids/job.html", "grids/_job.html", {"job": held, "why": why_stopped(held)})
