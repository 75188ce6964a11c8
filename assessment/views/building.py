"""Making a draft and publishing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessment.forms import BuildForm, PublishForm
from assessment.models import Report
from assessment.months import month_before
from assessment.services import reporting
from assessment.views.reports import seen
from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.errors import DomainError, NotAllowed
from kernel.forms import DeedForm
from kernel.http import ActorRequest

UNPROCESSABLE = 422
COMES_BACK = frozenset({400, 409})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def build(request: ActorRequest) -> HttpResponse:
    """Make the draft of a month, or make it anew."""
    _publishers_only(request)
    at = clock.now()
    form = BuildForm(request.POST or None, initial={"month": month_before(at=at)})
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                report = reporting.build(month=form.cleaned_data["month"], actor=request.actor, at=at)
            except DomainError as error:
                if error.status not in COMES_BACK:
                    raise
                form.explain(error)
                status = error.status
            else:
                messages.success(request, _("The draft is made."))
                return redirect("assessment:report", report.pk)
    return render(request, "assessment/build.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Publish a draft, over the version that was read."""
    report = seen(request, report_id)
    _publishers_only(request)
    actor, at = request.actor, clock.now()

    def act(form: DeedForm) -> None:
        reporting.publish(report_id=report.pk, actor=actor, at=at, version=form.cleaned_data["version"])

    page = DeedPage(
        title=_("Publish"),
        form=PublishForm(request.POST or None, initial={"version": report.version}),
        act=act,
        reload=lambda: Report.objects.get(pk=report.pk),
        said=_("Published."),
        done=reverse("assessment:report", args=[report.pk]),
        template="assessment/publish.html",
        context={"report": report, "lead": _("Once published, the report is never changed any more.")},
    )
    return answer(request, page)


def _publishers_only(request: ActorRequest) -> None:
    if not request.actor.holds("assessment.publish"):
        raise NotAllowed(_("Your role does not include this."))
