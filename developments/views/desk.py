"""The desk of development petitions: what waits for me, what runs, what is late; the same rows as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from developments.choices import COLOURS, State
from developments.clocks import stage_clock
from developments.forms import DeskFilter
from developments.models import Development
from developments.policies import ACCEPT, ANSWER, RULE, VIEW
from developments.querysets import DevelopmentQuerySet
from developments.services.exporting import export_developments
from kernel import clock
from kernel.actors import Actor
from kernel.desks import chosen_tab, download, listed, require_any
from kernel.http import ActorRequest
from kernel.pages import page, readdressed

Rows = DevelopmentQuerySet
# The green channel first, then the soonest due; the newest first where one looks back.
DUE, NEWEST = "queue_at", "-filed_at"


@dataclass(frozen=True, slots=True)
class Tab:
    """One row: the list, for whom, and in which order."""

    label: str | Promise
    rows: Callable[[Rows, Actor, datetime], Rows]
    order: str
    capability: str = ""


# fmt: off
TABS: dict[str, Tab] = {
    "mine":    Tab(gettext_lazy("Steps of my unit"),    lambda rows, actor, at: rows.mine(actor),      DUE, ANSWER),
    "accept":  Tab(pgettext_lazy("development", "To accept"), lambda rows, actor, at: rows.to_accept(actor), DUE, ACCEPT),  # noqa: E501
    "rule":    Tab(gettext_lazy("To decide"),           lambda rows, actor, at: rows.to_rule(actor),   DUE, RULE),
    "running": Tab(pgettext_lazy("developments", "Running"), lambda rows, actor, at: rows.filter(state=State.RUNNING), DUE),  # noqa: E501
    "late":    Tab(pgettext_lazy("developments", "Late"), lambda rows, actor, at: rows.late(at=at),    DUE),
    "papers":  Tab(gettext_lazy("Papers due"),          lambda rows, actor, at: rows.owing(),          DUE),
    "closed":  Tab(pgettext_lazy("developments", "Ended"), lambda rows, actor, at: rows.ended(),       NEWEST),
    "all":     Tab(gettext_lazy("Everything"),          lambda rows, actor, at: rows,                  NEWEST),
}
# fmt: on


@login_required
@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The cases that a person may see; tab, filters and page stand in the address. Asked by htmx, the list alone."""
    actor, at = request.actor, clock.now()
    require_any(actor, VIEW)
    form, name = DeskFilter(request.GET), _tab(request, actor)
    found = found_for(request, form, name, at).select_related("enterprise__unit", "template").defer("salt", "asked")
    labels = [(key, tab.label) for key, tab in _offered(actor)]

    def row(one: Development) -> dict[str, Any]:
        return {"case": one, "colour": COLOURS[one.state], "clock": stage_clock(development=one, at=at)}

    context = {
        "filters": form,
        "here": readdressed(request, tab=name),
        **listed(request, found=found, order=TABS[name].order, row=row, tab=name, labels=labels),
    }
    return page(request, "developments/desk.html", "developments/_cases.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    actor, at = request.actor, clock.now()
    require_any(actor, VIEW)
    found = found_for(request, DeskFilter(request.GET), _tab(request, actor), at).order_by("-filed_at", "pk")
    return download(export_developments(found=found, actor=actor, at=at), name="developments", at=at)


def found_for(request: ActorRequest, form: DeskFilter, tab: str, at: datetime) -> DevelopmentQuerySet:
    """The cases of the list at hand, in this person's scope."""
    visible: DevelopmentQuerySet = Development.objects.visible_to(request.actor)
    return TABS[tab].rows(form.narrow(visible, at=at), request.actor, at)


def _offered(actor: Actor) -> list[tuple[str, Tab]]:
    return [(key, tab) for key, tab in TABS.items() if not tab.capability or actor.holds(tab.capability)]


def _tab(request: HttpRequest, actor: Actor) -> str:
    """The tab asked for; without one what waits for this person, and with filters everything."""
    offered = [key for key, _one in _offered(actor)]
    return chosen_tab(request, tabs=offered, first=offered[0])
