"""The conservation check: accepted = closed + open + returned + suspended + void, by area, now or at a past instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment.statistics import balance as books
from assessment.statistics.asking import FORMS
from assessment.statistics.balance import CLASSES, Balance
from assessment.statistics.counters import Checked, checked
from assessment.statistics.counting import one_snapshot
from assessment.statistics.dimensions import BY_CODE
from assessment.statistics.recounting import MOST_CASES, balances_as_of
from assessment.statistics.wording import area_in_words, scope_in_words
from assessment.views.statistics import listed, reader
from kernel import clock
from kernel.errors import Invalid
from kernel.http import ActorRequest
from kernel.pages import page
from organizations.places import CELL_DIGITS

LATER = timedelta(days=1)
COLUMNS = ("accepted", *(one.code for one in CLASSES), "awaiting", "turned_away")
LEVELS = {"township_code": "township", "village_code": "village", "cell_code": "grid"}


@login_required
@require_safe
def balance(request: ActorRequest) -> HttpResponse:
    """The books now; with `asof` those of a past instant from the log; with `proof` both beside each other."""
    actor, now = reader(request), clock.now()
    area = _area(request)
    asof = _instant(request, now)
    proof = request.GET.get("proof") == "1"
    context: dict[str, Any] = {
        "at": asof or now,
        "asof": asof,
        "proof": proof,
        "area": area,
        "place": area_in_words(area) if area else "",
        "scope": scope_in_words(actor),
        "classes": CLASSES,
        "most": MOST_CASES,
        "up": area[: {12: 9, 15: 12}.get(len(area), 0)] if area else "",
    }
    if asof:
        told = balances_as_of(actor=actor, area=area, at=asof)
        context |= {"too_many": told is None, **_shown(told, area, links=False)}
    else:
        # The proof too, in the same snapshot and with all that it holds: a living system moves between two of them.
        with one_snapshot():
            told = balances_as_of(actor=actor, area=area, at=now + LATER) if proof else None
            counted = books.balances(actor=actor, area=area)
            counters = checked(actor=actor, area=area, full=counted[0])
        context |= {**_shown(counted, area, links=True), "counters": _counters(counters, now)}
        if proof:
            context |= {"too_many": told is None, "agrees": told is not None and told[0] == counted[0]}
            context["told"] = told[0] if told else None
    return page(request, "assessment/balance.html", "assessment/_balance.html", context)


@login_required
@require_safe
def cases(request: ActorRequest) -> HttpResponse:
    """The cases behind a number of the books."""
    actor, area, code = reader(request), _area(request), request.GET.get("of", "accepted")
    if code not in ("filed", *COLUMNS):
        raise Invalid(_("Some parameters are not right."), fields={"of": [_("There is no such figure.")]})
    named = {one.code: one for one in CLASSES}
    context = {
        "title": named[code].label if code in named else titles()[code],
        "part": named[code].said if code in named else "",
        "facts": [(_("Area"), area_in_words(area))] if area else [],
        "back": reverse("assessment:balance"),
        **listed(request, books.cases(actor=actor, area=area, code=code)),
    }
    return page(request, "assessment/statistics_cases.html", "assessment/_statistics_cases.html", context)


def _counters(found: Checked | None, now: datetime) -> dict[str, Any] | None:
    if found is None:
        return None
    facts = {name: number_format(number, force_grouping=True) for name, number in found.facts().items()}
    facts["moment"] = f"{timezone.localtime(now):%Y-%m-%d %H:%M:%S}"
    if found.agree:
        said = _(
            "The counters that are kept as things happen agree: %(filed)s filed, %(open)s open; checked at %(moment)s."
        )
    else:
        said = _(
            "The counters that are kept as things happen say otherwise: %(filed)s filed, %(open)s open;"
            " a full count says %(full)s and %(standing)s."
        )
    return {"agree": found.agree, "said": said % facts}


def titles() -> dict[str, str]:
    """The columns beside the classes, in words."""
    return {
        "filed": _("Filed"),
        "accepted": _("Accepted"),
        "awaiting": _("Awaiting acceptance"),
        "turned_away": _("Ended without acceptance"),
    }


def _shown(counted: tuple[Balance, list[Balance]] | None, area: str, *, links: bool) -> dict[str, Any]:
    if counted is None:
        return {"total": None, "lines": []}
    total, lines = counted
    ways = BY_CODE[LEVELS[books.level_below(area)]]
    names = ways.labels([one.area for one in lines]) if ways.labels else {}
    return {
        "total": {"row": total, "cells": _cells(total, area, links)},
        "equation": {"left": total.accepted, "right": [(one.label, total.classes[one.code]) for one in CLASSES]},
        "level": ways.label,
        "lines": [
            {
                "row": one,
                "label": names.get(one.area, one.area),
                "cells": _cells(one, one.area, links and bool(one.area)),
                "below": one.area if one.area and len(one.area) < CELL_DIGITS else "",
            }
            for one in lines
        ],
    }


def _cells(one: Balance, area: str, links: bool) -> list[tuple[str, int, str]]:
    numbers = {"accepted": one.accepted, **one.classes, "awaiting": one.awaiting, "turned_away": one.turned_away}
    path = reverse("assessment:balance-cases")
    labels = {**{row.code: str(row.label) for row in CLASSES}, **titles()}
    return [
        (labels[code], number, f"{path}?{urlencode({'of': code, 'area': area})}" if links else "")
        for code, number in numbers.items()
    ]


def _area(request: ActorRequest) -> str:
    area = request.GET.get("area", "")
    if area and not FORMS["area"].match(area):
        raise Invalid(_("Some parameters are not right."), fields={"area": [_("Not a choice.")]})
    return area


def _instant(request: ActorRequest, now: datetime) -> datetime | None:
    text = request.GET.get("asof", "")
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or not 1990 <= found.year <= 2200:
        raise Invalid(_("Some parameters are not right."), fields={"asof": [_("Not an instant.")]})
    aware = timezone.make_aware(found) if timezone.is_naive(found) else found
    return min(aware, now)
