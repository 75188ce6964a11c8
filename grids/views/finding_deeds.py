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
from grids.policies import ACCEPT, ASSIGN, finding_verdict
from grids.services import findings
from grids.views.findings import seen
from kernel import clock, deed_pages
from kernel.http import ActorRequest
from kernel.permissions import require
from organizations.choices import UnitKind
from organizations.models import Posting, Unit, User

METHODS = ["GET", "HEAD", "POST"]
RESPONSIBLE = (UnitKind.COMMAND_CENTER, UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.DEPARTMENT)


@login_required
@require_http_methods(METHODS)
def assign(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Have somebody put it right by a day."""
    held, at = seen(request, finding_id), clock.now()
    require(finding_verdict(capability=ASSIGN, finding=held, actor=request.actor))
    units = _units(held)
    postings = Posting.objects.in_force(at).filter(unit__in=units)
    people = User.objects.filter(pk__in=postings.values("user_id"), is_active=True).order_by("display_name", "pk")
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


def _units(held: Finding) -> Any:
    """The bodies that stand around the place: village, township, county; and the county's departments."""
    codes = [held.place[:digits].ljust(12, "0") for digits in (12, 9, 6)]
    return Unit.objects.working().filter(area_id__in=codes, kind__in=RESPONSIBLE).order_by("-area_id", "name")


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None
