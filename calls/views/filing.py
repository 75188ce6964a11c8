"""Filing a call: one page, one screen on a telephone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calls.forms import FilingForm
from calls.policies import calling_seat
from calls.services.filing import file_call
from calls.signing import SIGNED_BY_HEAD
from kernel import clock
from kernel.errors import NotAllowed
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from organizations.models import Unit
from petitions.models import Petition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActorRequest, case_id: UUID | None = None) -> HttpResponse:
    """Show the form, or file what it says: once, however often it is sent."""
    actor = request.actor
    seat = calling_seat(actor=actor)
    if seat is None:
        raise NotAllowed(_("Your role does not include this."))
    petition = _petition(request, case_id) if case_id else None
    unit = Unit.objects.select_related("area").get(pk=seat.unit_id or 0)
    made: dict[str, Any] = {"prefix_of_unit": unit.area.prefix, "on_petition": petition is not None}
    at, posted = clock.now(), request.POST if request.method == "POST" else None

    def act(form: FilingForm) -> UUID:
        call = file_call(petition_id=petition.pk if petition else None, actor=actor, at=at, **form.given(at=at))
        return call.pk

    page = FilingPage(
        form=FilingForm(posted, initial={} if petition else {"place": unit.area_id}, **made),
        act=act,
        done=lambda call_id: redirect("calls:call", call_id),
        template="calls/file.html",
        context={"petition": petition, "unit": unit, "signed": any(SIGNED_BY_HEAD.values())},
        names={"category": "category_code", "wanted_by": "when"},
    )
    return answer(request, page, at=at)


def _petition(request: ActorRequest, case_id: UUID) -> Petition:
    found: Petition | None = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found
