"""Behind each figure: exactly the cases that it counted."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.figures import percent
from assessment.indicators import BY_CODE
from assessment.models import Report, ReportLine
from assessment.queries import drill
from kernel.http import ActorRequest
from petitions.choices import COLOURS

PAGE = 50


@login_required
@require_safe
def cases(request: ActorRequest, line_id: int) -> HttpResponse:
    """The cases of one figure: those that count against it first, then those that count for it."""
    actor = request.actor
    visible = Report.objects.visible_to(actor)
    lines = ReportLine.objects.visible_to(actor).filter(pk=line_id, report__in=visible).select_related("report")
    line = lines.first()
    if line is None:
        raise Http404
    found, hidden = drill(line=line, actor=actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "line": line,
        "indicator": BY_CODE[line.indicator],
        "percent": percent(line.rate),
        "low": percent(line.low),
        "high": percent(line.high),
        "rows": [(one, COLOURS[one.petition.state]) for one in page],
        "hidden": hidden,
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
    }
    return render(request, "assessment/cases.html", context)
