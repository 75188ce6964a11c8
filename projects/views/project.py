"""The page of one project: its light and why, its milestones drawn and listed, reports, instructions, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.actors import Actor
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from projects.choices import COLOURS, State
from projects.lights import light_of, milestone_colour
from projects.models import Instruction, Milestone, MonthReport, Project
from projects.queries.moves import asked_change, milestone_moves, project_moves, report_verdict, task_moves
from projects.queries.reading import instructions_of, milestones_of, percent_of, reports_of, seen_project, today
from projects.wording import history_of

LOOKS = Looks(
    icons={
        "add_milestone": "flag", "begin": "player-play", "replace": "user-edit", "ask_done": "circle-check",
        "accept": "trophy", "send_back": "rotate", "suspend": "player-pause", "resume": "player-play",
        "end": "circle-x", "instruct": "checklist",
    },
    first=frozenset({"begin", "ask_done", "accept", "resume"}),
    danger=frozenset({"end"}),
)  # fmt: skip
PART_LOOKS = Looks(
    icons={
        "report": "circle-check", "confirm": "shield-check", "send_back": "rotate", "ask_move": "calendar-question",
        "grant": "calendar-check", "refuse": "calendar-x", "reply": "message-reply", "settle": "checks",
        "drop": "trash",
    },
    danger=frozenset({"drop"}),
)  # fmt: skip
WIDE, EDGE = 1000, 20  # of the drawn line, in its own units


@login_required
@require_safe
def project(request: ActorRequest, project_id: UUID) -> HttpResponse:
    """Everything about one project, and what may be done now."""
    actor, day = request.actor, today(at=clock.now())
    found = seen_project(project_id=project_id, actor=actor, day=day)
    lit: Any = found
    milestones = milestones_of(project=found)
    context = {
        "project": found,
        "colour": COLOURS[found.state],
        "light": light_of(state=found.state, end=lit.next_end, day=day),
        "percent": percent_of(found),
        "helpers": list(found.helpers.order_by("name")),
        "line": drawn(project=found, milestones=milestones, day=day),
        "milestones": [_milestone(one, actor, day) for one in milestones],
        "changes": [(one, change) for one in milestones for change in one.changes.all()],
        "tasks": [_task(one, actor) for one in instructions_of(project=found)],
        "reports": [_report(one, actor) for one in reports_of(project=found)],
        "history": history_of(project=found),
        **offered(
            project_moves(project=found, actor=actor),
            looks=LOOKS,
            address=lambda name: reverse("projects:deed", args=["project", found.pk, name]),
        ),
    }
    return render(request, "projects/project.html", context)


def _milestone(one: Milestone, actor: Actor, day: date) -> dict[str, Any]:
    return {
        "milestone": one,
        "colour": milestone_colour(milestone=one, day=day),
        "state_colour": COLOURS[one.state],
        "asked": asked_change(milestone=one),
        "offers": _offers("milestone", one.pk, milestone_moves(milestone=one, actor=actor)),
    }


def _task(one: Instruction, actor: Actor) -> dict[str, Any]:
    offers = _offers("instruction", one.pk, task_moves(task=one, actor=actor))
    return {"task": one, "colour": COLOURS[one.state], "offers": offers}


def _report(one: MonthReport, actor: Actor) -> dict[str, Any]:
    owed = one.filed_at is None and bool(report_verdict(report=one, actor=actor))
    return {"report": one, "owed": owed}


def _offers(of: str, pk: UUID, moves: Any) -> list[dict[str, Any]]:
    shown = offered(moves, looks=PART_LOOKS, address=lambda name: reverse("projects:deed", args=[of, pk, name]))
    return shown["offers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A milestone on the line: where it is now, where it was first, and what it looks like."""

    x: int
    first: int | None
    number: int
    colour: str
    words: str


def drawn(*, project: Project, milestones: list[Milestone], day: date) -> dict[str, Any]:
    """The line of a project from its first day to its last, with milestones and today as places on it."""
    last = max([project.ends_on, *(one.due_on for one in milestones)])
    whole = max((last - project.starts_on).days, 1)

    def place(when: date) -> int:
        inside = min(max((when - project.starts_on).days, 0), whole)
        return EDGE + inside * (WIDE - 2 * EDGE) // whole

    running = project.state not in (State.DONE, State.ENDED)
    return {
        "today": place(day) if running and project.starts_on <= day <= last + timedelta(days=1) else None,
        "end": place(project.ends_on),
        "marks": [
            Mark(
                x=place(one.due_on),
                first=place(one.first_due) if one.moved else None,
                number=one.number,
                colour=milestone_colour(milestone=one, day=day),
                words=f"{one.number} {one.name} {one.due_on} {one.get_state_display()}",
            )
            for one in milestones
        ],
    }
