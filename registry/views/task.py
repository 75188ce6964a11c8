"""The page of one one-off task, and its paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.http import ActorRequest
from kernel.offered import offered
from registry.admission.choices import COLOURS, STANCE_COLOURS
from registry.admission.deadlines import TASKS_BEFORE_ADMISSION
from registry.admission_clocks import face_of, stage_clock
from registry.admission_history import history_of
from registry.models import AdHocTask
from registry.queries.admission import same_tasks, task_moves_of
from registry.views.admission import LOOKS

JOINED = ("applicant", "township", "matter", "area", "proposed_by", "signed_by", "approved_by")


def seen(request: ActorRequest, task_id: UUID) -> AdHocTask:
    """The task, or a 404 where it is not there or not for this person."""
    found: AdHocTask | None = (
        AdHocTask.objects.visible_to(request.actor).select_related(*JOINED).filter(pk=task_id).first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def task(request: ActorRequest, task_id: UUID) -> HttpResponse:
    """One task: what, where, until when, what the township said, what was decided."""
    case = seen(request, task_id)
    ticking = stage_clock(case=case, at=clock.now())
    context = {
        **about(case),
        "faces": [face_of(clock=ticking)] if ticking else [],
        "history": history_of(case_id=case.pk),
        **offered(task_moves_of(case=case, actor=request.actor), looks=LOOKS),
    }
    return render(request, "registry/admission/task.html", context)


@login_required
@require_safe
def paper(request: ActorRequest, task_id: UUID) -> HttpResponse:
    """The task as a document, with lines to sign on."""
    return render(request, "registry/admission/task_paper.html", about(seen(request, task_id)))


def about(case: AdHocTask) -> dict[str, Any]:
    """What the page and the paper say alike; and the other tasks of the same matter and township."""
    code = case.matter.code if case.matter else ""
    same = same_tasks(matter_code=code, name=case.name, township_id=case.township_id)
    others = [one for one in same if one.pk != case.pk]
    return {
        "case": case,
        "colour": COLOURS[case.state],
        "stance_colour": STANCE_COLOURS.get(case.stance, "grey"),
        "others": others,
        "last": len(others) + 1 >= TASKS_BEFORE_ADMISSION,
    }
