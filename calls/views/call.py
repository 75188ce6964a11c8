"""The page of a call: what is asked, whose turn it is, who comes, how many replied, and what may be done now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from calls.choices import COLOURS, FINAL_STATES, PART_COLOURS
from calls.clocks import faces_of, part_clock
from calls.models import Call, Part
from calls.policies import FILE
from calls.queries import calls_of, moves_of, part_moves, parts_of, sees_petition, teams_to_send
from calls.wording import end_words, history_of
from kernel import clock
from kernel.actors import Actor
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from organizations.models import Area
from organizations.places import areas_around

LOOKS = Looks(
    icons={
        "sign": "signature",
        "decline": "x",
        "triage": "send",
        "turn_away": "phone-off",
        "answer": "user-check",
        "refuse": "hand-stop",
        "arrive": "map-pin-check",
        "report": "checklist",
        "solve": "circle-check",
        "send_back": "rotate",
        "uphold": "gavel",
        "overrule": "gavel",
        "withdraw": "arrow-back-up",
    },
    first=frozenset({"sign", "triage", "answer", "arrive", "report", "solve"}),
    danger=frozenset({"decline", "turn_away", "refuse", "withdraw"}),
)
WITH = ("caller", "center", "lead", "team", "person", "category", "entry", "refusal_entry")


def seen(request: ActorRequest, call_id: UUID) -> Call:
    """The call, or a 404 where it is not there or not for this person. Never with its petition (F17)."""
    found: Call | None = Call.objects.visible_to(request.actor).select_related(*WITH).filter(pk=call_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def call(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """One call."""
    actor, at = request.actor, clock.now()
    found = seen(request, call_id)
    sees = sees_petition(call=found, actor=actor)
    context = {
        "call": found,
        "colour": COLOURS[found.state],
        "kind_colour": COLOURS[found.kind],
        "place": place_name(found.place),
        "end_words": end_words(found.end_note) if found.end_note else "",
        "faces": faces_of(call=found, at=at),
        **offered(moves_of(call=found, actor=actor), looks=LOOKS, address=lambda move: _address(found, move)),
        "parts": [_part(one, found, actor, at) for one in parts_of(call=found)],
        "rounds": list(found.rounds.select_related("unit", "person", "refusal_entry").order_by("-number")),
        "history": history_of(call=found),
        "sees_petition": sees,
        "petition": found.petition if sees else None,
        "may_turn": found.petition_id is None and bool(actor.may(FILE, units=[found.caller_id])),
        "evidence": list(found.evidence.select_related("unit").order_by("added_at", "pk")),
        "may_send": _may_send(found, actor),
        "beside": [
            {"call": one, "colour": COLOURS[one.state]}
            for one in calls_of(case_id=found.case_id, actor=actor).exclude(pk=found.pk)
        ],
    }
    return render(request, "calls/call.html", context)


def _may_send(found: Call, actor: Actor) -> bool:
    """Whether the own team of the township could go beside this call."""
    if found.team_id is not None or found.state in FINAL_STATES:
        return False
    return teams_to_send(actor=actor, township_id=found.caller_id, on=clock.today()).exists()


def place_name(place: str) -> str:
    """A place in words: township and village."""
    codes = [code for code in reversed(areas_around(place=place)) if len(place) >= 9 or code[6:] == "000000"]
    names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
    return " · ".join(names[code] for code in codes if code in names and code[4:6] != "00")


def _address(found: Call, move: str) -> str:
    if move == "triage":
        return reverse("calls:triage", args=[found.pk])
    return reverse("calls:deed", args=[found.pk, move])


def _part(part: Part, found: Call, actor: Actor, at: Any) -> dict[str, Any]:
    return {
        "part": part,
        "colour": PART_COLOURS[part.state],
        "clock": part_clock(part=part, call=found, at=at),
        "moves": [
            {
                "href": reverse("calls:part", args=[found.pk, part.pk, move.move]),
                "label": move.label,
                "icon": LOOKS.icons[move.move],
                "primary": move.move in LOOKS.first,
                "danger": move.move in LOOKS.danger,
            }
            for move in part_moves(part=part, actor=actor)
            if move.allowed
        ],
    }
