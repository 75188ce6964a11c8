"""The page of a whistle, and its bulletin on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.actors import Actor
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from petitions.models import Petition
from whistles.choices import CAME, COLOURS, HELD, Attendance, Side, TaskState
from whistles.clocks import faces_of, receipt_clock, task_clock
from whistles.deadlines import NEAR_METRES
from whistles.models import Summons, Task, Whistle
from whistles.queries import moves_of, task_moves, tasks_of
from whistles.terms import state_of, terms_of
from whistles.wording import end_words, history_of

LOOKS = Looks(
    icons={
        "issue": "speakerphone",
        "decline": "circle-x",
        "withdraw": "arrow-back-up",
        "receive": "signature",
        "ask_leave": "user-question",
        "excuse": "user-off",
        "summon": "user-plus",
        "move": "calendar-time",
        "add_item": "list-numbers",
        "call_off": "calendar-off",
        "check_in": "map-pin-check",
        "call_roll": "user-check",
        "hold": "player-play",
        "record": "file-text",
        "rate_unit": "star",
        "rate_whistle": "star",
    },
    first=frozenset({"issue", "receive", "check_in", "record", "rate_unit", "rate_whistle"}),
    danger=frozenset({"call_off", "decline", "withdraw", "drop"}),
)
TASK_ICONS = {"report": "circle-check", "confirm": "shield-check", "send_back": "rotate", "drop": "trash"}
WITH = ("asker", "issuer", "asked_by", "issued_by", "minutes_by")


def seen(request: ActorRequest, whistle_id: UUID) -> Whistle:
    """The whistle, or a 404 where it is not there or not for this person."""
    found: Whistle | None = (
        Whistle.objects.visible_to(request.actor).counted().select_related(*WITH).filter(pk=whistle_id).first()
    )
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def whistle(request: ActorRequest, whistle_id: UUID) -> HttpResponse:
    """One whistle: who is called and who came, minutes, decisions, tasks, scores, and what may be done now."""
    actor, at = request.actor, clock.now()
    found = seen(request, whistle_id)
    summonses = _summonses(found)
    context = {
        **_content(found, summonses, actor),
        "faces": faces_of(whistle=found, at=at),
        "rows": [_row(one, found, at) for one in summonses],
        "tasks": [_task(one, found, actor, at) for one in tasks_of(whistle=found)],
        **offered(moves_of(whistle=found, actor=actor, summonses=summonses), looks=LOOKS),
        "history": history_of(whistle=found),
        "mine": [one for one in summonses if one.unit_id in actor.unit_ids],
    }
    return render(request, "whistles/whistle.html", context)


@login_required
@require_safe
def bulletin(request: ActorRequest, whistle_id: UUID) -> HttpResponse:
    """Attendance, decisions, tasks and how far they are, as a letter to print; from the time it was held on."""
    found = seen(request, whistle_id)
    if found.state not in HELD:
        raise Http404
    summonses = _summonses(found)
    context = {
        **_content(found, summonses, request.actor),
        "tasks": [{"task": one, "state": state_of(task=one, form=found.form)} for one in tasks_of(whistle=found)],
        "present": [one for one in summonses if one.attendance in CAME],
        "excused": [one for one in summonses if one.attendance == Attendance.EXCUSED],
        "absent_units": [one for one in summonses if one.attendance == Attendance.ABSENT],
        "at": clock.now(),
    }
    return render(request, "whistles/bulletin.html", context)


def _content(found: Whistle, summonses: list[Summons], actor: Actor) -> dict[str, Any]:
    petition = None
    if found.petition_id:
        petition = Petition.objects.visible_to(actor).filter(pk=found.petition_id).only("pk", "number", "title").first()
    return {
        "whistle": found,
        "colour": COLOURS[found.state],
        "kind_colour": COLOURS[found.kind],
        "petition": petition,
        "decisions": list(found.decisions.order_by("number")),
        "agenda": list(found.agenda.select_related("unit").order_by("number")),
        "terms": terms_of(form=found.form),
        "end_words": end_words(found.end_note) if found.end_note else "",
    }


def _summonses(found: Whistle) -> list[Summons]:
    rows = found.summonses.select_related("unit", "received_by").prefetch_related("check_ins__user", "ratings")
    return list(rows.order_by("unit__name", "pk"))


def _row(one: Summons, found: Whistle, at: Any) -> dict[str, Any]:
    ratings = {rating.side: rating for rating in one.ratings.all()}
    late = one.received_at is not None and one.receipt_due_at is not None and one.received_at > one.receipt_due_at
    return {
        "summons": one,
        "colour": COLOURS[one.attendance],
        "clock": receipt_clock(summons=one, whistle=found, at=at),
        "received_late": late,
        "check_ins": [
            {"person": check, "far": check.metres is not None and check.metres > NEAR_METRES}
            for check in one.check_ins.all()
        ],
        "late_by": int((one.arrived_at - found.meets_at).total_seconds() // 60)
        if one.arrived_at and one.attendance == Attendance.LATE
        else 0,
        "of_unit": ratings.get(Side.ISSUER),
        "of_whistle": ratings.get(Side.UNIT),
    }


def _task(one: Task, found: Whistle, actor: Actor, at: Any) -> dict[str, Any]:
    one.whistle = found
    return {
        "task": one,
        "colour": COLOURS[one.state],
        "clock": task_clock(task=one, kind=found.kind, at=at),
        "state": state_of(task=one, form=found.form),
        "dropped": one.state == TaskState.DROPPED,
        "moves": [
            {"name": move.move, "label": move.label, "icon": TASK_ICONS[move.move], "danger": move.move in LOOKS.danger}
            for move in task_moves(task=one, actor=actor)
            if move.allowed
        ],
    }
