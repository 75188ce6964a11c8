"""The board: who is assigned where, which places have nobody, and what the visits of a month came to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import clock, keyset
from kernel.desks import PAGE, chosen_tab, download, require_any, tab_links
from kernel.http import ActorRequest
from kernel.pages import neighbours, page, readdressed
from liaisons.forms import BoardFilter
from liaisons.models import Assignment, Visit
from liaisons.queries.board import cells_of, cells_without, communities_of, communities_without
from liaisons.queries.figures import in_month, tally
from liaisons.querysets import VIEW
from liaisons.services.exporting import export_list
from liaisons.views.lists import LISTS, Asked
from liaisons.views.sheets import columns_of, rows_of

FIRST = "communities"


@login_required
@require_safe
def board(request: ActorRequest) -> HttpResponse:
    """One of the lists with its filters, all of which stand in the address. Asked by htmx, the list alone."""
    asked, name = _asked(request), _tab(request)
    table = LISTS[name]
    found = keyset.page(table.rows(asked), order=table.order, cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {
        "filters": asked.form,
        "rows": table.shown(asked, found.rows),
        "part": table.template,
        "tab": name,
        "tabs": tab_links(request, labels=((key, one.label) for key, one in LISTS.items()), tab=name),
        "export_href": readdressed(request, tab=name, cursor=""),
        "month_text": f"{asked.month:%Y-%m}",
        "mine": Assignment.objects.filter(user_id=request.actor.user_id or 0).lasting(asked.today).exists(),
        **neighbours(request, found),
    }
    if not request.headers.get("HX-Request"):
        context |= _figures(asked)
    return page(request, "liaisons/board.html", "liaisons/_list.html", context)


@login_required
@require_safe
def export(request: ActorRequest) -> HttpResponseBase:
    """Download the list at hand, up to ten thousand rows."""
    asked, name, at = _asked(request), _tab(request), clock.now()
    book = export_list(
        listed=name,
        title=_("Liaison officials"),
        columns=columns_of(name),
        rows=rows_of(asked, name),
        actor=request.actor,
        at=at,
    )
    return download(book, name=f"liaison-{name}", at=at)


def _asked(request: ActorRequest) -> Asked:
    require_any(request.actor, VIEW)
    return Asked(actor=request.actor, form=BoardFilter(request.GET), today=clock.today())


def _tab(request: ActorRequest) -> str:
    return chosen_tab(request, tabs=LISTS, first=FIRST, everything=FIRST)


def _figures(asked: Asked) -> dict[str, Any]:
    """Each figure counts the rows of the list that it leads to."""
    today: date = asked.today
    communities, cells = communities_of(actor=asked.actor), cells_of(actor=asked.actor)
    month = in_month(Visit.objects.visible_to(asked.actor), first=asked.month)
    return {
        "communities": communities.count(),
        "bare_communities": communities_without(communities, on=today).count(),
        "cells": cells.count(),
        "bare_cells": cells_without(cells, on=today).count(),
        "figures": tally(month),
        "at": clock.now(),
    }
