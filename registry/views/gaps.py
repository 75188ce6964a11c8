"""Gaps of the list: which there are, which cases met one, and closing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.deed_pages import DeedPage, answer
from kernel.errors import NotAllowed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.permissions import require
from organizations.models import Area
from organizations.places import areas_around
from organizations.queries import may_anywhere
from petitions.choices import COLOURS as CASE_COLOURS
from registry.forms.gaps import CloseGap, GapFilters
from registry.gaps.choices import COLOURS, GapState
from registry.gaps.querysets import READERS
from registry.models import Gap
from registry.queries.gaps import calls_of, cases_of, gaps_of
from registry.services.gaps import close as close_gap

PAGE = 50


@login_required
@require_safe
def gaps(request: ActorRequest) -> HttpResponse:
    """The gaps, the last met first; the open ones unless asked otherwise."""
    _reader(request.actor)
    form = GapFilters(request.GET if "state" in request.GET else {"state": GapState.OPEN, **request.GET.dict()})
    said = form.cleaned_data if form.is_valid() else {"state": "", "kind": ""}
    found = keyset.page(
        gaps_of(actor=request.actor, state=said.get("state", ""), kind=said.get("kind", "")),
        order="-last_at",
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    places = _places([gap.place for gap in found.rows])
    context = {
        "form": form,
        "rows": [(gap, COLOURS[gap.state], places.get(gap.place, "")) for gap in found.rows],
        **neighbours(request, found),
    }
    return page(request, "registry/gaps.html", "registry/_gaps.html", context)


@login_required
@require_safe
def gap(request: ActorRequest, gap_id: UUID) -> HttpResponse:
    """One gap with the cases behind it, as far as the reader may see them."""
    found = _seen(request, gap_id)
    shown = keyset.page(
        cases_of(gap=found, actor=request.actor), order="-filed_at", cursor=request.GET.get("cursor", ""), size=PAGE
    )
    calls = calls_of(gap=found)
    hidden = found.times - calls - cases_of(gap=found, actor=request.actor).count()
    context = {
        "gap": found,
        "colour": COLOURS[found.state],
        "place": _places([found.place]).get(found.place, ""),
        "rows": [(petition, CASE_COLOURS[petition.state]) for petition in shown.rows],
        "hidden": max(hidden, 0),
        "calls": calls,
        "may_close": found.state == GapState.OPEN and request.actor.holds("registry.approve"),
        "may_propose": found.state == GapState.OPEN and request.actor.holds("registry.propose"),
        **neighbours(request, shown),
    }
    return render(request, "registry/gap.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ActorRequest, gap_id: UUID) -> HttpResponse:
    """Name the draft that filled it, or say why the list is right."""
    found, actor = _seen(request, gap_id), request.actor
    require(may_anywhere(actor, capability="registry.approve"))

    def act(form: DeedForm) -> None:
        version = form.cleaned_data["version"]
        close_gap(gap_id=found.pk, actor=actor, at=clock.now(), version=version, **form.given())

    return answer(
        request,
        DeedPage(
            title=_("Close the gap"),
            form=CloseGap(request.POST or None, gap=found, actor=actor),
            act=act,
            reload=lambda: Gap.objects.get(pk=found.pk),
            said=_("The gap is closed."),
            done=reverse("registry:gap", args=[found.pk]),
            names={"answer": "draft"},
            context={"lead": _("It is closed by the draft that fills it, or with the grounds why none is needed.")},
        ),
    )


def _reader(actor: Actor) -> None:
    if not any(actor.holds(name) for name in READERS):
        raise NotAllowed(_("Your role does not include this."))


def _seen(request: ActorRequest, gap_id: UUID) -> Gap:
    found: Gap | None = gaps_of(actor=request.actor).filter(pk=gap_id).first()
    if found is None:
        raise Http404
    return found


def _places(codes: list[str]) -> dict[str, Any]:
    """The names of places by their prefix. One query."""
    areas = {code: next(iter(areas_around(place=code)), "") for code in codes if code}
    names = dict(Area.objects.filter(pk__in=set(areas.values())).values_list("code", "name"))
    return {code: names.get(area, code) for code, area in areas.items()}
