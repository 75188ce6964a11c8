"""Sheets of a period: of a month the rates on their band, what met and how units did; of a quarter its inspections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.actors import Actor
from kernel.desks import download
from kernel.http import ActorRequest
from kernel.periods import MONTH, QUARTER, Period, period_of
from whistles.band import ENOUGH, HIGH, HUNDRED, LOW, WIDEST, Rate
from whistles.choices import COLOURS, HELD, Form
from whistles.forms import MonthFilter
from whistles.models import Whistle
from whistles.months import rates_of, units_of
from whistles.quarters import findings_by_unit
from whistles.services.exporting import export_findings
from whistles.views.desk import require_view

MOST_MEETINGS = 100


@login_required
@require_safe
def month(request: ActorRequest) -> HttpResponse:
    """One month; the present one unless another is named."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    chosen = _chosen(request, MONTH, at)
    context = {
        **_sheet(chosen, _held(actor, chosen), at),
        "rates": [_gauge(area, rate) for area, rate in rates_of(actor=actor, month=chosen)],
        "band": {
            "low": LOW,
            "high": HIGH,
            "from": HUNDRED * LOW / WIDEST,
            "to": HUNDRED * HIGH / WIDEST,
            "width": HUNDRED * (HIGH - LOW) / WIDEST,
            "enough": ENOUGH,
        },
        "units": units_of(actor=actor, month=chosen),
    }
    return render(request, "whistles/month.html", context)


@login_required
@require_safe
def quarter(request: ActorRequest) -> HttpResponse:
    """The inspections of the quarter that a month lies in; of the present one unless another is named."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    chosen = _chosen(request, QUARTER, at)
    context = {
        **_sheet(chosen, _held(actor, chosen).filter(form=Form.INSPECTION), at),
        "units": findings_by_unit(actor=actor, quarter=chosen),
        "may_call": actor.holds("whistle.ask") or actor.holds("whistle.issue"),
    }
    return render(request, "whistles/quarter.html", context)


@login_required
@require_safe
def quarter_export(request: ActorRequest) -> HttpResponseBase:
    """Download the findings of the quarter at hand."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    book = export_findings(quarter=_chosen(request, QUARTER, at), actor=actor, at=at)
    return download(book, name="findings", at=at)


def _chosen(request: ActorRequest, months: int, at: datetime) -> Period:
    """The period of the month that the address names, else of today."""
    form = MonthFilter(request.GET)
    day = (form.cleaned_data["month"] if form.is_valid() else None) or timezone.localtime(at).date()
    return period_of(day=day, months=months)


def _held(actor: Actor, chosen: Period) -> Any:
    return Whistle.objects.visible_to(actor).filter(chosen.holds("meets_at"), state__in=HELD)


def _sheet(chosen: Period, held: Any, at: datetime) -> dict[str, Any]:
    """What both sheets show: the period, those beside it, and what met in it."""
    rows = held.counted().select_related("issuer").defer("minutes", "details").order_by("meets_at", "pk")
    return {
        "period": chosen,
        "earlier": f"{chosen.before:%Y-%m}",
        "later": f"{chosen.after:%Y-%m}" if chosen.until <= at else "",
        "held": [{"whistle": one, "colour": COLOURS[one.state]} for one in rows[:MOST_MEETINGS]],
        "at": at,
    }


def _gauge(area: Any, rate: Rate) -> dict[str, Any]:
    return {
        "area": area,
        "rate": rate,
        "colour": COLOURS[rate.reading],
        "needle": rate.place_on_gauge,
    }
