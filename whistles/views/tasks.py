"""Tasks that came out of whistles: the list of them, and what is done to one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.desks import listed
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.pages import page
from kernel.permissions import require
from whistles import forms
from whistles.choices import COLOURS, OPEN_TASKS
from whistles.clocks import task_clock
from whistles.models import Task
from whistles.queries import task_move_verdict, tasks_for
from whistles.services import tasks as deeds
from whistles.terms import state_of
from whistles.views.desk import require_view
from whistles.workflow import TASKS

MINE, OPEN, LATE, ALL = "mine", "open", "late", "all"
TABS: dict[str, str | Promise] = {
    MINE: _("For me"),
    OPEN: _("All open"),
    LATE: _("Overdue"),
    ALL: _("Everything"),
}


# fmt: off
DEEDS: dict[str, Deed] = {
    "report":    Deed(title=_("Report it done"), form=forms.ReportForm, run=deeds.report,
                      said=_("Reported: the body that called looks at it.")),
    "confirm":   Deed(title=_("Confirm"), form=forms.Nothing, run=deeds.confirm, said=_("Confirmed.")),
    "send_back": Deed(title=_("Send it back"), form=forms.Note, run=deeds.send_back, said=_("Sent back."),
                      lead=_("The lead gets as much time again; lateness that there was stays.")),
    "drop":      Deed(title=_("Drop the task"), form=forms.Note, run=deeds.drop, said=_("Dropped.")),
}
# fmt: on


@login_required
@require_safe
def tasks(request: ActorRequest) -> HttpResponse:
    """The tasks of the whistles that one sees, the soonest due first."""
    actor, at = request.actor, clock.now()
    require_view(actor)
    tab = request.GET.get("tab", MINE)
    tab = tab if tab in TABS else MINE
    rows = Task.objects.visible_to(actor).select_related("unit", "whistle").prefetch_related("helpers")
    rows = {
        MINE: lambda: rows.filter(tasks_for(actor)),
        OPEN: lambda: rows.filter(state__in=OPEN_TASKS),
        LATE: lambda: rows.filter(state__in=OPEN_TASKS, stage_due_at__lt=at),
        ALL: lambda: rows,
    }[tab]()

    def row(one: Task) -> dict[str, Any]:
        return {
            "task": one,
            "state": state_of(task=one, form=one.whistle.form),
            "colour": COLOURS[one.state],
            "clock": task_clock(task=one, kind=one.whistle.kind, at=at),
        }

    context = listed(request, found=rows, order="stage_due_at", row=row, tab=tab, labels=TABS.items())
    return page(request, "whistles/tasks.html", "whistles/_task_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, task_id: UUID, name: str) -> HttpResponse:
    """The page of one deed on a task."""
    actor, at, row = request.actor, clock.now(), DEEDS.get(name)
    found = Task.objects.visible_to(actor).select_related("whistle", "unit").filter(pk=task_id).first()
    if found is None or row is None:
        raise Http404
    require(task_move_verdict(move=name, task=found, actor=actor))
    if request.method != "POST":
        TASKS.row(move=name, state=found.state)  # no form for what the state does not allow

    def act(form: DeedForm) -> None:
        row.run(task_id=found.pk, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    shown = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, whistle=found.whistle, initial={"version": found.version}),
        act=act,
        reload=lambda: Task.objects.get(pk=found.pk),
        said=row.said,
        done=reverse("whistles:whistle", args=[found.whistle_id]),
        context={"subject": {"number": found.whistle.number, "title": found.what}, "lead": row.lead},
    )
    return answer(request, shown)
