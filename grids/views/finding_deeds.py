"""Pages on which a finding is assigned, taken back, accepted as it is, or commented on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from grids.forms.findings import Accept, Assign, Comment, Withdraw
from grids.models import Finding
from grids.policies import ACCEPT, ASSIGN, VIEW, finding_verdict
from grids.queries.findings import units_around
from grids.services import findings
from grids.views.findings import seen
from kernel import clock, deed_pages
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.models import User
from organizations.queries.people import people_who_may

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def assign(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Have somebody put it right by a day."""
    held, at = seen(request, finding_id), clock.now()
    require(finding_verdict(capability=ASSIGN, finding=held, actor=request.actor))
    units = units_around(held.place)
    may = people_who_may(capability=VIEW, unit_ids=units.values_list("pk", flat=True), at=at)
    people = User.objects.filter(pk__in=may).order_by("display_name", "pk")
    form = Assign(_posted(request), version=held.version, units=units, people=people)

    def act(sent: Any) -> Finding:
        said = sent.cleaned_data
        person = said["person"].pk if said["person"] else None
        return findings.assign(
            finding_id=held.pk, unit_id=said["unit"].pk, person_id=person, due_on=said["due_on"],
            actor=request.actor, at=at, version=said["version"],
        )  # fmt: skip

    return _answer(request, held, form=form, act=act, title=_("Assign"), said=_("Assigned."))


@login_required
@require_http_methods(METHODS)
def accept(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Let it be as it is, with the reason."""
    held, at = seen(request, finding_id), clock.now()
    require(finding_verdict(capability=ACCEPT, finding=held, actor=request.actor))

    def act(sent: Any) -> Finding:
        said = sent.cleaned_data
        return findings.accept(
            finding_id=held.pk, reason=said["reason"], actor=request.actor, at=at, version=said["version"]
        )

    form = Accept(_posted(request), version=held.version)
    return _answer(request, held, form=form, act=act, title=_("Accept as it is"), said=_("Accepted."))


@login_required
@require_http_methods(METHODS)
def withdraw(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Take an assignment or an acceptance back."""
    held, at = seen(request, finding_id), clock.now()
    require(finding_verdict(capability=ASSIGN, finding=held, actor=request.actor))

    def act(sent: Any) -> Finding:
        version = sent.cleaned_data["version"]
        return findings.withdraw(finding_id=held.pk, actor=request.actor, at=at, version=version)

    form = Withdraw(_posted(request), version=held.version)
    return _answer(request, held, form=form, act=act, title=_("Take back"), said=_("Taken back."))


@login_required
@require_POST
def comment(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Say something about it."""
    held, form = seen(request, finding_id), Comment(request.POST)
    if form.is_valid():
        findings.comment(finding_id=held.pk, text=form.cleaned_data["text"], actor=request.actor, at=clock.now())
    else:
        messages.error(request, _("Write something first."))
    return redirect("grids:finding", held.pk)


def _answer(request: ActorRequest, held: Finding, *, form: Any, act: Any, title: str, said: str) -> HttpResponse:
    page = deed_pages.DeedPage(
        title=title,
        form=form,
        act=act,
        reload=lambda: Finding.objects.get(pk=held.pk),
        said=said,
        done=reverse("grids:finding", args=[held.pk]),
        context={"subject": {"number": held.place, "title": f"{held.get_kind_display()} · {held.name}"}},
    )
    return deed_pages.answer(request, page)


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None
