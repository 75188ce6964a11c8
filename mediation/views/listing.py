"""The list of mediation cases: what waits for me, what is open, what has ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from mediation.choices import COLOURS, OPEN_STATES
from mediation.clocks import stage_clock
from mediation.models import MediationCase
from mediation.queries import due_now

PAGE = 50
MINE, OPEN, ENDED = "mine", "open", "ended"
TABS: dict[str, str | Promise] = {
    MINE: gettext_lazy("For me"),
    OPEN: gettext_lazy("All open"),
    ENDED: gettext_lazy("Ended"),
}


@login_required
@require_safe
def mediation_list(request: ActorRequest) -> HttpResponse:
    """The cases of one's committee or territory."""
    actor, at = request.actor, clock.now()
    if not (actor.holds("mediation.manage") or actor.holds("mediation.open")):
        raise NotAllowed(_("Your role does not include this."))
    tab = _tab(request, actor)
    found = keyset.page(
        _found(tab, actor).select_related("petition", "committee", "mediator").defer("petition__description"),
        order="-opened_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    rows = [{"case": one, "colour": COLOURS[one.state], "clock": stage_clock(case=one, at=at)} for one in found.rows]
    context = {
        "rows": rows,
        "tab": tab,
        "tabs": [(name, label, name == tab) for name, label in TABS.items()],
        "may_open": actor.holds("mediation.open"),
        **neighbours(request, found),
    }
    return page(request, "mediation/list.html", "mediation/_cases.html", context)


def _tab(request: HttpRequest, actor: Actor) -> str:
    wanted = request.GET.get("tab", "")
    return wanted if wanted in TABS else MINE if actor.holds("mediation.manage") else OPEN


def _found(tab: str, actor: Actor) -> QuerySet[MediationCase]:
    if tab == MINE:
        return due_now(actor=actor)
    visible: Any = MediationCase.objects.visible_to(actor)
    return visible.open() if tab == OPEN else visible.exclude(state__in=OPEN_STATES)
