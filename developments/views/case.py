"""The page of a case for the office: the plan as a picture, its steps and papers, and what may be done now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from developments.choices import COLOURS, PAPER_COLOURS, State
from developments.clocks import bars_of, faces_of, step_clock
from developments.models import Development, Paper, Step
from developments.policies import VIEW
from developments.queries import moves_of, paper_moves, papers_of, reads_paper, sees_petition, step_moves, steps_shown
from developments.wording import end_words, history_of
from kernel import clock
from kernel.actors import Actor
from kernel.http import ActorRequest
from kernel.offered import Looks, offered

CASE_LOOKS = Looks(
    icons={
        "accept": "circle-check",
        "decline": "ban",
        "end": "x",
        "withdraw": "arrow-back-up",
        "rate": "star",
    },
    first=frozenset({"accept", "rate"}),
    danger=frozenset({"decline", "end", "withdraw"}),
)
STEP_LOOKS = Looks(
    icons={
        "sign": "signature",
        "finish": "check",
        "ask": "file-alert",
        "refuse": "hand-stop",
        "again": "rotate",
        "waive": "minus",
    },
    first=frozenset({"sign", "finish"}),
    danger=frozenset({"refuse"}),
)
PAPER_LOOKS = Looks(
    icons={"hand_in": "file-upload", "accept": "file-check", "send_back": "file-x", "prolong": "calendar-plus"},
    first=frozenset({"hand_in"}),
)
WITH = ("enterprise__unit", "template", "center", "decline_reason")


def seen(request: ActorRequest, development_id: UUID) -> Development:
    """The case, or a 404 where it is not there or not for this person."""
    rows = Development.objects.visible_to(request.actor).select_related(*WITH)
    found: Development | None = rows.filter(pk=development_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def case(request: ActorRequest, development_id: UUID) -> HttpResponse:
    """One case, for the office; a company is led to its own page."""
    actor, at = request.actor, clock.now()
    found = seen(request, development_id)
    if not actor.holds(VIEW):
        return redirect("developments:own", found.pk)
    steps = steps_shown(development=found)
    names = {one.code: one.name for one in steps}
    moves = [one for one in moves_of(development=found, actor=actor) if one.move not in ("withdraw", "rate")]
    context = {
        "case": found,
        "colour": COLOURS[found.state],
        "faces": faces_of(development=found, at=at),
        "end_words": end_words(found.end_note) if found.end_note else "",
        **offered(moves, looks=CASE_LOOKS, address=lambda move: _of_case(found, move)),
        "bars": bars_of(steps=steps, at=at),
        "steps": [_step(one, found, names, actor, at) for one in steps],
        "papers": [paper_row(one, found, actor) for one in papers_of(development=found)],
        "history": history_of(development=found),
        "sees_petition": sees_petition(development=found, actor=actor),
        "awaited": found.state == State.FILED,
    }
    return render(request, "developments/case.html", context)


def _of_case(found: Development, move: str) -> str:
    return reverse("developments:deed", args=[found.pk, move])


def _step(step: Step, found: Development, names: dict[str, str], actor: Actor, at: datetime) -> dict[str, Any]:
    bar = bars_of(steps=[step], at=at)[0]

    def address(move: str) -> str:
        return reverse("developments:step", args=[found.pk, step.pk, move])

    moves = step_moves(step=step, development=found, actor=actor)
    return {
        "step": step,
        "colour": bar["colour"],
        "late": bar["late"],
        "after": [names.get(code, code) for code in step.after],
        "clock": step_clock(step=step, green=found.green, at=at),
        "moves": offered(moves, looks=STEP_LOOKS, address=address)["offers"],
    }


def paper_row(paper: Paper, found: Development, actor: Actor) -> dict[str, Any]:
    """A paper as pages show it: its file for those who may open it, and what may be done with it."""

    def address(move: str) -> str:
        return reverse("developments:paper", args=[found.pk, paper.pk, move])

    moves = paper_moves(paper=paper, development=found, actor=actor)
    reads = paper.attachment_id is not None and reads_paper(paper=paper, development=found, actor=actor)
    return {
        "paper": paper,
        "colour": PAPER_COLOURS[paper.state],
        "href": reverse("developments:file", args=[found.pk, paper.pk]) if reads else "",
        "moves": offered(moves, looks=PAPER_LOOKS, address=address)["offers"],
    }
