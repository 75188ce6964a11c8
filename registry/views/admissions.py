"""The lists of admissions and of one-off tasks: what waits for me, is open, in force, past its date or ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kernel import clock, keyset
from kernel.actors import Actor
from kernel.errors import NotAllowed
from kernel.http import ActorRequest
from kernel.pages import neighbours, page
from registry.admission.choices import COLOURS, OPEN_STATES, OPEN_TASKS, State
from registry.admission_clocks import stage_clock
from registry.models import AdHocTask, Admission
from registry.queries import admission as asking

PAGE, COUNTED = 50, 99
MINE, OPEN, FORCE, PAST, ENDED = "mine", "open", "force", "past", "ended"
TABS: dict[str, str | Promise] = {
    MINE: gettext_lazy("For me"),
    OPEN: gettext_lazy("Being decided"),
    FORCE: gettext_lazy("In force"),
    PAST: gettext_lazy("Past review or limit"),
    ENDED: gettext_lazy("Ended"),
}
CONCERNED = ("registry.propose", "registry.review", "registry.opinion", "registry.approve", "supervision.order")


@login_required
@require_safe
def admissions(request: ActorRequest) -> HttpResponse:
    """Admissions that concern the reader."""
    return _list(request, Admission, OPEN_STATES, asking.waiting(request.actor), "registry/admission/list.html")


@login_required
@require_safe
def tasks(request: ActorRequest) -> HttpResponse:
    """The register of one-off tasks that concern the reader."""
    return _list(request, AdHocTask, OPEN_TASKS, asking.waiting_tasks(request.actor), "registry/admission/tasks.html")


def require_concerned(actor: Actor) -> None:
    """Raise NotAllowed for somebody who has no part in admissions."""
    if not any(actor.holds(name) for name in CONCERNED):
        raise NotAllowed(_("Your role does not include this."))


def _list(request: ActorRequest, model: Any, open_states: Any, mine: Q, template: str) -> HttpResponse:
    require_concerned(request.actor)
    at, tab = clock.now(), request.GET.get("tab", "")
    tab = tab if tab in TABS else OPEN
    seen, past = model.objects.visible_to(request.actor), asking.past_date(at=at)
    rows = seen.filter(past if tab == PAST else _of_tab(tab, open_states, mine))
    late, more = keyset.capped_count(seen.filter(past), cap=COUNTED)
    joined = ("applicant", "lead_unit") if model is Admission else ("applicant", "township")
    found = keyset.page(
        rows.select_related(*joined), order="-filed_at", cursor=request.GET.get("cursor", ""), size=PAGE
    )
    context = {
        "rows": [
            {"case": one, "colour": COLOURS[one.state], "clock": stage_clock(case=one, at=at)} for one in found.rows
        ],
        "tasks": model is AdHocTask,
        "tab": tab,
        "tabs": [(name, label, name == tab, late if name == PAST else 0) for name, label in TABS.items()],
        "more": more,
        "may_apply": bool(asking.applicants_of(actor=request.actor)),
        **neighbours(request, found),
    }
    return page(request, template, "registry/admission/_rows.html", context)


def _of_tab(tab: str, open_states: Any, mine: Q) -> Q:
    if tab == MINE:
        return mine
    if tab == OPEN:
        return Q(state__in=open_states)
    return Q(state=State.IN_FORCE) if tab == FORCE else ~Q(state__in=[*open_states, State.IN_FORCE])
