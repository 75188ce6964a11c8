"""The list of items, and the card of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kernel.chains import verify_case
from kernel.clock import today
from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import neighbours, page
from organizations.queries import conditions_by_matter
from registry.choices import ItemStatus, ListKind
from registry.flowchart import limit_words
from registry.forms.filters import ItemFilters
from registry.history import acts_of
from registry.models import HandOver, Item, ItemVersion
from registry.queries.catalogue import cooperations_of, domains, listed_items, with_versions
from registry.queries.contents import content_of
from registry.views.offers import WORKERS, offers_of_item
from registry.wording import names_for

PAGE = 50
FILTERS = ("q", "status", "kind", "part", "domain", "unit", "township")


@login_required
@require_safe
def items(request: ActorRequest) -> HttpResponse:
    """Items by words and filters, as they stand on a day."""
    form = ItemFilters(request.GET or None, domains=domains(actor=request.actor))
    given = form.cleaned_data if form.is_valid() else {}
    on = given.get("on") or today()
    asked = {name: given[name] for name in FILTERS if given.get(name)}
    rows = listed_items(actor=request.actor, on=on, **asked).select_related("area", "matter", "unit")
    found = keyset_page(rows, order="code", cursor=request.GET.get("cursor", ""), size=PAGE)
    context = {
        "form": form,
        "on": on,
        "rows": with_versions(items=found.rows, on=on),
        "may_propose": request.actor.holds("registry.propose"),
        "may_work": any(request.actor.holds(name) for name in WORKERS),
        "filtered": bool(request.GET),
        "kinds": [(one.value, one.label, one.value == given.get("kind")) for one in ListKind],
        **neighbours(request, found),
    }
    return page(request, "registry/items.html", "registry/_items.html", context)


def seen(request: ActorRequest, code: str) -> Item:
    """The item, or a 404 where it is not there or not for this person."""
    items: QuerySet[Item] = Item.objects.visible_to(request.actor).select_related("area", "matter", "unit")
    return get_object_or_404(items, code=code)


@login_required
@require_safe
def item(request: ActorRequest, code: str) -> HttpResponse:
    """One item: what it says, how its work runs, who changed it and why, and what may be done with it."""
    found = seen(request, code)
    versions = list(found.versions.select_related("lead_unit", "draft_line__draft").order_by("-number"))
    if not versions:
        raise Http404
    version = _chosen(versions, request.GET.get("version", ""))
    status = status_of(version, today())
    names = names_for(categories=version.categories)
    beside, conditions = cooperations_of(versions=[version])[version.pk], conditions_at(found, version)
    said = content_of(version=version, cooperations=beside, conditions=conditions)
    on_list = list(HandOver.objects.visible_to(request.actor).filter(item=found).select_related("from_unit", "to_unit"))
    context = {
        "item": found,
        "version": version,
        "versions": versions,
        "today": today(),
        "status": status,
        "names": names,
        "cooperations": beside,
        "conditions": conditions,
        "categories": [names.category(one) for one in version.categories],
        "limit": limit_words(value=version.limit_value, unit=version.limit_unit),
        "drawing": names.drawing(said),
        "acts": acts_of(item=found),
        "chain": verify_case(case_id=found.pk),
        "hand_overs": on_list,
        "reads_cases": any(name.startswith("petition.") for name in request.actor.capabilities),
        **offers_of_item(found, version, status, on_list, request.actor),
    }
    return render(request, "registry/item.html", context)


def _chosen(versions: list[ItemVersion], number: str) -> ItemVersion:
    """The version of the address, else the one in force, else the last."""
    if number:
        for one in versions:
            if str(one.number) == number:
                return one
        raise Http404
    on = today()
    return next((one for one in versions if status_of(one, on) == ItemStatus.IN_FORCE), versions[0])


def status_of(version: ItemVersion, on: date) -> ItemStatus:
    """How a version stands on a day."""
    if version.valid_from > on:
        return ItemStatus.COMING
    if version.valid_until is not None and version.valid_until <= on:
        return ItemStatus.WITHDRAWN
    return ItemStatus.IN_FORCE


def conditions_at(found: Item, version: ItemVersion) -> list[Any]:
    """The filing conditions of the item's matter on the first day of a version."""
    if found.matter_id is None:
        return []
    return conditions_by_matter(matter_ids=[found.matter_id], on=version.valid_from).get(found.matter_id, [])
