"""Replays: what was tried, starting another, one with its pictures and cases, as a spreadsheet, and stopping it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dispatch.models import Replay, ReplayedCase
from dispatch.querysets import REPLAYERS
from dispatch.replay import pictures
from dispatch.replay.book import MOST_CASES, replay_book
from dispatch.replay.forms import ReplayedForm, ReplayForm
from dispatch.services import replaying
from kernel import clock, keyset
from kernel.errors import DomainError, NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from petitions.models import Petition
from registry.choices import DraftState
from registry.models import Draft

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEAR = timedelta(days=365)
SHOWN = 50
EVERYWHERE = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replays(request: ActorRequest) -> HttpResponse:
    """Earlier replays, and the form for another."""
    if not any(request.actor.holds(name) for name in REPLAYERS):
        raise NotAllowed(_("Your role does not include this."))
    at = clock.now()
    today = timezone.localtime(at).date()
    # One that is approved is in force: to try it would change nothing.
    waiting = Draft.objects.visible_to(request.actor).filter(state__in=(DraftState.PREPARING, DraftState.SUBMITTED))
    drafts = waiting.order_by("-opened_at")
    first = {"draft": request.GET.get("draft", ""), "since": today - YEAR, "until": today}
    form = ReplayForm(request.POST or None, drafts=drafts, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _start(request, form.cleaned_data, at)
            except DomainError as error:
                form.explain(error)
                status = error.status
            else:
                return redirect("dispatch:replay", made.pk)
    earlier = Replay.objects.visible_to(request.actor).select_related("draft", "asked_by")
    found = keyset.page(earlier, order="-asked_at", cursor=request.GET.get("cursor", ""), size=SHOWN)
    context = {"form": form, "rows": found.rows, **neighbours(request, found)}
    return render(request, "dispatch/replays.html", context, status=status)


def _start(request: ActorRequest, said: dict[str, Any], at: Any) -> Replay:
    draft = said.get("draft")
    return replaying.start(
        draft_id=draft.pk if draft else None,
        days=said.get("days", "").strip() if draft is None else "",
        since=said["since"],
        until=said["until"],
        territory=EVERYWHERE,
        actor=request.actor,
        at=at,
    )


@login_required
@require_safe
def replay(request: ActorRequest, replay_id: UUID) -> HttpResponse:
    """One replay; while it runs, htmx asks for its progress alone."""
    made = _seen(request, replay_id)
    form = ReplayedForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = keyset.page(
        _cases(request, made, asked), order="petition_id", cursor=request.GET.get("cursor", ""), size=SHOWN
    )
    rows = pictures.units(made=made)
    context = {
        "made": made,
        "last": made.last_day,
        "form": form,
        "tiles": pictures.tiles(made=made),
        "units": pictures.changed(rows=rows),
        "picture": pictures.picture(rows=rows),
        "flows": pictures.flows(made=made),
        "rows": found.rows,
        "may_stop": made.is_running and (made.asked_by_id == request.actor.user_id or _approves(request)),
        **neighbours(request, found),
    }
    return page(request, "dispatch/replay.html", "dispatch/_replay_progress.html", context)


@login_required
@require_safe
def book(request: ActorRequest, replay_id: UUID) -> HttpResponseBase:
    """The replay as a spreadsheet."""
    made = _seen(request, replay_id)
    cases = _cases(request, made, {}).order_by("petition_id")[:MOST_CASES]
    name = f"replay-{timezone.localtime(made.asked_at):%Y%m%d-%H%M}.xlsx"
    return FileResponse(replay_book(made=made, cases=cases), as_attachment=True, filename=name, content_type=TYPE)


@login_required
@require_POST
def stop(request: ActorRequest, replay_id: UUID) -> HttpResponse:
    """Stop it; what it found so far stays."""
    replaying.cancel(replay_id=_seen(request, replay_id).pk, actor=request.actor, at=clock.now())
    messages.success(request, _("Stopped."))
    return redirect("dispatch:replay", replay_id)


def _seen(request: ActorRequest, replay_id: UUID) -> Replay:
    found = Replay.objects.visible_to(request.actor).select_related("draft", "asked_by").filter(pk=replay_id).first()
    if found is None:
        raise Http404
    return found


def _approves(request: ActorRequest) -> bool:
    return bool(request.actor.holds("registry.approve"))


def _cases(request: ActorRequest, made: Replay, asked: dict[str, Any]) -> QuerySet[ReplayedCase]:
    """The changed cases that the person sees as cases; the figures stand for all of them."""
    visible = Petition.objects.visible_to(request.actor)
    found = made.cases.filter(petition__in=visible).select_related("petition", "before_unit", "after_unit")
    if asked.get("moved"):
        found = found.filter(moved=True)
    return found.filter(**{name: asked[name] for name in ("gap", "lateness") if asked.get(name)})
