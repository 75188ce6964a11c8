"""The monthly bulletin: each township's rate on its band, the meetings of the month, and how the units did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.http import ActorRequest
from whistles.band import ENOUGH, HIGH, HUNDRED, LOW, WIDEST, Rate
from whistles.choices import COLOURS, HELD
from whistles.forms import MonthFilter
from whistles.models import Whistle
from whistles.months import month_of, rates_of, units_of
from whistles.views.desk import require_view

MOST_MEETINGS = 100


@login_required
@require_safe
def month(request: ActorRequest) -> HttpResponse:
    """One month; the present one unless another is named."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    form = MonthFilter(request.GET)
    day = (form.cleaned_data["month"] if form.is_valid() else None) or timezone.localtime(at).date()
    chosen = month_of(day=day)
    held = Whistle.objects.visible_to(actor).filter(
        state__in=HELD, meets_at__gte=chosen.since, meets_at__lt=chosen.until
    )
    rows = held.counted().select_related("issuer").defer("minutes", "details").order_by("meets_at", "pk")
    context = {
        "month": chosen,
        "form": form,
        "earlier": f"{chosen.first - timedelta(days=1):%Y-%m}",
        "later": f"{timezone.localtime(chosen.until):%Y-%m}" if chosen.until <= at else "",
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
        "held": [{"whistle": one, "colour": COLOURS[one.state]} for one in rows[:MOST_MEETINGS]],
        "at": at,
    }
    return render(request, "whistles/month.html", context)


def _gauge(area: Any, rate: Rate) -> dict[str, Any]:
    return {
        "area": area,
        "rate": rate,
        "colour": COLOURS[rate.reading],
        "needle": rate.place_on_gauge,
    }
