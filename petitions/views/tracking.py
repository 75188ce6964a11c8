"""Tracking without an account: a code opens the state of one petition, in plain words, and nothing about anybody."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from kernel.counting import counted
from petitions.choices import COLOURS, State
from petitions.models import Petition

CODE = re.compile(r"[A-Z0-9]{6,12}\Z")
# Codes are long enough not to be guessed; this keeps guessing from costing us anything.
TRIES, WINDOW_SECONDS = 20, 60
STEPS = (State.FILED, State.ACCEPTED, State.DISPATCHED, State.HANDLED, State.VERIFIED, State.CLOSED)
PLAIN: dict[str, str | Promise] = {
    State.FILED: gettext_lazy("It has arrived and waits to be accepted."),
    State.WAITING: gettext_lazy("Something is missing: please sign in and supply it, or call the hotline."),
    State.ACCEPTED: gettext_lazy("It is accepted; the unit that handles it is being chosen."),
    State.DISPATCHED: gettext_lazy("A unit is working on it."),
    State.HANDLED: gettext_lazy("The unit says it is done; the centre is checking."),
    State.VERIFIED: gettext_lazy("It is done and checked. Please sign in and rate it, or tell us when we call."),
    State.CLOSED: gettext_lazy("It is closed."),
    State.ARCHIVED: gettext_lazy("It is closed."),
    State.DECLINED: gettext_lazy("It could not be accepted here."),
    State.WITHDRAWN: gettext_lazy("It was withdrawn."),
    State.PLANNED: gettext_lazy("It runs by a plan of steps; the company sees each of them on its own page."),
    State.JOINED: gettext_lazy("The same matter was reported before; both are handled together."),
}


@never_cache
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opens."""
    code = request.GET.get("code", "").strip().upper().replace("-", "")[:20]
    context: dict[str, Any] = {"code": code}
    if not code:
        return render(request, "petitions/track.html", context)
    if too_often(BaseThrottle().get_ident(Request(request))):
        context["fault"] = _("Too many tries. Wait a minute.")
        return render(request, "petitions/track.html", context, status=429)
    found = _found(code)
    if found is None:
        context["fault"] = _("There is no petition with this code.")
        return render(request, "petitions/track.html", context, status=404)
    context |= {
        "petition": found,
        "plain": PLAIN[found.state],
        "colour": COLOURS[found.state],
        "steps": _steps(found),
        "reply": found.replies.order_by("-replied_at").first(),
    }
    return render(request, "petitions/track.html", context)


def too_often(who: str) -> bool:
    """Count one try; True where this caller has had enough for now. Without a cache nobody is kept out."""
    return (counted(f"track:{who}", seconds=WINDOW_SECONDS) or 0) > TRIES


def _found(code: str) -> Petition | None:
    if not CODE.match(code):
        return None
    return Petition.objects.filter(tracking_code=code).select_related("lead_unit", "decline_reason").first()


def _steps(petition: Petition) -> list[dict[str, Any]]:
    """The way of a petition with the moments that are behind it."""
    return [{"label": State(step).label, "at": getattr(petition, f"{step.value}_at")} for step in STEPS]
