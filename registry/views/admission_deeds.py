"""THE TABLES of the pages on which something is done to an admission or to a one-off task, and the applications."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import COMES_BACK, UNPROCESSABLE, DeedPage, answer
from kernel.errors import DomainError, NotAllowed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import Verdict, require
from registry.forms import admission as forms
from registry.forms.applying import Application, Apply, ApplyTask
from registry.models import AdHocTask, Admission
from registry.queries.admission import move_verdict, task_verdict
from registry.services.adhoc import applying as task_applying
from registry.services.adhoc import deciding as task_deciding
from registry.services.admission import applying, consulting, deciding, opining, reviewing
from registry.views import admission, task


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One row: the form, the deed, what is said afterwards and, above the form, what to know before."""

    title: str | Promise
    form: type[forms.CaseDeed]
    run: Callable[..., Any]
    said: str | Promise
    lead: str | Promise = ""


# fmt: off
DEEDS: dict[str, Deed] = {
    "review":   Deed(title=_("Pass the review and ask the townships"), form=forms.Review, run=reviewing.review,
                     said=_("The townships are asked."),
                     lead=_("Each township concerned gives its opinion in writing. Silence is no consent.")),
    "reject":   Deed(title=_("Refuse after the review"), form=forms.Reason, run=reviewing.reject, said=_("Refused.")),
    "opine":    Deed(title=_("Give the township's opinion"), form=forms.Opine, run=opining.opine, said=_("Signed."),
                     lead=_("Signed by you for your township. It cannot be changed afterwards.")),
    "consult":  Deed(title=_("Record a consultation"), form=forms.Consult, run=consulting.consult, said=_("Recorded."),
                     lead=_("Every township that objects takes part. What is filled in changes the application.")),
    "approve":  Deed(title=_("Approve and publish"), form=forms.Approve, run=deciding.approve, said=_("Published."),
                     lead=_("The items enter the list in the same moment.")),
    "refuse":   Deed(title=_("Refuse"), form=forms.Reason, run=reviewing.refuse, said=_("Refused.")),
    "drop":     Deed(title=_("Take the application back"), form=forms.Reason, run=applying.drop, said=_("Taken back.")),
    "reassess": Deed(title=_("Record the reassessment"), form=forms.Reassess, run=deciding.reassess,
                     said=_("Recorded.")),
    "end":      Deed(title=_("Withdraw from the list"), form=forms.End, run=deciding.end, said=_("Withdrawn."),
                     lead=_("The items end on the day; what happened under them stays.")),
}
TASK_DEEDS: dict[str, Deed] = {
    "opine":    Deed(title=_("Give the township's opinion"), form=forms.TaskOpine, run=task_applying.opine,
                     said=_("Signed."), lead=_("Signed by you for your township. It cannot be changed afterwards.")),
    "approve":  Deed(title=_("Approve the task"), form=forms.TaskApprove, run=task_deciding.approve,
                     said=_("Approved."), lead=_("For its period and no longer. Against an objection say why.")),
    "refuse":   Deed(title=_("Refuse"), form=forms.Reason, run=task_deciding.refuse, said=_("Refused.")),
    "drop":     Deed(title=_("Take the application back"), form=forms.Reason, run=task_applying.drop,
                     said=_("Taken back.")),
    "stop":     Deed(title=_("End it early"), form=forms.Reason, run=task_deciding.stop, said=_("Ended.")),
}
# fmt: on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, admission_id: UUID, name: str) -> HttpResponse:
    """The page of one deed on an admission."""
    case = admission.seen(request, admission_id)
    if name not in DEEDS:
        raise Http404
    said = move_verdict(move=name, case=case, actor=request.actor)
    return _deed(request, DEEDS[name], case, said, {"admission_id": case.pk}, "registry:admission")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_deed(request: ActorRequest, task_id: UUID, name: str) -> HttpResponse:
    """The page of one deed on a one-off task."""
    case = task.seen(request, task_id)
    if name not in TASK_DEEDS:
        raise Http404
    said = task_verdict(move=name, case=case, actor=request.actor)
    return _deed(request, TASK_DEEDS[name], case, said, {"task_id": case.pk}, "registry:task")


def _deed(
    request: ActorRequest, row: Deed, case: Admission | AdHocTask, said: Verdict, key: dict[str, Any], done: str
) -> HttpResponse:
    require(said)
    actor, at = request.actor, clock.now()

    def act(form: DeedForm) -> None:
        row.run(**key, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    page = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, case=case, actor=actor, at=at),
        act=act,
        reload=lambda: type(case)._default_manager.get(pk=case.pk),
        said=row.said,
        done=reverse(done, args=[case.pk]),
        context={"subject": {"number": case.number, "title": case.name}, "lead": row.lead},
    )
    return answer(request, page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ActorRequest) -> HttpResponse:
    """Apply for the admission of a duty."""

    def file(form: Any, at: Any) -> Admission:
        return applying.apply(proposal=form.proposal(), actor=request.actor, at=at)

    return _apply(request, Apply, file, title=_("Apply for admission"), done="registry:admission")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply_task(request: ActorRequest) -> HttpResponse:
    """Apply for a one-off task."""

    def file(form: Any, at: Any) -> AdHocTask:
        return task_applying.apply(task=form.task(), actor=request.actor, at=at)

    return _apply(request, ApplyTask, file, title=_("Apply for a one-off task"), done="registry:task")


def _apply(
    request: ActorRequest, form_class: type[Application], file: Callable[..., Any], *, title: Any, done: str
) -> HttpResponse:
    if not request.actor.holds("registry.propose"):
        raise NotAllowed(gettext("Your role does not include this."))
    at = clock.now()
    form = form_class(request.POST or None, actor=request.actor, at=at)
    status = 200
    if isinstance(form, Apply) and "more" in request.POST:
        form = form.with_more(request.POST["more"])
    elif request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return redirect(done, file(form, at).pk)
            except DomainError as error:
                if error.status not in COMES_BACK:
                    raise
                form.explain(error, names={"steps": "step_1", "sides": "side_1"})
    context = {"form": form, "title": title, "own": form.own, "task": form_class is ApplyTask}
    return render(request, "registry/admission/apply.html", context, status=status)
