"""The responsibility list: search, one matter with its past, and the question whose it is at a place."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kernel.clock import now
from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import page
from organizations.forms import ListForm, WhoForm
from organizations.models import Area, Matter, Unit
from organizations.places import areas_around
from organizations.queries import Refusal, Responsibility, responsible_for
from organizations.queries.catalogue import listed_matters, past_of, with_entries
from organizations.views.paging import neighbours

REASONS = {
    Refusal.NOT_IN_FORCE: _("not in force on that day"),
    Refusal.WIDER_AREA: _("a smaller area has its own arrangement"),
    Refusal.NO_UNIT: _("no working unit is meant there"),
    Refusal.SAME_UNIT: _("the unit is named already"),
}


@login_required
@require_safe
def responsibilities(request: ActorRequest) -> HttpResponse:
    """Matters with who leads and who assists, on a day."""
    form = ListForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    on = given.get("on") or timezone.localtime(now()).date()
    asked = {name: given.get(name, "") for name in ("q", "kind", "unit")}
    found = keyset_page(
        listed_matters(actor=request.actor, on=on, **asked), order="code", cursor=request.GET.get("cursor", "")
    )
    context = {"form": form, "on": on, "rows": with_entries(matters=found.rows, on=on), **neighbours(request, found)}
    return page(request, "organizations/responsibilities.html", "organizations/_matters.html", context)


@login_required
@require_safe
def matter(request: ActorRequest, code: str) -> HttpResponse:
    """One matter: every entry with its past, and the answer to whose it is at a place."""
    held = get_object_or_404(Matter.objects.visible_to(request.actor), code=code)
    form = WhoForm(request.GET if "place" in request.GET else None)
    context: dict[str, Any] = {"matter": held, "periods": past_of(matter=held), "form": form}
    context["today"] = timezone.localtime(now()).date()
    if form.is_bound and form.is_valid():
        context |= _answer(held, **form.cleaned_data)
    return page(request, "organizations/matter.html", "organizations/_who.html", context)


def _answer(held: Matter, *, place: str, on: Any) -> dict[str, Any]:
    at = timezone.make_aware(datetime.combine(on, time(12))) if on else now()
    found = responsible_for(matter_id=held.pk, place=place, at=at)
    units = Unit.objects.in_bulk(_unit_ids(found))
    areas = Area.objects.in_bulk(areas_around(place=place))
    named = [(one, units.get(one.unit_id or 0), areas.get(one.area_code)) for one in found.refused]
    return {
        "answered": True,
        "places": [areas[code] for code in areas_around(place=place) if code in areas],
        "lead": found.lead,
        "lead_unit": units.get(found.lead.unit_id) if found.lead else None,
        "assists": [units[one.unit_id] for one in found.assists],
        "refused": [(one, unit, area, REASONS[Refusal(one.reason)]) for one, unit, area in named],
    }


def _unit_ids(found: Responsibility) -> set[int]:
    everyone = (*found.assists, *found.refused, *((found.lead,) if found.lead else ()))
    return {one.unit_id for one in everyone if one.unit_id is not None}
