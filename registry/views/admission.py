"""The page of one admission, and its papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from organizations.queries.posts import unit_names as names_by_id
from registry.admission.choices import COLOURS, STANCE_COLOURS
from registry.admission_clocks import face_of, stage_clock
from registry.admission_history import history_of
from registry.flowchart import draw, steps_of
from registry.models import Admission, Opinion
from registry.queries.admission import drafts_of, moves_of
from registry.wording import Names, limit_words, unit_names

JOINED = ("applicant", "lead_unit", "matter", "area", "proposed_by", "reviewed_by", "approved_by", "ended_by")
LOOKS = Looks(
    icons={
        "review": "gavel",
        "reject": "circle-x",
        "opine": "writing-sign",
        "consult": "messages",
        "approve": "circle-check",
        "refuse": "circle-x",
        "drop": "arrow-back-up",
        "reassess": "refresh",
        "end": "circle-minus",
        "stop": "flag",
    },
    first=frozenset({"review", "opine", "approve", "reassess"}),
    danger=frozenset({"reject", "refuse", "end", "stop"}),
)


def seen(request: ActorRequest, admission_id: UUID) -> Admission:
    """The admission, or a 404 where it is not there or not for this person."""
    found: Admission | None = (
        Admission.objects.visible_to(request.actor).select_related(*JOINED).filter(pk=admission_id).first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def admission(request: ActorRequest, admission_id: UUID) -> HttpResponse:
    """One admission: the duty, what follows it, what the townships said, what was decided, what may be done."""
    at = clock.now()
    case = seen(request, admission_id)
    ticking = stage_clock(case=case, at=at)
    context = {
        **about(case),
        "faces": [face_of(clock=ticking)] if ticking else [],
        "drafts": list(drafts_of(admission_id=case.pk).prefetch_related("lines")),
        "history": history_of(case_id=case.pk),
        **offered(moves_of(case=case, actor=request.actor), looks=LOOKS),
    }
    return render(request, "registry/admission/case.html", context)


@login_required
@require_safe
def paper(request: ActorRequest, admission_id: UUID) -> HttpResponse:
    """The admission as a document: application, review, opinions, consultation, decision, with lines to sign on."""
    return render(request, "registry/admission/paper.html", about(seen(request, admission_id)))


@login_required
@require_safe
def opinion_paper(request: ActorRequest, admission_id: UUID, township_id: int) -> HttpResponse:
    """The written opinion of one township as a document."""
    case = seen(request, admission_id)
    found = case.opinions.filter(township_id=township_id).select_related("township", "signed_by").first()
    if found is None:
        raise Http404
    return render(request, "registry/admission/opinion.html", {"case": case, "opinion": found})


def about(case: Admission) -> dict[str, Any]:
    """What the page and the paper say alike."""
    names = Names(units=unit_names(), categories={})
    units = names_by_id(unit_ids=[*case.sides, *case.townships])
    opinions = list(case.opinions.select_related("township", "signed_by").order_by("township__area_id"))
    return {
        "case": case,
        "colour": COLOURS[case.state],
        "limit": limit_words(value=case.limit_value, unit=case.limit_unit),
        "sides": [(units.get(one["unit_id"], ""), one["duty"]) for one in case.cooperations],
        "drawing": draw(steps=steps_of(chart=case.chart, named=names.body)),
        "opinions": [(one, _colour(one)) for one in opinions],
        "consultations": [
            (one, [units.get(unit, str(unit)) for unit in one.present], _changes(one.changes))
            for one in case.consultations.select_related("recorded_by").order_by("number")
        ],
        "reassessments": list(case.reassessments.select_related("found_by").order_by("found_at")),
    }


def _colour(opinion: Opinion) -> str:
    return STANCE_COLOURS.get(opinion.stance, "grey")


def _changes(changes: dict[str, list[str]]) -> list[tuple[Any, str, str]]:
    """Label, before and after of each field that a consultation changed."""
    return [
        (Admission._meta.get_field(name).verbose_name, before, after)  # type: ignore[union-attr]
        for name, (before, after) in changes.items()
    ]
