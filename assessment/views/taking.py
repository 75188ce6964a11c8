"""Exports of statistics: asked for from the page, made by the worker, kept for a week."""

from __future__ import annotations

from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessment.models import Taken
from assessment.sending import sent
from assessment.services import taking
from assessment.views.statistics import reader
from kernel import clock, keyset
from kernel.http import ActorRequest
from kernel.pages import neighbours, page

SHOWN = 30
LONGEST = 2000


@login_required
@require_safe
def exports(request: ActorRequest) -> HttpResponse:
    """One's own exports, the latest first."""
    mine = Taken.objects.visible_to(reader(request))
    found = keyset.page(mine, order="-asked_at", cursor=request.GET.get("cursor", ""), size=SHOWN)
    context = {"rows": found.rows, "keep": taking.KEEP.days, **neighbours(request, found)}
    return render(request, "assessment/exports.html", context)


@login_required
@require_POST
def ask(request: ActorRequest) -> HttpResponse:
    """Ask for a file; `query` is the part of an address after its question mark."""
    query = dict(parse_qsl(request.POST.get("query", "")[:LONGEST]))
    made = taking.ask(
        what=request.POST.get("what", ""),
        form=request.POST.get("form", ""),
        query=query,
        language=get_language() or "",
        actor=request.actor,
        at=clock.now(),
    )
    return redirect("assessment:export", made.pk)


@login_required
@require_safe
def export(request: ActorRequest, taken_id: UUID) -> HttpResponse:
    """One export; while it is made, htmx asks for its progress alone."""
    context = {"made": _seen(request, taken_id), "keep": taking.KEEP.days}
    return page(request, "assessment/export.html", "assessment/_export_progress.html", context)


@login_required
@require_POST
def stop(request: ActorRequest, taken_id: UUID) -> HttpResponse:
    """Stop it."""
    taking.stop(taken_id=_seen(request, taken_id).pk, actor=request.actor, at=clock.now())
    messages.success(request, _("Stopped."))
    return redirect("assessment:export", taken_id)


@login_required
@require_safe
def download(request: ActorRequest, taken_id: UUID) -> HttpResponseBase:
    """The file, for whoever asked for it and still may see figures."""
    return sent(_seen(request, taken_id), actor=request.actor)


def _seen(request: ActorRequest, taken_id: UUID) -> Taken:
    found: Taken | None = Taken.objects.visible_to(request.actor).filter(pk=taken_id).first()
    if found is None:
        raise Http404
    return found
