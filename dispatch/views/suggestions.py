"""How the suggestions fared, and the cases in which they did not hold."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dispatch.learnt import learnt
from dispatch.models import TriageTrial
from dispatch.periods import days_of, period_of
from dispatch.trials import CATEGORY, MISSED, Fared, fared, missed
from kernel import clock, keyset
from kernel.http import ActorRequest
from kernel.pages import neighbours
from kernel.permissions import require
from organizations.queries import may_anywhere, unit_names
from petitions.models import Category

PAGE = 50


@login_required
@require_safe
def suggestions(request: ActorRequest) -> HttpResponse:
    """The figures of a period, and the misses of one kind, the newest first."""
    actor, at, given = request.actor, clock.now(), request.GET.dict()
    require(may_anywhere(actor, capability="assessment.view"))
    since, until = period_of(said=given, at=at)
    first, last = days_of(said=given, at=at)
    what = given.get("missed", "") if given.get("missed", "") in MISSED else CATEGORY
    shown = keyset.page(
        missed(actor=actor, what=what, since=since, until=until),
        order="-decided_at",
        cursor=given.get("cursor", ""),
        size=PAGE,
    )
    context = {
        "lines": _lines(fared(actor=actor, since=since, until=until)),
        "model": learnt(),
        "what": what,
        "rows": _rows(list(shown.rows), what),
        "first": first,
        "last": last,
        **neighbours(request, shown),
    }
    return render(request, "dispatch/suggestions.html", context)


def _lines(figures: dict[str, Fared]) -> list[tuple[str, Fared, str]]:
    return [
        (_("Category"), figures["categories"], "category"),
        (_("Category, where somebody saw the suggestion"), figures["shown"], "category"),
        (_("Category, where it was called almost certain"), figures["certain"], "category"),
        (_("Unit"), figures["units"], "unit"),
        (_("Unit, where somebody saw the suggestion"), figures["units_shown"], "unit"),
    ]


def _rows(trials: list[TriageTrial], what: str) -> list[dict[str, Any]]:
    """What was suggested and what was decided, in names. One query."""
    if what == CATEGORY:
        codes = {code for one in trials for code in (one.categories[0], one.decided_category)}
        names: dict[Any, str] = dict(Category.objects.filter(code__in=codes).values_list("code", "name"))
        pairs: list[tuple[TriageTrial, Any, float, Any]] = [
            (one, one.categories[0], one.category_sure[0], one.decided_category) for one in trials
        ]
    else:
        ids = {key for one in trials for key in (one.units[0], one.decided_unit) if key is not None}
        names = dict(unit_names(unit_ids=ids))
        pairs = [(one, one.units[0], one.unit_sure[0], one.decided_unit) for one in trials]
    return [
        {
            "petition": one.petition,
            "said": names.get(said, ""),
            "percent": round(sure * 100),
            "decided": names.get(decided, ""),
        }
        for one, said, sure, decided in pairs
    ]
