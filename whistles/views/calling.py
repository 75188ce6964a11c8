"""A new whistle: one page. Whoever may blow it blows it; everybody else asks the head."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.errors import NotAllowed
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from organizations.models import Unit
from petitions.models import Petition
from whistles.choices import Form
from whistles.forms import CallForm
from whistles.queries import areas_for, units_for
from whistles.services import asking, issuing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, case_id: UUID | None = None) -> HttpResponse:
    """Show the form, or do what it says: once, however often it is sent."""
    actor = request.actor
    seat = next((one for one in actor.seats if one.unit_id and _calls(one.capabilities)), None)
    if seat is None:
        raise NotAllowed(_("Your role does not include this."))
    petition = _petition(request, case_id) if case_id else None
    unit = Unit.objects.select_related("area").get(pk=seat.unit_id or 0)
    reach = seat.territory or unit.area.prefix
    made: dict[str, Any] = {"areas": areas_for(prefix=reach), "units": units_for(prefix=reach, caller=unit.pk)}
    blows, wanted = actor.holds("whistle.issue"), request.GET.get("form", "")
    initial = {"area_code": unit.area_id, "form": wanted if wanted in Form.values else Form.WHISTLE}
    at, posted = clock.now(), request.POST if request.method == "POST" else None

    def act(form: CallForm) -> UUID:
        said = form.said(at=at, petition_id=petition.pk if petition else None)
        return (issuing.issue if blows else asking.ask)(said=said, actor=actor, at=at).pk

    def done(whistle_id: str) -> HttpResponse:
        messages.success(request, _("The units are called.") if blows else _("Asked: the head decides."))
        return redirect("whistles:whistle", whistle_id)

    page = FilingPage(
        form=CallForm(posted, initial=initial, **made),
        act=act,
        done=done,
        template="whistles/new.html",
        context={"petition": petition, "unit": unit, "blows": blows},
    )
    return answer(request, page, at=at)


def _calls(capabilities: frozenset[str]) -> bool:
    return "whistle.issue" in capabilities or "whistle.ask" in capabilities


def _petition(request: ActorRequest, case_id: UUID) -> Petition:
    found: Petition | None = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found
