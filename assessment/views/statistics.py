"""Statistics: a question in the address, its table and chart, and the cases behind every number."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment.statistics import asking, drilling
from assessment.statistics.asking import Question
from assessment.statistics.drilling import COUNTED, Drill
from assessment.statistics.explaining import keys_in_words
from assessment.statistics.forms import form_of
from assessment.statistics.periods import in_words
from assessment.statistics.presets import PRESETS
from assessment.statistics.showing import picture, shown_line
from assessment.statistics.tables import FEW, table_of
from assessment.statistics.wording import filters_in_words, scope_in_words, stretch_in_words
from kernel import clock, keyset
from kernel.actors import Actor
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from kernel.permissions import require
from organizations.queries import may_anywhere
from petitions.choices import COLOURS

PAGE = 50
COUNT_CAP = 10_000
SHOWN = 200


def reader(request: ActorRequest) -> Actor:
    """Whoever asks, where they may see figures at all. Raises NotAllowed."""
    require(may_anywhere(request.actor, capability="assessment.view"))
    return request.actor


def said_in(request: HttpRequest) -> dict[str, str]:
    """The parameters of an address; figures may come one by one, as boxes that are ticked."""
    said = {name: values[-1] for name, values in request.GET.lists()}
    if "of" in said:
        said["of"] = ",".join(value for value in request.GET.getlist("of") if value)
    # A form sends every field; what does not belong to the period that is chosen says nothing.
    for name in ("since", "until") if said.get("period") != "range" else ("on",):
        said.pop(name, None)
    return said


def question_of(request: HttpRequest, *, at: Any) -> Question:
    """The question that the address asks. Two directions leave room for one figure: the first that is ticked."""
    said = said_in(request)
    if said.get("across") and "," in said.get("of", ""):
        said["of"] = said["of"].split(",")[0]
    return asking.read(said=said, at=at)


@login_required
@require_safe
def statistics(request: ActorRequest) -> HttpResponse:
    """The table that is asked for."""
    actor, at = reader(request), clock.now()
    question = question_of(request, at=at)
    table = table_of(question=question, actor=actor, at=at, most_lines=SHOWN)
    span = question.span
    context = {
        "at": at,
        "question": question,
        "form": form_of(question),
        "table": table,
        "lines": [shown_line(table, one) for one in (*table.lines[:SHOWN], table.total)],
        "more": table.more + max(len(table.lines) - SHOWN, 0),
        "picture": picture(table),
        "period": in_words(span),
        "stretches": [stretch_in_words(question, one) for one in table.windows],
        "filters": filters_in_words(question.filters),
        "scope": scope_in_words(actor),
        "few": FEW,
        "presets": [(one.label, f"?{one.query}") for one in PRESETS],
        "earlier": f"?{question.in_period(span.moved(-1)).address()}",
        "later": f"?{question.in_period(span.moved(1)).address()}" if span.until <= at else "",
        "export_query": question.address(),
    }
    return page(request, "assessment/statistics.html", "assessment/_statistics.html", context)


@login_required
@require_safe
def cases(request: ActorRequest) -> HttpResponse:
    """The cases behind a number: as many as it says, as far as nothing has moved since."""
    actor = reader(request)
    given = {name: values[-1] for name, values in request.GET.lists() if name != "cursor"}
    drill = drilling.read(said=given)
    context = {
        "title": drill.indicator.label,
        "drill": drill,
        "part": drill.indicator.of if drill.part == COUNTED and drill.indicator.of else drill.indicator.said,
        "facts": facts_of(drill),
        "take": drilling.address(drill) if actor.holds("petition.export") else "",
        **listed(request, drill.cases(actor=actor)),
    }
    return page(request, "assessment/statistics_cases.html", "assessment/_statistics_cases.html", context)


def listed(request: HttpRequest, found: Any) -> dict[str, Any]:
    """A page of cases, newest first, with how many there are."""
    rows = found.select_related("lead_unit", "center").defer("description", "salt")
    shown = keyset.page(rows, order="-filed_at", cursor=request.GET.get("cursor", ""), size=PAGE)
    count, more = keyset.capped_count(found, cap=COUNT_CAP)
    return {
        "rows": [(one, COLOURS[one.state]) for one in shown.rows],
        "count": count,
        "over": more,
        **neighbours(request, shown),
    }


def facts_of(drill: Drill) -> list[tuple[str, str]]:
    """What a list is narrowed to, in words."""
    since, until = (f"{timezone.localtime(one):%Y-%m-%d %H:%M}" for one in (drill.since, drill.until))
    found = [(_("From"), since), (_("Until"), until), *filters_in_words(drill.filters), *keys_in_words(drill)]
    return [(str(name), str(value)) for name, value in found]
