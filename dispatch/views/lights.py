"""The shares at which lights change: what every area has set, and setting them anew."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dispatch.services import lights as rules
from dispatch.time_forms import SetLights
from kernel import clock
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.pages import onward
from organizations.models import Area

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lights(request: ActorRequest) -> HttpResponse:
    """The table, for everybody who reads reference data; the form for those who keep it."""
    actor, at = request.actor, clock.now()
    if not (actor.holds("reference.view") or actor.holds("reference.edit")):
        raise NotAllowed(_("Your role does not include this."))
    may_set, status = actor.holds("reference.edit"), 200
    form = SetLights(request.POST or None, areas=_areas()) if may_set else None
    if request.method == "POST":
        if form is None:
            raise NotAllowed(_("Your role does not include this."))
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                rules.set_lights(actor=actor, at=at, **form.given())
            except DomainError as error:
                form.explain(error, names={"area": "area", "warn": "warn"})
                status = error.status
            else:
                messages.success(request, _("Set: it holds for the orders handed out from now on."))
                return onward(request, "dispatch:lights")
    context = {"rules": rules.latest(at=at), "usual": rules.USUAL, "form": form}
    return render(request, "dispatch/lights.html", context, status=status)


def _areas() -> list[tuple[str, str]]:
    rows = Area.objects.filter(level__in=rules.MAY_SET).order_by("code").values_list("code", "name")
    return list(rows)
