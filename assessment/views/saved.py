"""Saved reports: kept under a name, by whom, for whom, when, and what was answered each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.models import SavedReport, SavedRun
from assessment.saving_forms import ChangeForm, SaveForm
from assessment.services import saving
from assessment.statistics import asking
from assessment.statistics.asking import Question
from assessment.statistics.comparing import Compared, compared
from assessment.statistics.indicators import BY_CODE
from assessment.statistics.periods import in_words
from assessment.statistics.wording import filters_in_words, in_short, written_in
from assessment.views.statistics import SHOWN, reader
from assessment.views.taking import LONGEST
from kernel import clock
from kernel.actors import Actor
from kernel.deed_pages import DeedPage, answer
from kernel.errors import DomainError, Invalid
from kernel.http import ActorRequest

RUNS = 24


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
    query = form["query"].value() or ""
    own = SavedReport.objects.visible_to(actor).filter(owner_id=actor.user_id).order_by("name", "pk")
    context = {"form": form, "instead": [(one, f"?{urlencode({'query': query})}") for one in own] if query else []}
    return render(request, "assessment/save.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Change one's own: its name, its time, whom it is shared with, and with `query` the question itself."""
    actor, at = reader(request), clock.now()
    found = _seen(actor, report_id)
    saving.require_own(report=found, actor=actor)
    kept = urlencode(found.query)
    query = request.GET.get("query", "")[:LONGEST] or kept
    initial = {name: getattr(found, name) for name in ("name", "rhythm", "hour", "version")}
    form = ChangeForm(request.POST or None, actor=actor, initial={**initial, "unit": found.unit_id, "query": query})
    page = DeedPage(
        title=_("Change the saved report"),
        form=form,
        act=lambda _form: saving.change(
            report_id=found.pk, wanted=form.wanted(), actor=actor, at=at, version=form.cleaned_data["version"]
        ),
        reload=lambda: _seen(actor, report_id),
        said=_("Changed."),
        done=reverse("assessment:saved-report", args=[found.pk]),
        template="assessment/saved_change.html",
        context={
            "report": found,
            "question": in_short(found.query, at=at),
            "anew": in_short(dict(parse_qsl(query)), at=at) if query != kept else None,
            "ask_href": f"{reverse('assessment:statistics')}?{kept}",
        },
    )
    return answer(request, page)


@login_required
@require_safe
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """One report: its question, and for its owner what was answered so far."""
    actor, at = reader(request), clock.now()
    found = _seen(actor, report_id)
    question = _still_asked(found.query, at)
    runs = SavedRun.objects.visible_to(actor).filter(report=found).order_by("-due_at").defer("figures")
    context = {
        "report": found,
        "own": found.owner_id == actor.user_id,
        "question": question,
        "filters": filters_in_words(question.filters) if question else [],
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
    question = _still_asked(found.query, at)
    again = question is not None and request.GET.get("again") == "1"
    now = saving.counted(question=question, actor=actor, at=at) if question and again else None
    lines = sorted(compared(kept=found.figures, now=now), key=lambda one: not one.differs)
    context = {
        "run": found,
        "report": found.report,
        "question": question,
        "period": in_words(question.span) if question else f"{timezone.localtime(found.due_at):%Y-%m-%d}",
        "again": again,
        "lines": [
            (one, _label(one), written_in(one.unit, one.kept), written_in(one.unit, one.now) if again else "")
            for one in lines[:SHOWN]
        ],
        "more": max(len(lines) - SHOWN, 0),
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


def _label(one: Compared) -> str:
    """The name of a figure in the language of the reader; as it was kept where there is none any more."""
    return str(BY_CODE[one.of].label) if one.of in BY_CODE else one.label


def _still_asked(query: Mapping[str, str], at: datetime) -> Question | None:
    """The question, or None where it names what statistics no longer have: what was kept can be read all the same."""
    try:
        return asking.read(said=query, at=at)
    except Invalid:
        return None


def _seen(actor: Actor, report_id: UUID) -> SavedReport:
    found: SavedReport | None = (
        SavedReport.objects.visible_to(actor).select_related("owner", "unit").filter(pk=report_id).first()
    )
    if found is None:
        raise Http404
    return found
