"""What is begun on the file of a case: urging, a supervision order, a place on the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.models import Petition
from supervision import forms
from supervision.choices import Level, Reason
from supervision.queries import concerned, overdue_now
from supervision.reasons import REASONS
from supervision.services import issuing, urging
from supervision.services.listing import list_case

# What the form of a listing begins with; both can be changed.
PERIOD, RECHECK = timedelta(days=30), timedelta(days=14)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def urge(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Urge the unit that has the case: one press on its file posts here."""
    petition = _case(request, case_id, "supervision.urge")
    actor, at = request.actor, clock.now()

    def act(form: DeedForm) -> None:
        urging.urge(petition_id=petition.pk, note=form.cleaned_data["note"], actor=actor, at=at)

    form = forms.Urge(request.POST or None, version=petition.version)
    return _answer(request, petition, title=_("Urge"), form=form, act=act, said=_("Urged: the unit is told."))


def _reason_at_hand(petition: Petition, at: datetime) -> dict[str, Any]:
    """What the form begins with: the reason that the clock itself tells, with its level and demand; else nothing."""
    if not overdue_now(petition=petition, at=at):
        return {"level": Level.ORDINARY}
    begun = REASONS[Reason.OVERDUE]
    return {"reason": Reason.OVERDUE, "level": begun.level, "content": begun.demand}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Issue a supervision order on a case."""
    petition = _case(request, case_id, "supervision.order")
    actor, at = request.actor, clock.now()

    def act(form: DeedForm) -> None:
        given = form.given()
        unit_id = given.pop("unit")
        said = issuing.Said(**given)
        issuing.issue(petition_id=petition.pk, unit_id=unit_id, said=said, actor=actor, at=at)

    initial = {"unit": petition.lead_unit_id, **_reason_at_hand(petition, at)}
    units = concerned(petition=petition)
    form = forms.Issue(request.POST or None, version=petition.version, units=units, initial=initial)
    return _answer(
        request,
        petition,
        title=_("Issue a supervision order"),
        form=form,
        act=act,
        said=_("Issued."),
        lead=_("It gets its number now, and the limits begin to run.")
        if units
        else _("No unit has had this case yet, so there is nobody to order."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put_on_list(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Put a case on the list of supervised cases."""
    petition = _case(request, case_id, "supervision.order")
    actor, at = request.actor, clock.now()

    def act(form: DeedForm) -> None:
        list_case(petition_id=petition.pk, actor=actor, at=at, **form.given())

    today = timezone.localtime(at).date()
    initial = {"until": today + PERIOD, "recheck_on": today + RECHECK}
    form = forms.ListCase(request.POST or None, version=petition.version, initial=initial)
    return _answer(
        request,
        petition,
        title=_("Put on the list"),
        form=form,
        act=act,
        said=_("The case is on the list."),
        lead=_("Everybody in the house sees unit, township, category and days of a listed case, and nothing else."),
    )


def _case(request: ActorRequest, case_id: UUID, capability: str) -> Petition:
    """The petition, or 404 where it is not for this person, or 403 with the reason."""
    petition = Petition.objects.visible_to(request.actor).filter(pk=case_id).first()
    if petition is None:
        raise Http404
    require(request.actor.may(capability, place=petition.place))
    return petition


def _answer(
    request: ActorRequest,
    petition: Petition,
    *,
    title: str,
    form: DeedForm,
    act: Callable[[DeedForm], Any],
    said: str | Promise,
    lead: str | Promise = "",
) -> HttpResponse:
    page = DeedPage(
        title=title,
        form=form,
        act=act,
        reload=lambda: Petition.objects.get(pk=petition.pk),
        said=said,
        done=reverse("petitions:detail", args=[petition.pk]),
        context={"subject": petition, "lead": lead},
    )
    return answer(request, page)
