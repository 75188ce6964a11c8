"""Why until then: the whole calculation behind a date, one click from every case."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dispatch.explaining import limit_words
from dispatch.reckoning import reckoning_of
from kernel import clock
from kernel.calendars import current
from kernel.http import ActorRequest
from organizations.choices import Role
from petitions.models import Petition


@login_required
@require_safe
def why_until(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Of the order that a unit has in hand, else of the stage; the citizen reads it without names of officials."""
    actor, at = request.actor, clock.now()
    petition = Petition.objects.visible_to(actor).filter(pk=case_id).first()
    if petition is None:
        raise Http404
    reckoning = reckoning_of(petition=petition, at=at, calendar=current(at=at))
    context = {
        "petition": petition,
        "reckoning": reckoning,
        "limit": limit_words(reckoning.limit.value, reckoning.limit.unit) if reckoning else "",
        "names_people": not actor.roles <= {Role.CITIZEN},
    }
    return render(request, "dispatch/why_until.html", context)
