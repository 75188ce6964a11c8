"""Who is away and who stands in: the list, the form, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.desks import tab_links
from kernel.errors import NotAllowed
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import neighbours, onward, page
from organizations.forms import AbsenceForm, UnitChoice
from organizations.models import Absence, Unit
from organizations.queries.absences import colleagues, enter_verdict
from organizations.services.absences import end_absence, enter_absence

COMING, ALL = "coming", "all"


@login_required
@require_safe
def absences(request: ActorRequest) -> HttpResponse:
    """Absences of one's units, one's own, and those in which one stands in; what is over has a tab of its own."""
    actor, at = request.actor, clock.now()
    tab = ALL if request.GET.get("tab") == ALL else COMING
    found = Absence.objects.visible_to(actor).select_related("user", "unit", "stand_in")
    found = found.to_come(at) if tab == COMING else found
    order = "begins_at" if tab == COMING else "-begins_at"
    shown = keyset_page(found, order=order, cursor=request.GET.get("cursor", ""))
    labels = ((COMING, _("Now and to come")), (ALL, _("All")))
    context = {
        "rows": [_row(one, request, at) for one in shown.rows],
        "tabs": tab_links(request, labels=labels, tab=tab),
        "may_enter": bool(actor.unit_ids) or actor.holds("account.manage"),
        **neighbours(request, shown),
    }
    return page(request, "organizations/absences.html", "organizations/_absences.html", context)


def _row(one: Absence, request: ActorRequest, at: Any) -> dict[str, Any]:
    verdict = enter_verdict(actor=request.actor, user_id=one.user_id, unit_id=one.unit_id)
    mine = one.stand_in_id == request.actor.user_id
    return {
        "absence": one,
        "running": one.begins_at <= at < one.ends_at,
        "over": one.ends_at <= at,
        # Why somebody is away can be a matter of health: for the person, and for who decides on the absence.
        "reason": one.get_reason_display() if verdict else "",
        "may_end": one.ends_at > at and (bool(verdict) or mine),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: ActorRequest) -> HttpResponse:
    """Enter an absence."""
    actor, at = request.actor, clock.now()
    begun = {"begins_at": localtime(at), "ends_at": localtime(at) + timedelta(days=1)}
    manages = actor.holds("account.manage")
    if not (manages or actor.unit_ids):
        raise NotAllowed(_("An absence is entered by the person, by the head of the unit or by an administrator."))
    chosen = UnitChoice(request.GET or None)
    unit_id = chosen.cleaned_data["unit"] if manages and chosen.is_valid() else None
    people = colleagues(actor=actor, at=at, unit_id=unit_id)
    form = AbsenceForm(request.POST or None, initial=begun, people=people, own=actor.user_id or 0)

    def act(form: AbsenceForm) -> UUID:
        return enter_absence(**form.given(), actor=actor, at=at).pk

    def done(_made: str) -> HttpResponse:
        messages.success(request, _("The stand-in has the seat for that time, and knows it."))
        return onward(request, "organizations:absences")

    context: dict[str, Any] = {
        "title": _("Enter an absence"),
        "back": reverse("organizations:absences"),
        "submit": _("Enter"),
    }
    if manages:
        context |= {"units": Unit.objects.working().order_by("code"), "unit_id": unit_id}
    filing = FilingPage(form=form, act=act, done=done, template="organizations/absence.html", context=context)
    return answer(request, filing, at=at)


@login_required
@require_POST
def end(request: ActorRequest, absence_id: UUID) -> HttpResponse:
    """Somebody is back, or does not leave."""
    actor = request.actor
    get_object_or_404(Absence.objects.visible_to(actor), pk=absence_id)
    end_absence(absence_id=absence_id, actor=actor, at=clock.now())
    messages.success(request, _("The absence is over; the stand-in's rights have ended."))
    return onward(request, "organizations:absences")
