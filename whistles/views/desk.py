"""The desk: what waits for me, what is open, and everything; and the same rows as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.actors import Actor
from kernel.desks import chosen_tab, download, listed, require_any
from kernel.http import ActorRequest
from kernel.pages import page
from whistles.choices import COLOURS, GATHERING, OPEN_STATES, State
from whistles.clocks import stage_clock
from whistles.forms import DeskFilter
from whistles.models import Whistle
from whistles.queries import waiting_for
from whistles.querysets import VIEW, WhistleQuerySet
from whistles.services.exporting import export_whistles

MINE, GATHER, DOING, ENDED, ALL = "mine", "gather", "doing", "ended", "all"
TABS: dict[str, str | Promise] = {
    MINE: gettext_lazy("For me"),
    GATHER: pgettext_lazy("whistles", "Coming together"),
    DOING: pgettext_lazy("whistles", "Being carried out"),
    ENDED: pgettext_lazy("whistles", "Ended"),
    ALL: gettext_lazy("Everything"),
}


@login_required
@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The whistles of one's area and of one's units; filters and page stand in the address."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    form, tab = DeskFilter(request.GET), chosen_tab(request, tabs=TABS, first=MINE)
    found = found_for(request, form, tab).counted().select_related("asker", "issuer").defer("minutes", "details")

    def row(one: Whistle) -> dict[str, Any]:
        clock_of = stage_clock(whistle=one, at=at)
        return {"whistle": one, "colour": COLOURS[one.state], "kind_colour": COLOURS[one.kind], "clock": clock_of}

    context = {
        "filters": form,
        "may_call": actor.holds("whistle.ask") or actor.holds("whistle.issue"),
        **listed(request, found=found, order="-opened_at", row=row, tab=tab, labels=TABS.items()),
    }
    return page(request, "whistles/desk.html", "whistles/_whistles.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    tab = chosen_tab(request, tabs=TABS, first=MINE)
    found = found_for(request, DeskFilter(request.GET), tab).order_by("-opened_at", "pk")
    return download(export_whistles(whistles=found, actor=actor, at=at), name="whistles", at=at)


def found_for(request: ActorRequest, form: DeskFilter, tab: str) -> WhistleQuerySet:
    """The whistles of the list at hand, in this person's scope."""
    visible: WhistleQuerySet = Whistle.objects.visible_to(request.actor)
    narrowed = form.narrow(visible, at=clock.now())
    within: dict[str, Q] = {
        MINE: waiting_for(request.actor),
        GATHER: Q(state__in=GATHERING),
        DOING: Q(state=State.RECORDED),
        ENDED: ~Q(state__in=OPEN_STATES),
    }
    return narrowed.filter(within[tab]) if tab in within else narrowed


def require_view(actor: Actor) -> None:
    """Raise NotAllowed for those who have nothing to do with whistles."""
    require_any(actor, VIEW)
