"""What is put aside, and what is unread: lists of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desk.models import Snooze
from desk.queries.unread import CHANGED, NEW, never_opened, unread, with_me
from desk.queries.waiting import marks_on_desk
from desk.querysets import ANSWERS_FOR_TIME
from desk.services import snoozing
from kernel import clock, keyset
from kernel.calendars import current
from kernel.desks import tab_links
from kernel.http import ActorRequest
from kernel.pages import neighbours, onward, page
from petitions.choices import COLOURS
from petitions.clocks import stage_clock
from petitions.models import Petition

PAGE = 50
MINE, ALL = "mine", "all"
LONG = ("description", "salt", "rating_note")


@login_required
@require_safe
def unread_cases(request: ActorRequest) -> HttpResponse:
    """What waits with one's units and one never opened, or what others changed since one opened it; next due first."""
    actor, at = request.actor, clock.now()
    tab = CHANGED if request.GET.get("tab") == CHANGED else NEW
    mine = Petition.objects.visible_to(actor)
    wanted = unread(actor=actor) if tab == CHANGED else with_me(actor=actor) & never_opened(actor=actor)
    found = mine.filter(wanted)
    shown = keyset.page(
        found.select_related("lead_unit", "center").defer(*LONG),
        order="stage_due_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    count, more = keyset.capped_count(found)
    labels = ((NEW, _("Never opened")), (CHANGED, _("Changed since I opened it")))
    context: dict[str, Any] = {
        "rows": [_row(one, at) for one in shown.rows],
        "tabs": tab_links(request, labels=labels, tab=tab),
        "tab": tab,
        "count": count,
        "more": more,
        **neighbours(request, shown),
    }
    return page(request, "desk/unread.html", "desk/_unread.html", context)


@login_required
@require_safe
def marks(request: ActorRequest) -> HttpResponse:
    """How much is unread or aside: fetched once the workbench is shown, which never waits for it."""
    return render(request, "desk/_marks.html", {"marks": marks_on_desk(actor=request.actor)})


@login_required
@require_safe
def snoozes(request: ActorRequest) -> HttpResponse:
    """What one has put aside; whoever answers for time sees who put aside what, on the cases that he sees."""
    actor = request.actor
    answers = actor.holds(ANSWERS_FOR_TIME)
    tab = ALL if answers and request.GET.get("tab") == ALL else MINE
    rows = Snooze.objects.visible_to(actor).running().select_related("petition", "user")
    rows = rows.defer(*(f"petition__{name}" for name in LONG))
    if tab == MINE:
        rows = rows.filter(user_id=actor.user_id or 0)
    found = keyset.page(rows, order="until", cursor=request.GET.get("cursor", ""), size=PAGE)
    labels = ((MINE, _("Put aside by me")), (ALL, _("Put aside by anybody")))
    context = {
        "rows": found.rows,
        "tabs": tab_links(request, labels=labels, tab=tab) if answers else [],
        "tab": tab,
        "me": actor.user_id,
        **neighbours(request, found),
    }
    return page(request, "desk/snoozes.html", "desk/_snoozes.html", context)


@login_required
@require_POST
def wake(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Take a case back."""
    snoozing.wake(case_id=case_id, actor=request.actor, at=clock.now())
    messages.success(request, _("It is on your desk again."))
    return onward(request, "desk:snoozes")


def _row(petition: Petition, at: datetime) -> dict[str, Any]:
    ticking = stage_clock(petition=petition, at=at, calendar=current(at=at))
    return {"petition": petition, "clock": ticking, "colour": COLOURS[petition.state]}
