"""The list of reports, and one report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment.choices import Audience
from assessment.figures import sections_of
from assessment.forms import BuildForm
from assessment.models import Report
from assessment.months import month_before
from assessment.queries import lines_of
from kernel import clock
from kernel.errors import NotAllowed
from kernel.http import ActorRequest


@login_required
@require_safe
def reports(request: ActorRequest) -> HttpResponse:
    """The months that there are, the latest first."""
    actor = request.actor
    if not actor.holds("assessment.view") and not actor.holds("assessment.publish"):
        raise NotAllowed(_("Your role does not include this."))
    may_publish = actor.holds("assessment.publish")
    context = {
        "reports": list(Report.objects.visible_to(actor).select_related("published_by").order_by("-month")),
        "may_publish": may_publish,
        "form": BuildForm(initial={"month": month_before(at=clock.now())}) if may_publish else None,
    }
    return render(request, "assessment/reports.html", context)


def seen(request: ActorRequest, report_id: UUID) -> Report:
    """The report, or a 404 where it is not there or not for this person."""
    found: Report | None = Report.objects.visible_to(request.actor).filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """One month, one group at a time; `?all=1` shows every group for the printer."""
    actor, found = request.actor, seen(request, report_id)
    by_audience: dict[str, list[Any]] = {}
    for line in lines_of(report=found, actor=actor):
        by_audience.setdefault(line.audience, []).append(line)
    groups = [one for one in Audience if one.value in by_audience]
    whole = request.GET.get("all") == "1"
    chosen = _chosen(request, groups)
    shown = groups if whole else [chosen] if chosen else []
    context = {
        "report": found,
        "groups": [(one.value, one.label, one == chosen and not whole) for one in groups],
        "shown": [(one.label, sections_of(lines=by_audience[one.value], audience=one.value)) for one in shown],
        "whole": whole,
        "months": list(Report.objects.visible_to(actor).order_by("-month").values_list("pk", "month")),
        "may_publish": actor.holds("assessment.publish") and found.published_at is None,
        "over": found.ends_at <= clock.now(),
    }
    return render(request, "assessment/report.html", context)


def _chosen(request: HttpRequest, groups: list[Audience]) -> Audience | None:
    wanted = request.GET.get("group", "")
    return next((one for one in groups if one.value == wanted), groups[0] if groups else None)
