"""Bulletins: the list, one as a letter to print with the rows behind its figures, drawing up and publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.deed_pages import DeedPage, answer
from kernel.desks import download
from kernel.filed_once import FilingPage
from kernel.filed_once import answer as filed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import require
from projects import forms
from projects.figures import COUNTED, SIDES, line_of, lines_by
from projects.models import Bulletin, BulletinRow
from projects.policies import PUBLISH
from projects.services import bulletins
from projects.services.exporting import bulletin_book
from projects.views.board import chosen_plan
from projects.views.plans import seen_plan


@login_required
@require_safe
def all_bulletins(request: ActorRequest) -> HttpResponse:
    """The bulletins of a plan, the latest first; drafts only for who publishes."""
    plan = chosen_plan(request)
    rows = Bulletin.objects.visible_to(request.actor).filter(plan=plan).select_related("published_by")
    context = {
        "plan": plan,
        "rows": list(rows.order_by("-starts_on", "span")),
        "may_publish": bool(plan and request.actor.may(PUBLISH, place=plan.place)),
    }
    return render(request, "projects/bulletins.html", context)


def seen(request: ActorRequest, bulletin_id: UUID) -> Bulletin:
    """The bulletin, or a 404 where it is not there or not for this person."""
    rows = Bulletin.objects.visible_to(request.actor).select_related("plan", "previous", "published_by")
    found: Bulletin | None = rows.filter(pk=bulletin_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def bulletin(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """The figures as a letter; `?group=3&of=behind` shows exactly the rows that a figure counts."""
    found = seen(request, bulletin_id)
    rows = list(found.rows.select_related("group", "batch").order_by("code"))
    context = {
        "bulletin": found,
        "whole": line_of(rows, name="", key=""),
        "sections": [
            (_("By batch"), lines_by(rows, by="batch")),
            (_("By task group"), lines_by(sorted(rows, key=lambda row: (row.group.number, row.code)), by="group")),
            (_("By owner"), lines_by(sorted(rows, key=lambda row: (row.owner_name, row.code)), by="owner")),
        ],
        "behind": [row for row in rows if COUNTED["behind"](row)],
        "changed": [row for row in rows if COUNTED["newly_done"](row) or COUNTED["newly_behind"](row)],
        "counted": _counted(request, rows),
        "may_publish": found.published_at is None and bool(request.actor.may(PUBLISH, place=found.plan.place)),
    }
    return render(request, "projects/bulletin.html", context)


def _counted(request: ActorRequest, rows: list[BulletinRow]) -> list[BulletinRow] | None:
    """The rows behind the figure that the address names; None where it names none."""
    of, by = request.GET.get("of"), next((one for one in SIDES if request.GET.get(one)), "")
    if of is None and not by:
        return None
    holds = COUNTED.get(of or "")
    if holds is None:
        raise Http404
    found = [row for row in rows if holds(row)]
    return [row for row in found if str(getattr(row, SIDES[by][0])) == request.GET[by]] if by else found


@login_required
@require_safe
def book(request: ActorRequest, bulletin_id: UUID) -> HttpResponseBase:
    """Every row as a spreadsheet."""
    found = seen(request, bulletin_id)
    return download(bulletin_book(bulletin=found), name="bulletin", at=clock.now())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """Draw up a bulletin, or a draft anew."""
    plan, actor, at = seen_plan(request, plan_id), request.actor, clock.now()
    require(actor.may(PUBLISH, place=plan.place))

    def act(form: Any) -> UUID:
        return bulletins.draw(plan_id=plan.pk, **form.cleaned_data, actor=actor, at=at).pk

    shown = FilingPage(
        form=forms.DrawForm(request.POST or None, initial={"day": f"{at:%Y-%m-%d}"}),
        act=act,
        done=lambda made: redirect("projects:bulletin", made),
        template="projects/new.html",
        context={"title": _("Draw up a bulletin"), "plan": plan, "back": reverse("projects:bulletins")},
    )
    return filed(request, shown, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: ActorRequest, bulletin_id: UUID) -> HttpResponse:
    """Publish a draft, once and for good."""
    found, actor, at = seen(request, bulletin_id), request.actor, clock.now()
    require(actor.may(PUBLISH, place=found.plan.place))

    def act(form: DeedForm) -> None:
        bulletins.publish(
            bulletin_id=found.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given()
        )

    shown = DeedPage(
        title=_("Publish the bulletin"),
        form=forms.PublishForm(request.POST or None, row=found),
        act=act,
        reload=lambda: Bulletin.objects.get(pk=found.pk),
        said=_("Published; nothing changes it any more."),
        done=reverse("projects:bulletin", args=[found.pk]),
        context={"subject": {"number": str(found), "title": found.plan.name}},
    )
    return answer(request, shown)
