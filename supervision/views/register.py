"""The register of supervision orders: what waits for me, everything, and the same rows as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.actors import Actor
from kernel.desks import chosen_tab, download, listed, require_any
from kernel.http import ActorRequest
from kernel.pages import page
from supervision.choices import COLOURS, OPEN_STATES, State
from supervision.clocks import stage_clock
from supervision.forms import RegisterFilter
from supervision.models import SupervisionOrder
from supervision.querysets import OrderQuerySet
from supervision.services.exporting import export_register

LOOKS = ("supervision.order", "supervision.answer")
MINE, OPEN, PROPOSED, ENDED, ALL = "mine", "open", "proposed", "ended", "all"
TABS: dict[str, str | Promise] = {
    MINE: gettext_lazy("For me"),
    PROPOSED: gettext_lazy("Proposed"),
    OPEN: gettext_lazy("All open"),
    ENDED: gettext_lazy("Ended"),
    ALL: gettext_lazy("Everything"),
}


def may_look(actor: Actor) -> bool:
    """Whether a person has a register at all: those who issue orders, and those to whom they are issued."""
    return any(actor.holds(one) for one in LOOKS)


def waiting_for(actor: Actor) -> Q:
    """What a person has to do: receive and answer for one's unit, decide and judge for one's body."""
    units = list(actor.unit_ids)
    mine = Q(pk__in=[])
    if actor.holds("supervision.answer"):
        mine |= Q(unit_id__in=units, state__in=(State.ISSUED, State.RECEIVED))
    if actor.holds("supervision.order"):
        mine |= Q(state=State.PROPOSED) | Q(issuer_id__in=units, state=State.ANSWERED)
    return mine


@login_required
@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """The orders of one's unit or of the area in which one issues them; filters and page stand in the address."""
    actor, at = request.actor, clock.now()
    require_any(actor, *LOOKS)
    form, tab = RegisterFilter(request.GET), chosen_tab(request, tabs=TABS, first=MINE)
    found = found_for(request, form, tab).select_related("petition", "unit", "issuer").defer("petition__description")

    def row(one: SupervisionOrder) -> dict[str, Any]:
        clock_of = stage_clock(order=one, at=at)
        return {"order": one, "colour": COLOURS[one.state], "level_colour": COLOURS[one.level], "clock": clock_of}

    shown = listed(request, found=found, order="-opened_at", row=row, tab=tab, labels=_offered(actor))
    return page(request, "supervision/register.html", "supervision/_orders.html", {"filters": form, **shown})


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    actor, at = request.actor, clock.now()
    require_any(actor, *LOOKS)
    tab = chosen_tab(request, tabs=TABS, first=MINE)
    found = found_for(request, RegisterFilter(request.GET), tab).order_by("-opened_at", "pk")
    return download(export_register(orders=found, actor=actor, at=at), name="supervision", at=at)


def found_for(request: ActorRequest, form: RegisterFilter, tab: str) -> OrderQuerySet:
    """The orders of the list at hand, in this person's scope."""
    visible: OrderQuerySet = SupervisionOrder.objects.visible_to(request.actor)
    narrowed = form.narrow(visible, at=clock.now())
    within: dict[str, Q] = {
        MINE: waiting_for(request.actor),
        PROPOSED: Q(state=State.PROPOSED),
        OPEN: Q(state__in=OPEN_STATES),
        ENDED: ~Q(state__in=OPEN_STATES),
    }
    return narrowed.filter(within[tab]) if tab in within else narrowed


def _offered(actor: Actor) -> list[tuple[str, str | Promise]]:
    return [(name, label) for name, label in TABS.items() if name != PROPOSED or actor.holds("supervision.order")]
