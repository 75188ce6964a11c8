"""The list of petitions: filters and page in its address, one queryset for the rows, the count and the export."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kernel import clock, keyset
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.starting import start_query
from petitions.forms.filing import desk_of
from petitions.forms.filters import PetitionFilter
from petitions.models import Petition
from petitions.querysets import PetitionQuerySet
from petitions.views.rows import UNREAD, rows_of

PAGE = 50
COUNTED = 1000


def found_for(request: ActorRequest, form: PetitionFilter) -> PetitionQuerySet:
    """The petitions of the list at hand, in this person's scope."""
    actor = request.actor
    return form.narrow(Petition.objects.visible_to(actor), actor=actor, at=clock.now())


@login_required
@require_safe
def petition_list(request: ActorRequest) -> HttpResponse:
    """The petitions that the person sees, narrowed by the address."""
    at, form = clock.now(), PetitionFilter(request.GET)
    if start := start_query(request, list_key="petitions"):
        return redirect(f"{request.path}?{start}")
    found = found_for(request, form)
    shown = keyset.page(
        found.select_related("category", "lead_unit", "center").defer(*UNREAD),
        order=form.order,
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    count, more = keyset.capped_count(found, cap=COUNTED)
    context: dict[str, Any] = {
        "filters": form,
        "rows": rows_of(list(shown.rows), actor=request.actor, at=at),
        "count": count,
        "more": more,
        "linked": [(_without(request, name), words) for name, words in form.linked],
        **neighbours(request, shown),
        "narrowed": any(name not in ("cursor", "saved") for name in request.GET),
        "behind": any(request.GET.get(name) for name in form.BEHIND),
        "staff": desk_of(request.actor) != "citizen",
        "may_file": request.actor.holds("petition.file"),
        "may_export": request.actor.holds("petition.export"),
    }
    return page(request, "petitions/list.html", "petitions/_found.html", context)


def _without(request: HttpRequest, name: str) -> str:
    rest = {one: value for one, value in request.GET.items() if one not in (name, "cursor")}
    return f"?{urlencode(rest)}" if rest else request.path
