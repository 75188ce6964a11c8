"""Who was responsible for X in Y on date Z: one question, one answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kernel.actors import Actor
from kernel.clock import today
from kernel.http import ActorRequest
from kernel.pages import page
from organizations.models import Area, Matter, ResponsibilityEntry, Unit
from organizations.places import areas_around
from organizations.queries import Refusal, Responsibility, responsible_for
from registry.forms.filters import WhoForm
from registry.models import Act, Item, ItemVersion

MOST_FOUND = 12
REASONS = {
    Refusal.NOT_IN_FORCE: _("not in force on that day"),
    Refusal.WIDER_AREA: _("a smaller area has its own arrangement"),
    Refusal.NO_UNIT: _("no working unit is meant there"),
    Refusal.SAME_UNIT: _("the unit is named already"),
}


@login_required
@require_safe
def who(request: ActorRequest) -> HttpResponse:
    """The question and, where it is whole, the answer; words that several matters fit are answered with those."""
    asked = "x" in request.GET
    form = WhoForm(request.GET if asked and "place" in request.GET else None, initial=_begun(request))
    context: dict[str, Any] = {"form": form, "today": today(), "areas": _places}
    if asked:
        matters, item = _meant(request.GET["x"].strip()[:64], actor=request.actor)
        matter = matters[0] if len(matters) == 1 else item.matter if item else None
        context |= {"matters": matters, "matter": matter, "item": item}
        if matter is not None:
            context["periods"] = _past(matter)
        if form.is_bound and form.is_valid():
            context["place_code"], context["on"] = form.cleaned_data["place"], form.cleaned_data["on"] or today()
            context |= _answer(matter, item, place=context["place_code"], on=context["on"])
    return page(request, "registry/who.html", "registry/_who.html", context)


def _places() -> list[tuple[str, str]]:
    """Every place of our county by the digits it is known by, for the list under the field."""
    return [(one.prefix, one.name) for one in Area.objects.inside(settings.HOME_AREA).order_by("code")]


def _begun(request: ActorRequest) -> dict[str, Any]:
    return {"x": request.GET.get("x", "")[:64], "on": today()}


def _meant(words: str, *, actor: Actor) -> tuple[list[Matter], Item | None]:
    """The matters that may be meant, and the item where its code was given."""
    item = Item.objects.visible_to(actor).select_related("matter", "unit", "area").filter(code__iexact=words).first()
    if item is not None:
        return ([item.matter] if item.matter else []), item
    if not words:
        return [], None
    seen = Matter.objects.visible_to(actor)
    exact = list(seen.filter(Q(code__iexact=words) | Q(name=words))[:1])
    return exact or list(seen.filter(Q(name__icontains=words)).order_by("code")[:MOST_FOUND]), None


def _past(matter: Matter) -> list[ResponsibilityEntry]:
    """Every entry that routing ever read for the matter, area by area, the latest period first."""
    rows = ResponsibilityEntry.objects.filter(matter=matter).select_related("unit", "area")
    return list(rows.order_by("area_id", "code", "-valid_from"))


def _answer(matter: Matter | None, item: Item | None, *, place: str, on: date) -> dict[str, Any]:
    areas = areas_around(place=place)
    named = Area.objects.in_bulk(areas)
    answer = {"answered": True, "places": [named[code] for code in areas if code in named]}
    version = _version(matter, item, areas=areas, on=on)
    answer |= {"version": version, "act": _act(version)}
    if matter is None:
        return answer
    found = responsible_for(matter_id=matter.pk, place=place, at=timezone.make_aware(datetime.combine(on, time(12))))
    units = Unit.objects.in_bulk(_unit_ids(found))
    passed = [(one, units.get(one.unit_id or 0), named.get(one.area_code)) for one in found.refused]
    return answer | {
        "lead": found.lead,
        "lead_unit": units.get(found.lead.unit_id) if found.lead else None,
        "assists": [units[one.unit_id] for one in found.assists],
        "passed": [(one, unit, area, REASONS[Refusal(one.reason)]) for one, unit, area in passed],
    }


def _unit_ids(found: Responsibility) -> set[int]:
    everyone = (*found.assists, *found.refused, *((found.lead,) if found.lead else ()))
    return {one.unit_id for one in everyone if one.unit_id is not None}


def _version(matter: Matter | None, item: Item | None, *, areas: Sequence[str], on: date) -> ItemVersion | None:
    """What the registry said on the day: of the item asked for, or of the item whose area is the smallest around."""
    held = ItemVersion.objects.in_force(on).select_related("item", "lead_unit", "draft_line__draft")
    if matter is None:
        return held.filter(item=item).first() if item else None
    around = {one.area_id: one for one in held.filter(matter=matter, area__in=areas)}
    return next((around[code] for code in areas if code in around), None)


def _act(version: ItemVersion | None) -> Act | None:
    """Who signed it, and why."""
    if version is None:
        return None
    return Act.objects.filter(to_version=version).select_related("signed_by", "signed_unit").first()
