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
from calls.models import Call
from calls.policies import calling_seat
from calls.queries import teams_to_send
from calls.services.sending import send_out
from calls.services.showing import show
from calls.signing import SIGNED_BY_HEAD
from kernel import clock
from kernel.errors import NotAllowed
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from organizations.models import Unit
from petitions.models import Petition
from petitions.services.attaching import prepared


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
    at, posted = clock.now(), request.POST if request.method == "POST" else None
    made: dict[str, Any] = {
        "prefix_of_unit": unit.area.prefix,
        "on_petition": petition is not None,
        "teams": list(teams_to_send(actor=actor, township_id=unit.pk, on=clock.today())),
    }

    def act(form: FilingForm) -> UUID:
        given = form.given(at=at, petition_id=petition.pk if petition else None)
        taken = [prepared(file=one, name=one.name or "") for one in given.pop("file")]
        call = send_out(actor=actor, at=at, **given)
        for one in (call, *Call.objects.filter(beside=call)) if taken else ():
            show(call_id=one.pk, given=taken, actor=actor, at=at)
        return call.pk

    page = FilingPage(
        form=FilingForm(posted, request.FILES or None, initial={} if petition else {"place": unit.area_id}, **made),
        act=act,
        done=lambda call_id: redirect("calls:call", call_id),
        template="calls/file.html",
        context={"petition": petition, "unit": unit, "signed": any(SIGNED_BY_HEAD.values())},
        names={"category": "category_code", "wanted_by": "when", "team": "team_id"},
    )
    return answer(request, page, at=at)


def _petition(request: ActorRequest, case_id: UUID) -> Petition:
    found: Petition | None = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found
