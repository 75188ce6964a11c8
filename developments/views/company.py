"""A company's own pages: its cases, one of them with what is with whom, and a new one in two pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from developments.choices import COLOURS, PaperState, State
from developments.clocks import bars_of, faces_of
from developments.forms import FilingForm
from developments.models import Development, Paper, TemplateStep
from developments.policies import FILE
from developments.queries import (
    company_of,
    in_force,
    moves_of,
    papers_of,
    papers_of_template,
    sees_petition,
    steps_shown,
    template_of,
)
from developments.services.filing import file_development
from developments.views.case import CASE_LOOKS, WITH, paper_row
from developments.wording import end_words, history_of
from kernel import clock
from kernel.actors import Actor
from kernel.desks import require_any
from kernel.errors import Invalid
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from kernel.offered import offered

SHOWN = 50


@login_required
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """The cases of one's company: what is open first, with what it owes."""
    actor, at = request.actor, clock.now()
    require_any(actor, FILE)
    rows = Development.objects.of_company(actor).select_related("enterprise__unit", "template")
    cases = list(rows.order_by("-filed_at", "pk")[:SHOWN])
    owed = Paper.objects.filter(development__in=[one.pk for one in cases], state=PaperState.MISSING)
    owing: dict[Any, int] = {}
    for key in owed.filter(development__state__in=(State.FILED, State.RUNNING)).values_list("development", flat=True):
        owing[key] = owing.get(key, 0) + 1
    context = {
        "company": company_of(actor=actor),
        "cases": [{"case": one, "colour": COLOURS[one.state], "owing": owing.get(one.pk, 0)} for one in cases],
        "at": at,
    }
    return render(request, "developments/company/home.html", context)


@login_required
@require_safe
def own(request: ActorRequest, development_id: UUID) -> HttpResponse:
    """One case of one's own company. Nobody else's: another company gets a 404."""
    actor, at = request.actor, clock.now()
    found = own_case(actor, development_id)
    steps, papers = steps_shown(development=found), papers_of(development=found)
    kept = [one for one in moves_of(development=found, actor=actor) if one.move in ("withdraw", "rate")]
    rows = [paper_row(one, found, actor) for one in papers]
    context = {
        "case": found,
        "colour": COLOURS[found.state],
        "faces": faces_of(development=found, at=at),
        "end_words": end_words(found.end_note) if found.end_note else "",
        **offered(kept, looks=CASE_LOOKS, address=lambda move: reverse("developments:deed", args=[found.pk, move])),
        "bars": bars_of(steps=steps, at=at),
        "owed": [row for row in rows if row["paper"].state in (PaperState.MISSING, PaperState.LAPSED)],
        "given": [row for row in rows if row["paper"].state not in (PaperState.MISSING, PaperState.LAPSED)],
        "may_promise": _may_promise(found, papers),
        "history": history_of(development=found, for_company=True),
        "sees_petition": sees_petition(development=found, actor=actor),
    }
    return render(request, "developments/company/case.html", context)


def own_case(actor: Actor, development_id: UUID) -> Development:
    """A case of the actor's company, or a 404."""
    rows = Development.objects.of_company(actor).select_related(*WITH)
    found: Development | None = rows.filter(pk=development_id).first()
    if found is None:
        raise Http404
    return found


def _may_promise(found: Development, papers: list[Paper]) -> bool:
    missing = any(one.state == PaperState.MISSING for one in papers)
    return found.state == State.FILED and missing and found.promised_at is None


@login_required
@require_safe
def choose(request: ActorRequest) -> HttpResponse:
    """Page one of two: which plan. Where there is one only, its form comes at once."""
    require_any(request.actor, FILE)
    found = list(in_force(on=clock.today()))
    if len(found) == 1:
        return redirect("developments:file-company", found[0].code)
    context = {"templates": found, "company": company_of(actor=request.actor)}
    return render(request, "developments/company/choose.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActorRequest, code: str) -> HttpResponse:
    """Page two of two: the project, the papers, the promise; filed once, however often it is sent."""
    actor, at = request.actor, clock.now()
    require_any(actor, FILE)
    try:
        template = template_of(code=code, on=clock.today())
    except Invalid as error:
        raise Http404 from error
    papers = list(papers_of_template(template=template))
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    words = _("We hand in what is missing by the day named beside each paper, and answer for it that it is true.")

    def act(form: FilingForm) -> UUID:
        return file_development(template_code=code, actor=actor, at=at, **form.given(words=words)).pk

    page = FilingPage(
        form=FilingForm(*posted, papers=papers),
        act=act,
        done=lambda made: redirect("developments:own", made),
        template="developments/company/file.html",
        context={
            "template": template,
            "company": company_of(actor=actor),
            "steps": TemplateStep.objects.filter(template=template).select_related("unit").order_by("order"),
        },
    )
    return answer(request, page, at=at)
