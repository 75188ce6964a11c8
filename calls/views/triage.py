"""The page of triage: what the list says, step by step, and the form filled in with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calls.forms import TriageForm
from calls.models import Call
from calls.queries import callable_units, listed_for, move_verdict
from calls.services import calls, triaging
from calls.views.call import place_name, seen
from calls.workflow import CALLS
from dispatch.explaining import explain
from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from petitions.services.stages import end_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def triage(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """Name lead, cooperating units and limit; the list has filled them in."""
    found, actor, at = seen(request, call_id), request.actor, clock.now()
    require(move_verdict(move="triage", call=found, actor=actor))
    if request.method != "POST":
        CALLS.row(move="triage", state=found.state)
    decided = listed_for(call=found, at=at)
    said = explain(recorded=decided.record(), lacking="" if hasattr(decided, "unit_id") else decided.reason)
    form = TriageForm(
        request.POST or None,
        version=found.version,
        units=callable_units(call=found),
        initial=begun(found, decided, at),
    )

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        triaging.triage(call_id=found.pk, actor=actor, at=at, version=version, **form.given())

    page = DeedPage(
        title=_("Triage"),
        form=form,
        act=act,
        reload=lambda: Call.objects.get(pk=found.pk),
        said=_("Called: the units are told."),
        done=reverse("calls:call", args=[found.pk]),
        context={
            "call": found,
            "place": place_name(found.place),
            "why": said,
            "subject": {"number": found.number, "title": str(found.caller)},
            "submit": _("Call the units"),
        },
        names={"unit": "unit_id"},
        template="calls/triage.html",
    )
    return answer(request, page)


def begun(found: Call, decided: Any, at: datetime) -> dict[str, Any]:
    """What the form begins with: by the list, and by what the caller wants."""
    limit = getattr(decided, "limit", None)
    usual = end_of(limit=limit, at=at) if limit else calls.end_of_step(clock="call.work", call=found, at=at)
    wanted = found.wanted_by if found.wanted_by and found.wanted_by > at else usual
    return {
        "unit_id": getattr(decided, "unit_id", None),
        "until": wanted.replace(second=0, microsecond=0),
        "assists": [one for one in decided.assists if one != found.caller_id],
    }
