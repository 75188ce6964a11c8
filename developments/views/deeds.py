"""THE TABLES of the pages on which something is done to a case, a step or a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from developments import forms
from developments.choices import PaperState
from developments.models import Development, Paper, Step
from developments.policies import is_company
from developments.queries import move_verdict, paper_moves, step_moves
from developments.services import accepting, deciding, ending, filing, papers, steps
from developments.services.deciding import NO_STEPS
from developments.views.case import seen
from developments.workflow import DEVELOPMENTS, PAPERS, STEPS
from kernel import clock, deed_pages
from kernel.deed_pages import DeedPage, answer
from kernel.errors import NotAllowed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from kernel.workflow import Move
from organizations.models import Unit

Extra = Callable[[Any], dict[str, Any]]
NAMES = {"reason": "reason_code", "unit": "unit_id", "paper": "paper_id", "unit_id": "unit_id"}


def _nothing(_one: Any) -> dict[str, Any]:
    return {}


def _missing(step: Step) -> dict[str, Any]:
    return {"papers": step.papers.filter(state=PaperState.MISSING).order_by("order")}


def _units(step: Step) -> dict[str, Any]:
    units = Unit.objects.working().exclude(kind__in=NO_STEPS).order_by("name")
    return {"units": units, "initial": {"unit_id": step.unit_id}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(deed_pages.Deed):
    """With what the form is made with, beside the version."""

    begun: Extra = _nothing


# fmt: off
CASE_DEEDS: dict[str, Deed] = {
    "accept":   Deed(title=pgettext_lazy("development", "Accept and start the plan"), form=forms.Nothing,
                     run=accepting.accept, said=_("Accepted: the steps have begun."),
                     template="developments/accept.html",
                     lead=_("Every step gets its own clock, and the company is promised the end of the last one.")),
    "decline":  Deed(title=pgettext_lazy("development", "Decline"), form=forms.Decline, run=accepting.decline,
                     said=_("Declined, with the reason.")),
    "end":      Deed(title=_("End the case"), form=forms.End, run=ending.end, said=_("Ended."),
                     lead=_("The steps end with it, and the company reads the reason.")),
    "withdraw": Deed(title=pgettext_lazy("development", "Withdraw"), form=forms.Note, run=ending.withdraw,
                     said=_("Withdrawn."), lead=_("Nobody need do anything any more.")),
    "rate":     Deed(title=pgettext_lazy("development", "Rate"), form=forms.Rate, run=ending.rate,
                     said=_("Thank you: rated.")),
    "promise":  Deed(title=_("Promise what is missing"), form=forms.PromiseForm, run=filing.promise_papers,
                     said=_("Promised."), lead=_("With it the centre may accept before every paper is there.")),
}
STEP_DEEDS: dict[str, Deed] = {
    "sign":   Deed(title=pgettext_lazy("step", "Sign for"), form=forms.Nothing, run=steps.sign, said=_("Signed for.")),
    "finish": Deed(title=_("Finish the step"), form=forms.Finish, run=steps.finish, said=_("Done.")),
    "ask":    Deed(title=_("Ask for a paper"), form=forms.Ask, run=steps.ask, begun=_missing,
                   said=_("Asked: your clock stands still until it is there."),
                   lead=_("Everything that is lacking is told at once.")),
    "refuse": Deed(title=pgettext_lazy("step", "Refuse"), form=forms.Refuse, run=steps.refuse,
                   said=_("Refused: the centre decides."), lead=_("A refusal needs the law on which it rests.")),
    "again":  Deed(title=_("Send it to a unit again"), form=forms.Again, run=deciding.again, begun=_units,
                   said=_("Sent."), lead=_("The same unit cannot refuse a second time.")),
    "waive":  Deed(title=_("The step is not needed"), form=forms.Note, run=deciding.waive, said=_("Left out.")),
}
PAPER_DEEDS: dict[str, Deed] = {
    "hand_in":   Deed(title=_("Hand in"), form=forms.HandIn, run=papers.hand_in, said=_("Handed in.")),
    "accept":    Deed(title=pgettext_lazy("paper", "Accept"), form=forms.Nothing, run=papers.accept_paper,
                      said=pgettext_lazy("paper", "Accepted.")),
    "send_back": Deed(title=pgettext_lazy("paper", "Send back"), form=forms.Note, run=papers.send_back,
                      said=_("Sent back: the company is told what is wrong.")),
    "prolong":   Deed(title=_("Prolong once"), form=forms.Prolong, run=deciding.prolong, said=_("Prolonged.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, development_id: UUID, name: str) -> HttpResponse:
    """The page of one deed on a case; a company goes back to its own page."""
    found, row = seen(request, development_id), CASE_DEEDS.get(name)
    if row is None:
        raise Http404
    if name != "promise":
        require(move_verdict(move=name, development=found, actor=request.actor))
        if request.method != "POST":
            DEVELOPMENTS.row(move=name, state=found.state)  # no form for what the state does not allow
    elif not is_company(development=found, actor=request.actor):
        raise NotAllowed(_("Only the company does this."))
    key = {"development_id": found.pk}
    return _answer(request, found, row, key, found, lambda: Development.objects.get(pk=found.pk), found.title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, development_id: UUID, step_id: UUID, name: str) -> HttpResponse:
    """The page of one deed on a step."""
    found, row = seen(request, development_id), STEP_DEEDS.get(name)
    one = Step.objects.filter(pk=step_id, development=found).select_related("unit").first()
    if one is None or row is None:
        raise Http404
    if request.method != "POST":
        STEPS.row(move=name, state=one.state)
    _require(name, step_moves(step=one, development=found, actor=request.actor))
    key = {"development_id": found.pk, "step_id": one.pk}
    return _answer(request, found, row, key, one, lambda: Step.objects.get(pk=one.pk), f"{one.name} · {one.unit}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: ActorRequest, development_id: UUID, paper_id: UUID, name: str) -> HttpResponse:
    """The page of one deed on a paper."""
    found, row = seen(request, development_id), PAPER_DEEDS.get(name)
    one = Paper.objects.filter(pk=paper_id, development=found).select_related("step").first()
    if one is None or row is None:
        raise Http404
    if request.method != "POST":
        PAPERS.row(move=name, state=one.state)
    _require(name, paper_moves(paper=one, development=found, actor=request.actor))
    key = {"development_id": found.pk, "paper_id": one.pk}
    return _answer(request, found, row, key, one, lambda: Paper.objects.get(pk=one.pk), one.name)


def _require(name: str, moves: list[Move]) -> None:
    """Raise NotAllowed with the reason; what the state does not offer is left to the deed, which says so."""
    for one in moves:
        if one.move == name and not one.allowed:
            raise NotAllowed(one.reason)


def _answer(
    request: ActorRequest,
    found: Development,
    row: Deed,
    key: dict[str, Any],
    over: Any,
    reload: Callable[[], Any],
    title: str | Promise,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    own = is_company(development=found, actor=actor)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = row.form(*posted, version=over.version, **row.begun(over))

    def act(form: DeedForm) -> None:
        row.run(**key, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    page = DeedPage(
        title=row.title,
        form=form,
        act=act,
        reload=reload,
        said=row.said,
        done=reverse("developments:own" if own else "developments:case", args=[found.pk]),
        context={"subject": {"number": found.number, "title": title}, "lead": row.lead, **_more(row, found, at)},
        names=NAMES,
        template=row.template,
    )
    return answer(request, page)


def _more(row: Deed, found: Development, at: datetime) -> dict[str, Any]:
    """What the page of the acceptance shows beside its button: what is there, and what is not."""
    if row.run is not accepting.accept:
        return {}
    return {"case": found, "papers": list(found.papers.order_by("order")), "at": at}
