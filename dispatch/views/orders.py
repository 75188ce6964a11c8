"""Work orders as an inbox: by what has to be done with them, the next due first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dispatch.choices import COLOURS
from dispatch.clocks import order_clocks
from dispatch.joint.queries import Tally, tallies
from dispatch.models import WorkOrder
from dispatch.order_list import ANY, TABS, OrderFilter, in_scope, scopes_of
from dispatch.querysets import OrderQuerySet
from kernel import clock, keyset
from kernel.actors import Actor
from kernel.calendars import current
from kernel.http import ActorRequest
from kernel.pages import neighbours, page, readdressed
from kernel.running import Running
from kernel.starting import start_query

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: the order, its next clock, its colours."""

    order: WorkOrder
    clock: Running | None
    colour: str
    light: str
    joint: Tally | None


@login_required
@require_safe
def orders(request: ActorRequest) -> HttpResponse:
    """The orders of one's units, or all that one oversees."""
    actor, at = request.actor, clock.now()
    if start := start_query(request, list_key="orders"):
        return redirect(f"{request.path}?{start}")
    scope = _scope(request, actor)
    counts = _counts(in_scope(WorkOrder.objects.visible_to(actor), actor=actor, scope=scope))
    form = OrderFilter(_asked(request, scope=scope))
    first = _first(actor, counts)
    tab, found = form.shown_tab(first), form.narrow(actor=actor, at=at, tab=first)
    shown = keyset.page(
        found.select_related("petition__category", "unit"),
        order=TABS.get(tab, ANY).order,
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "rows": _rows(list(shown.rows), at),
        "tabs": [_link(request, name, counts, tab) for name in TABS],
        "tab": tab,
        "empty": TABS.get(tab, ANY).empty,
        "scope": scope,
        "may_try": actor.holds("order.assign"),
        "scopes": scopes_of(actor=actor),
        "form": form,
        "late": form.is_valid() and form.cleaned_data["overdue"],
        "narrowed": any(request.GET.get(name) for name in form.fields if name not in ("tab", "scope", "overdue")),
        **neighbours(request, shown),
    }
    return page(request, "dispatch/orders.html", "dispatch/_orders.html", context)


def _scope(request: HttpRequest, actor: Actor) -> str:
    wanted = request.GET.get("scope", "")
    offered = scopes_of(actor=actor)
    return wanted if wanted in offered else offered[0]


def _asked(request: HttpRequest, *, scope: str) -> QueryDict:
    """The address with the scope that is shown; a list that is not there counts as none."""
    said = request.GET.copy()
    said["scope"] = scope
    if said.get("tab") not in TABS:
        said.pop("tab", None)
    return said


def _counts(orders_: OrderQuerySet) -> dict[str, int]:
    """How many stand in each open state: one query over the open ones."""
    rows = orders_.open().order_by().values_list("state").annotate(n=Count("pk"))
    return {str(state): n for state, n in rows}


def _first(actor: Actor, counts: dict[str, int]) -> str:
    """The first tab that is one's own to do and not empty."""
    own = ["sign", "hand"] if actor.holds("order.sign") else []
    own += [name for name, right in (("return", "order.rule"), ("verify", "order.verify")) if actor.holds(right)]
    waiting = [name for name in own if any(counts.get(state) for state in TABS[name].states)]
    return next(iter(waiting), own[0] if own else "hand")


def _link(request: HttpRequest, name: str, counts: dict[str, int], tab: str) -> dict[str, Any]:
    number = None if name == "done" else sum(counts.get(state, 0) for state in TABS[name].states)
    return {
        "label": TABS[name].label,
        "href": readdressed(request, tab=name, cursor="", overdue=""),
        "number": number,
        "here": name == tab,
    }


def _rows(found: list[WorkOrder], at: datetime) -> list[Row]:
    calendar = current(at=at)
    counted = tallies(order_ids=[one.pk for one in found if one.assists])
    rows = []
    for order in found:
        clocks = order_clocks(order=order, at=at, calendar=calendar)
        rows.append(
            Row(
                order=order,
                clock=clocks[0].clock if clocks else None,
                colour=COLOURS[order.state],
                light=COLOURS[order.light(at=at)],
                joint=counted.get(order.pk),
            )
        )
    return rows
