"""Saved reports: kept under a name, by whom, for whom, when, and what was answered each time."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.choices import Rhythm
from assessment.models import SavedReport, SavedRun
from assessment.services import saving
from assessment.services.saving import LONGEST_NAME, Wanted
from assessment.statistics import asking
from assessment.statistics.comparing import compared
from assessment.statistics.indicators import BY_CODE
from assessment.statistics.periods import in_words
from assessment.statistics.wording import filters_in_words, written
from assessment.views.statistics import reader
from assessment.views.taking import LONGEST
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.forms import PlainForm
from kernel.http import ActorRequest
from kernel.list_filters import any_of
from organizations.queries import unit_names

RUNS = 24


class SaveForm(PlainForm):
    """A name and, where it is asked by the clock, when."""

    name = forms.CharField(label=_("Name of the report"), max_length=LONGEST_NAME)
    rhythm = forms.ChoiceField(label=_("Ask it by itself"), required=False, choices=any_of(_("never"), Rhythm.choices))
    hour = forms.TypedChoiceField(
        label=_("at"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)], initial=8
    )
    unit = forms.TypedChoiceField(label=_("Shared with"), required=False, coerce=int, empty_value=None)
    query = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = unit_names(unit_ids=actor.unit_ids)
        self.fields["unit"].choices = any_of(_("nobody"), sorted(units.items()))  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was filled in."""
        said = self.cleaned_data
        return Wanted(
            name=said["name"],
            query=dict(parse_qsl(said["query"])),
            unit_id=said["unit"],
            rhythm=said["rhythm"],
            hour=said["hour"],
        )


@login_required
@require_safe
def reports(request: ActorRequest) -> HttpResponse:
    """One's own and those that are shared with one's units."""
    found = SavedReport.objects.visible_to(reader(request)).select_related("owner", "unit").order_by("name", "pk")
    rows = [(one, f"{reverse('assessment:statistics')}?{urlencode(one.query)}") for one in found]
    return render(request, "assessment/saved_reports.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: ActorRequest) -> HttpResponse:
    """Keep the question of an address."""
    actor, at, status = reader(request), clock.now(), 200
    form = SaveForm(request.POST or None, actor=actor, initial={"query": request.GET.get("query", "")[:LONGEST]})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = saving.save(wanted=form.wanted(), actor=actor, at=at)
            except DomainError as error:
                form.explain(error)
                status = error.status
            else:
                messages.success(request, _("Kept."))
                return redirect("assessment:saved-report", made.pk)
    return render(request, "assessment/save.html", {"form": form}, status=status)


@login_required
@require_safe
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """One report: its question, and for its owner what was answered so far."""
    actor, at = reader(request), clock.now()
    found = _seen(actor, report_id)
    question = asking.read(said=found.query, at=at)
    runs = SavedRun.objects.visible_to(actor).filter(report=found).order_by("-due_at").defer("figures")
    context = {
        "report": found,
        "own": found.owner_id == actor.user_id,
        "question": question,
        "filters": filters_in_words(question.filters),
        "href": f"{reverse('assessment:statistics')}?{urlencode(found.query)}",
        "runs": runs[:RUNS],
    }
    return render(request, "assessment/saved_report.html", context)


@login_required
@require_safe
def run(request: ActorRequest, report_id: UUID, run_id: UUID) -> HttpResponse:
    """What was answered, and on demand what the same question answers now."""
    actor, at = reader(request), clock.now()
    runs = SavedRun.objects.visible_to(actor).select_related("report")
    found = runs.filter(pk=run_id, report=_seen(actor, report_id)).first()
    if found is None:
        raise Http404
    question = asking.read(said=found.query, at=at)
    again = request.GET.get("again") == "1"
    now = saving.counted(question=question, actor=actor, at=at) if again else None
    lines = compared(kept=found.figures, now=now)
    context = {
        "run": found,
        "report": found.report,
        "question": question,
        "period": in_words(question.span),
        "again": again,
        "lines": [
            (one, written(BY_CODE[one.of], one.kept), written(BY_CODE[one.of], one.now) if again else "")
            for one in lines
        ],
        "changed": sum(one.differs for one in lines) if again else 0,
        "href": f"{reverse('assessment:statistics')}?{urlencode(found.query)}",
    }
    return render(request, "assessment/saved_run.html", context)


@login_required
@require_POST
def end(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Give it up."""
    actor = reader(request)
    saving.end(report_id=_seen(actor, report_id).pk, actor=actor, at=clock.now())
    messages.success(request, _("Given up."))
    return redirect("assessment:saved-reports")


def _seen(actor: Actor, report_id: UUID) -> SavedReport:
    found: SavedReport | None = (
        SavedReport.objects.visible_to(actor).select_related("owner", "unit").filter(pk=report_id).first()
    )
    if found is None:
        raise Http404
    return found
