"""What stands still (挂账), by age: case by case for those who oversee it, unit by unit for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dispatch import ageing
from dispatch.models import TimeRequest
from dispatch.times import PauseReason
from kernel import clock, keyset
from kernel.http import ActorRequest
from kernel.pages import neighbours, page

PAGE = 50


@login_required
@require_safe
def hangups(request: ActorRequest) -> HttpResponse:
    """Those in one's scope, the oldest first."""
    actor, at = request.actor, clock.now()
    unit, reason = _unit(request), request.GET.get("reason", "")
    rows = ageing.running(actor=actor, unit_id=unit, reason=reason if reason in PauseReason.values else "")
    shown = keyset.page(
        rows.select_related("petition", "unit", "decided_by", "order"),
        order="since",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "rows": [_row(one, at) for one in shown.rows],
        "reasons": PauseReason.choices,
        "reason": reason,
        "unit": unit,
        "units": ageing.by_unit(at=at) if actor.holds("order.grant_time") else (),
        **neighbours(request, shown),
    }
    return page(request, "dispatch/hangups.html", "dispatch/_hangups.html", context)


@require_safe
def by_unit(request: HttpRequest) -> HttpResponse:
    """For everybody, signed in or not: counts by unit and nothing of any case."""
    at = clock.now()
    return render(request, "dispatch/hangups_by_unit.html", {"units": ageing.by_unit(at=at), "at": at})


def _row(one: TimeRequest, at: Any) -> dict[str, Any]:
    assert one.since is not None
    days = ageing.days_old(since=one.since, at=at)
    return {"one": one, "days": days, "colour": ageing.colour_of(days=days)}


def _unit(request: HttpRequest) -> int | None:
    given = request.GET.get("unit", "")
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise Http404
    return int(given)
