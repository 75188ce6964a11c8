"""The desk of calls: what waits for me, by what it waits for, and everything; the same rows as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from calls.choices import COLOURS, State
from calls.clocks import stage_clock
from calls.forms import DeskFilter
from calls.models import Call
from calls.policies import calling_seat
from calls.querysets import CallQuerySet
from calls.services.exporting import export_calls
from kernel import clock
from kernel.actors import Actor
from kernel.desks import chosen_tab, download, listed, require_any
from kernel.http import ActorRequest
from kernel.pages import page, readdressed

LOOKS = (
    "call.file", "call.sign", "call.triage", "call.answer", "call.serve", "call.rule", "call.rate", "assessment.view",
)  # fmt: skip
# Soonest due first where something waits; the newest first where one looks back.
DUE, NEWEST = "stage_due_at", "-filed_at"


@dataclass(frozen=True, slots=True)
class Tab:
    """One row: the list, for whom, and in which order."""

    label: str | Promise
    rows: Callable[[CallQuerySet, Actor], CallQuerySet]
    order: str
    capability: str = ""


# fmt: off
TABS: dict[str, Tab] = {
    "mine":   Tab(gettext_lazy("To my unit"),       lambda calls, actor: calls.to_units(actor),                  DUE, "call.answer"),  # noqa: E501
    "team":   Tab(gettext_lazy("To my team"),       lambda calls, actor: calls.to_team(actor),                   DUE, "call.serve"),  # noqa: E501
    "sign":   Tab(pgettext_lazy("call", "To sign"),  lambda calls, actor: calls.to_sign(actor),                   DUE, "call.sign"),  # noqa: E501
    "triage": Tab(gettext_lazy("To triage"),        lambda calls, actor: calls.to_triage(actor),                 DUE, "call.triage"),  # noqa: E501
    "answer": Tab(gettext_lazy("Awaiting an answer"), lambda calls, actor: calls.filter(state=State.CALLED),     DUE),
    "way":    Tab(gettext_lazy("On the way or on site"), lambda calls, actor: calls.filter(state__in=(State.ANSWERED, State.ARRIVED)), DUE),  # noqa: E501
    "judge":  Tab(gettext_lazy("To judge"),         lambda calls, actor: calls.to_judge(actor),                  DUE, "call.rate"),  # noqa: E501
    "rule":   Tab(gettext_lazy("To adjudicate"),    lambda calls, actor: calls.to_rule(actor),                   DUE, "call.rule"),  # noqa: E501
    "closed": Tab(pgettext_lazy("calls", "Closed"), lambda calls, actor: calls.ended(),                 NEWEST),
    "all":    Tab(gettext_lazy("Everything"),       lambda calls, actor: calls,                         NEWEST),
}
# fmt: on
SHOWN = (
    "id",
    "number",
    "version",
    "state",
    "kind",
    "quick",
    "asked",
    "filed_at",
    "stage_from",
    "stage_due_at",
    "changed_at",
    "parts_total",
    "parts_replied",
    "caller__name",
    "caller__short_name",
    "lead__name",
    "lead__short_name",
    "team__name",
    "center__name",
    "center__short_name",
    "answered_in_time",
    "speed",
    "quality",
)  # fmt: skip


@login_required
@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The calls that a person may see; tab, filters and page stand in the address. Asked by htmx, the list alone."""
    actor, at = request.actor, clock.now()
    require_any(actor, *LOOKS)
    form, name = DeskFilter(request.GET), _tab(request, actor)
    found = found_for(request, form, name).select_related("caller", "lead", "team", "center").only(*SHOWN)
    labels = [(key, tab.label) for key, tab in _offered(actor)]

    def row(one: Call) -> dict[str, Any]:
        clock_of = stage_clock(call=one, at=at)
        return {"call": one, "colour": COLOURS[one.state], "kind_colour": COLOURS[one.kind], "clock": clock_of}

    context = {
        "filters": form,
        "here": readdressed(request, tab=name),
        "may_call": calling_seat(actor=actor) is not None,
        **listed(request, found=found, order=TABS[name].order, row=row, tab=name, labels=labels),
    }
    return page(request, "calls/desk.html", "calls/_calls.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    actor, at = request.actor, clock.now()
    require_any(actor, *LOOKS)
    found = found_for(request, DeskFilter(request.GET), _tab(request, actor)).order_by("-filed_at", "pk")
    return download(export_calls(found=found, actor=actor, at=at), name="calls", at=at)


def found_for(request: ActorRequest, form: DeskFilter, tab: str) -> CallQuerySet:
    """The calls of the list at hand, in this person's scope."""
    visible: CallQuerySet = Call.objects.visible_to(request.actor)
    return TABS[tab].rows(form.narrow(visible, at=clock.now()), request.actor)


def _offered(actor: Actor) -> list[tuple[str, Tab]]:
    return [(key, tab) for key, tab in TABS.items() if not tab.capability or actor.holds(tab.capability)]


def _tab(request: HttpRequest, actor: Actor) -> str:
    """The tab asked for; without one what waits for this person, and with filters everything."""
    offered = [key for key, _one in _offered(actor)]
    return chosen_tab(request, tabs=offered, first=offered[0])
