"""The workbench: the first page after signing in. One list of what waits, soonest breach first."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from calls.policies import calling_seat
from developments.policies import home_of
from governance.web import links
from governance.web.cases import rows_of
from governance.web.health import backlog
from governance.web.inbox import inbox_of, still_open
from governance.web.keywork import keywork
from governance.web.papers import papers
from governance.web.told import told
from kernel import clock
from kernel.http import ActorRequest
from kernel.pages import page
from organizations.queries.absences import standing_in
from registry.queries.gaps import open_gaps_count

OWN_SHOWN = 20


@login_required
@require_safe
def workbench(request: ActorRequest) -> HttpResponse:
    """What waits for the person; asked by htmx it answers with the list alone."""
    actor, at, only = request.actor, clock.now(), request.GET.get("queue", "")
    if not actor.unit_ids and home_of(actor=actor) is not None:
        return redirect("developments:home")  # a company's contact has one page to begin with
    inbox = inbox_of(actor=actor, at=at, only=only)
    context: dict[str, Any] = {
        "at": at,
        "office": bool(actor.unit_ids),
        "inbox": inbox,
        "only": only,
        "told": told(actor=actor, at=at),
        "papers": papers(actor=actor),
        "keywork": keywork(actor=actor, at=at),
        "file_href": links.file_petition() if actor.holds("petition.file") else "",
        "call_href": reverse("calls:file") if calling_seat(actor=actor) else "",
        "dashboard_href": reverse("governance:dashboard") if actor.holds("assessment.view") else "",
    }
    if actor.stands_for:
        context["standing_in"] = standing_in(user_id=actor.user_id, at=at)
    if not actor.unit_ids and not actor.holds("operations.view"):
        context["own"] = rows_of(still_open(actor=actor)[:OWN_SHOWN], at=at)
    if actor.holds("operations.view"):
        context["backlog"] = backlog(at=at)
    if actor.holds("registry.review"):
        context["gaps"] = open_gaps_count(actor=actor)
    return page(request, "governance/workbench.html", "governance/_inbox.html", context)
