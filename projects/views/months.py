"""The monthly dispatch 月调度: the sheet of all reports of a month, remarks, and the report that a project owes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock, keyset
from kernel.deed_pages import DeedPage, answer
from kernel.filed_once import FilingPage
from kernel.filed_once import answer as filed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.pages import neighbours
from kernel.permissions import require
from projects import forms
from projects.choices import COLOURS, MonthState
from projects.models import Month, MonthReport
from projects.queries.moves import month_verdict, report_verdict
from projects.queries.reading import sheet_of
from projects.services import months, reporting
from projects.services.reporting import Account
from projects.views.board import chosen_plan

SHEET = 100  # rows of the sheet at once: a dispatch goes through all of them
OWED, WANTED, HINDERED = "owed", "wanted", "hindered"
NARROWED = {
    "": Q(),
    OWED: Q(filed_at=None),
    HINDERED: ~Q(obstacles=""),
    WANTED: ~Q(wanted=""),
}
LABELS = {"": _("Everything"), OWED: _("Not reported"), HINDERED: _("With obstacles"), WANTED: _("Asking for help")}


@login_required
@require_safe
def all_months(request: ActorRequest) -> HttpResponse:
    """The months of a plan, the latest first, with how many reports came; of the projects that one sees."""
    plan = chosen_plan(request)
    rows = Month.objects.visible_to(request.actor).filter(plan=plan).order_by("-month")
    seen = MonthReport.objects.visible_to(request.actor).filter(month__in=rows.values("pk"))
    counted = {
        one["month"]: one
        for one in seen.order_by()
        .values("month")
        .annotate(
            owed=Count("pk"),
            filed=Count("pk", filter=Q(filed_at__isnull=False)),
            missed=Count("pk", filter=Q(missed_at__isnull=False)),
        )
    }
    shown = [{**counted.get(one.pk, {}), "month": one, "colour": COLOURS[one.state]} for one in rows]
    return render(request, "projects/months.html", {"plan": plan, "rows": shown})


def seen_month(request: ActorRequest, month_id: UUID) -> Month:
    """The month, or a 404 where it is not there or not for this person."""
    rows = Month.objects.visible_to(request.actor).select_related("plan", "held_by")
    found: Month | None = rows.filter(pk=month_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def month(request: ActorRequest, month_id: UUID) -> HttpResponse:
    """The sheet of one month; `?show=owed`, `hindered` or `wanted` narrows it."""
    found, actor = seen_month(request, month_id), request.actor
    show = request.GET.get("show", "")
    show = show if show in NARROWED else ""
    sheet = sheet_of(month=found, actor=actor)
    counts = sheet.order_by().aggregate(**{f"n{name}": Count("pk", filter=narrow) for name, narrow in NARROWED.items()})
    cursor = request.GET.get("cursor", "")
    shown = keyset.page(sheet.filter(NARROWED[show]), order="id", cursor=cursor, size=SHEET)
    may = bool(month_verdict(month=found, actor=actor)) and found.state == MonthState.COLLECTING
    context = {
        "month": found,
        "colour": COLOURS[found.state],
        "tabs": [(f"?show={name}" if name else "?", LABELS[name], counts[f"n{name}"], name == show) for name in LABELS],
        "rows": [{"report": one, "owed": _owed(one, actor)} for one in shown.rows],
        **neighbours(request, shown),
        "may_hold": may,
    }
    return render(request, "projects/month.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: ActorRequest, month_id: UUID) -> HttpResponse:
    """Hold the monthly dispatch."""
    found, actor, at = seen_month(request, month_id), request.actor, clock.now()
    require(month_verdict(month=found, actor=actor))

    def act(form: DeedForm) -> None:
        months.hold(month_id=found.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    shown = DeedPage(
        title=_("Hold the monthly dispatch"),
        form=forms.RemarksForm(request.POST or None, row=found),
        act=act,
        reload=lambda: Month.objects.get(pk=found.pk),
        said=_("Held: what was remarked stands."),
        done=reverse("projects:month", args=[found.pk]),
        context={"subject": {"number": f"{found.month:%Y-%m}", "title": found.plan.name}},
    )
    return answer(request, shown)


def seen_report(request: ActorRequest, report_id: UUID) -> MonthReport:
    """The report, or a 404 where it is not there or not for this person."""
    rows = MonthReport.objects.visible_to(request.actor).select_related("project", "month", "month__plan")
    found: MonthReport | None = rows.filter(pk=report_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """File the report of a month."""
    found, actor, at = seen_report(request, report_id), request.actor, clock.now()
    require(report_verdict(report=found, actor=actor))
    if found.filed_at is not None and request.method != "POST":
        return redirect("projects:project", found.project_id)

    def act(form: Any) -> UUID:
        return reporting.file(report_id=found.pk, account=Account(**form.cleaned_data), actor=actor, at=at).project_id

    return _filing(request, found, forms.AccountForm(request.POST or None), act, _("Monthly report"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Say something on one report."""
    found, actor, at = seen_report(request, report_id), request.actor, clock.now()
    require(month_verdict(month=found.month, actor=actor))

    def act(form: Any) -> UUID:
        return reporting.remark(report_id=found.pk, **form.cleaned_data, actor=actor, at=at).project_id

    return _filing(request, found, forms.RemarkForm(request.POST or None), act, _("Remark on a report"))


def _filing(request: ActorRequest, found: MonthReport, form: Any, act: Any, title: Any) -> HttpResponse:
    shown = FilingPage(
        form=form,
        act=act,
        done=lambda made: redirect("projects:project", made),
        template="projects/new.html",
        context={"title": title, "report": found, "back": reverse("projects:project", args=[found.project_id])},
    )
    return filed(request, shown, at=clock.now())


def _owed(one: MonthReport, actor: Any) -> bool:
    return one.filed_at is None and bool(report_verdict(report=one, actor=actor))
