"""How much time may be given: what every area has set for which units, and setting it anew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dispatch.models import TimeRule
from dispatch.services.time_rules import CAPABILITY, MAY_SET, may_set_for, set_time_rule
from dispatch.time_forms import SetTimeRule
from dispatch.time_rules import all_rules
from dispatch.times import EXTENSIONS, FIGURES, PAUSES, PauseReason, usual_figures
from kernel import clock
from kernel.actors import Actor
from kernel.desks import require_any
from kernel.errors import DomainError
from kernel.http import ActorRequest
from kernel.pages import onward
from organizations.models import Area
from petitions.choices import Urgency

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def time_rules(request: ActorRequest) -> HttpResponse:
    """The rules, for everybody who reads reference data; the form for those who keep them."""
    actor, at = request.actor, clock.now()
    require_any(actor, "reference.view", CAPABILITY)
    may_set, status = actor.holds(CAPABILITY), 200
    if request.method == "POST":
        require_any(actor, CAPABILITY)
    posted = request.POST if request.method == "POST" else None
    form = SetTimeRule(posted, areas=_areas(actor), initial=_begun()) if may_set else None
    if form is not None and posted is not None:
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                set_time_rule(said=form.said(at=at), actor=actor, at=at)
            except DomainError as error:
                form.explain(error)
                status = error.status
            else:
                messages.success(request, _("Set: what was granted before stays."))
                return onward(request, "dispatch:time-rules")
    context = {
        "rows": [_row(one, at) for one in all_rules()],
        "form": form,
        "figures": [form[name] for name in FIGURES] if form else [],
    }
    return render(request, "dispatch/time_rules.html", context, status=status)


def _areas(actor: Actor) -> list[tuple[str, str]]:
    """Those for which the person may set something."""
    areas = [
        one for one in Area.objects.filter(level__in=MAY_SET).order_by("code") if may_set_for(actor=actor, area=one)
    ]
    everywhere = [("", _("Everywhere"))] if may_set_for(actor=actor, area=None) else []
    return [*everywhere, *((one.code, one.name) for one in areas)]


def _begun() -> dict[str, Any]:
    """The form begins with the usual figures."""
    figures = usual_figures()
    return {**figures, "quota_share": int(float(figures["quota_share"]) * 100)}


def _row(one: TimeRule, at: Any) -> dict[str, Any]:
    room, until = one.room, one.valid_until
    return {
        "rule": one,
        "extension": [(label, room.extension[code]) for code, label in Urgency.choices if code in EXTENSIONS],
        "pause": [(label, room.pause[code]) for code, label in PauseReason.choices if code in PAUSES],
        "percent": int(room.quota.share * 100),
        "running": one.valid_from <= at and (until is None or until > at),
        "planned": one.valid_from > at,
    }
