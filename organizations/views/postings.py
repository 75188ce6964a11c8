"""Postings: who works where as what, somebody posted, and a posting ended. Rights come from these alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.errors import DomainError
from kernel.filed_once import FilingPage, answer
from kernel.http import ActorRequest
from kernel.keyset import page as keyset_page
from kernel.pages import neighbours, onward, page
from kernel.permissions import require
from organizations.forms import EndPostingForm, PostingFilter, PostingForm
from organizations.models import Posting
from organizations.queries import may_anywhere
from organizations.services.staffing import appoint, end_posting

MANAGE = "account.manage"
UNPROCESSABLE = 422


@login_required
@require_safe
def postings(request: ActorRequest) -> HttpResponse:
    """The postings that run or are to come, the latest first; past ones on request."""
    require(may_anywhere(request.actor, capability=MANAGE))
    form, at = PostingFilter(request.GET), clock.now()
    rows = form.narrow(Posting.objects.visible_to(request.actor).select_related("user", "unit"), at=at)
    shown = keyset_page(rows, order="-valid_from", cursor=request.GET.get("cursor", ""))
    context = {"filters": form, "rows": shown.rows, "at": at, **neighbours(request, shown)}
    return page(request, "organizations/postings.html", "organizations/_postings.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: ActorRequest) -> HttpResponse:
    """Post somebody."""
    require(may_anywhere(request.actor, capability=MANAGE))
    at = clock.now()
    begun = {"valid_from": localtime(at), "account": request.GET.get("account", "")[:150]}
    form = PostingForm(request.POST or None, initial=begun)

    def act(form: PostingForm) -> int:
        return appoint(**form.given(), actor=request.actor, at=at).pk

    def done(_made: str) -> HttpResponse:
        messages.success(request, _("Posted."))
        return onward(request, "organizations:postings")

    context: dict[str, Any] = {
        "title": _("Post somebody"), "back": reverse("organizations:postings"), "submit": _("Post somebody")
    }  # fmt: skip
    names = {"user_id": "account", "unit_id": "unit"}
    filing = FilingPage(
        form=form, act=act, done=done, template="organizations/posting.html", context=context, names=names
    )
    return answer(request, filing, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: ActorRequest, posting_id: int) -> HttpResponse:
    """End a posting; what was signed in it stays signed."""
    require(may_anywhere(request.actor, capability=MANAGE))
    at, rows = clock.now(), Posting.objects.visible_to(request.actor).select_related("user", "unit")
    held = get_object_or_404(rows, pk=posting_id)
    form = EndPostingForm(request.POST or None, initial={"until": localtime(at)})
    context = {"form": form, "posting": held, "title": _("End the posting"), "submit": _("End the posting"),
               "back": reverse("organizations:postings")}  # fmt: skip
    if request.method != "POST":
        return render(request, "organizations/posting.html", context)
    if not form.is_valid():
        return render(request, "organizations/posting.html", context, status=UNPROCESSABLE)
    try:
        end_posting(posting_id=held.pk, until=form.cleaned_data["until"], actor=request.actor, at=at)
    except DomainError as error:
        form.explain(error)
        return render(request, "organizations/posting.html", context, status=error.status)
    messages.success(request, _("The posting has an end."))
    return redirect("organizations:postings")
