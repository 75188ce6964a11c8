"""Hit-rates: how often the first unit was also the last, the cases behind each figure, and a spreadsheet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from dispatch.hitrates import MIN_CASES, By, HitRate, cases_behind, hit_rates, whole
from dispatch.models import WorkOrder
from dispatch.periods import days_of, period_of
from dispatch.workbooks import hit_rate_book
from kernel import clock, keyset
from kernel.actors import Actor
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.permissions import require
from organizations.queries import may_anywhere
from petitions.choices import COLOURS

PAGE = 50
SHOWN = 200
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def hitrates(request: ActorRequest) -> HttpResponse:
    """The groups of a period, the most missed first."""
    actor = _reader(request)
    said, by = _said(request)
    rates = hit_rates(actor=actor, by=by, since=said["since"], until=said["until"])
    context = {
        "rates": [(one, _percent(one), _between(one), _link(request, one)) for one in rates[:SHOWN]],
        "more": max(len(rates) - SHOWN, 0),
        "whole": whole(rates=rates),
        "whole_percent": _percent(whole(rates=rates)),
        "whole_between": _between(whole(rates=rates)),
        "groups": [(one.value, one.label) for one in By],
        "by": by,
        "first": said["first"],
        "last": said["last"],
        "least": MIN_CASES,
    }
    return page(request, "dispatch/hit_rates.html", "dispatch/_hit_rates.html", context)


@login_required
@require_safe
def cases(request: ActorRequest) -> HttpResponse:
    """The cases of one group, newest first; `missed=1` leaves only those that went on to another unit."""
    actor = _reader(request)
    said, by = _said(request)
    key, missed = request.GET.get("key", "")[:60], request.GET.get("missed") == "1"
    found = cases_behind(actor=actor, by=by, key=key, since=said["since"], until=said["until"], missed=missed)
    shown = keyset.page(found.defer("description"), order="-filed_at", cursor=request.GET.get("cursor", ""), size=PAGE)
    went = _ways([one.pk for one in shown.rows])
    context = {
        "rows": [(one, COLOURS[one.state], went.get(one.pk, [])) for one in shown.rows],
        "label": request.GET.get("label", "")[:80] or key,
        "missed": missed,
        "first": said["first"],
        "last": said["last"],
        "back": f"?{urlencode({'by': by, 'since': said['first'], 'until': said['last']})}",
        **neighbours(request, shown),
    }
    return page(request, "dispatch/hit_rate_cases.html", "dispatch/hit_rate_cases.html", context)


@login_required
@require_safe
def book(request: ActorRequest) -> HttpResponseBase:
    """The same figures, of every grouping, as a spreadsheet."""
    actor = _reader(request)
    said, _by = _said(request)
    groups = [(str(by.label), hit_rates(actor=actor, by=by, since=said["since"], until=said["until"])) for by in By]
    made = hit_rate_book(groups=groups, first=said["first"], last=said["last"], at=clock.now())
    name = f"hit-rates-{said['first']}-{said['last']}.xlsx"
    return FileResponse(made, as_attachment=True, filename=name, content_type=TYPE)


def _reader(request: ActorRequest) -> Actor:
    require(may_anywhere(request.actor, capability="assessment.view"))
    return request.actor


def _said(request: ActorRequest) -> tuple[dict[str, Any], str]:
    """The period as instants and as days, and the grouping; one that does not exist is the first."""
    given, at = request.GET.dict(), clock.now()
    since, until = period_of(said=given, at=at)
    first, last = days_of(said=given, at=at)
    by = given.get("by", "")
    return {"since": since, "until": until, "first": first, "last": last}, by if by in By.values else By.ENTRY.value


def _percent(one: HitRate) -> str:
    return "" if one.rate is None else f"{one.rate * 100:.1f} %"


def _between(one: HitRate) -> str:
    return "" if one.interval is None else f"{one.interval[0] * 100:.1f} – {one.interval[1] * 100:.1f} %"


def _link(request: ActorRequest, one: HitRate) -> str:
    kept = {name: value for name, value in request.GET.items() if name in ("by", "since", "until")}
    return urlencode({**kept, "key": one.key, "label": one.label[:80], "missed": "1"})


def _ways(petition_ids: list[Any]) -> dict[Any, list[str]]:
    """The units that each case went through, in order. One query."""
    found: dict[Any, list[str]] = {}
    rows = WorkOrder.objects.filter(petition__in=petition_ids).select_related("unit").order_by("assigned_at", "pk")
    for order in rows.defer("result", "decision"):
        found.setdefault(order.petition_id, []).append(str(order.unit))
    return found
