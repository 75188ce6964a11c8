"""What the endpoints of calls tell. Nothing of a petition is in it but its id, for those who see it (F17)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers

from calls.models import Call, Evidence, Part, Round
from calls.queries import moves_of, part_moves, parts_of, seen_petitions
from calls.wording import end_words, history_of
from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "sign": "sign", "decline": "decline", "triage": "triage", "turn_away": "turn-away", "answer": "answer",
    "refuse": "refuse", "arrive": "arrive", "report": "report", "solve": "solve", "send_back": "send-back",
    "uphold": "uphold", "overrule": "overrule", "withdraw": "withdraw",
}  # fmt: skip
PART_ACTIONS = {
    "answer": "answer", "arrive": "arrive", "report": "report", "refuse": "refuse", "uphold": "uphold",
    "overrule": "overrule",
}  # fmt: skip
ROW = (
    "id", "number", "version", "state", "kind", "quick", "round", "place", "asked", "wanted_by", "filed_at",
    "called_at", "stage_due_at", "answer_due_at", "work_due_at", "promised_at", "answered_in_time", "arrived_in_time",
    "reported_in_time", "parts_total", "parts_replied", "bound", "speed", "quality", "ended_at",
)  # fmt: skip
REPLY = (
    "person", "promised_at", "answered_at", "answered_in_time", "arrived_at", "arrived_in_time", "lng", "lat",
    "accuracy_m", "result", "reported_at", "reported_in_time",
)  # fmt: skip
PART = (
    "id", "version", "state", "task", "answer_due_at", "work_due_at", "stage_due_at", "refusal_note", "ruling", "bound",
    *REPLY,
)  # fmt: skip
FILE = ("id", "stage", "original_name", "content_type", "size", "width", "height", "sha256", "added_at")
ROUND = ("number", "outcome", "note", "result", "refusal_note", "ended_at")


class CallTeamRef(serializers.Serializer[Any]):
    """The own team that a township sent."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class CallRow(serializers.ModelSerializer[Call]):
    """A call in a list. `petition` is null for those who do not see it."""

    petition = serializers.UUIDField(source="petition_id", allow_null=True)
    caller = UnitRef()
    center = UnitRef()
    lead = UnitRef(allow_null=True)
    team = CallTeamRef(allow_null=True)
    beside = serializers.UUIDField(source="beside_id", allow_null=True, help_text="The call that the team goes beside.")

    class Meta:
        model = Call
        fields: tuple[str, ...] = (*ROW, "petition", "caller", "center", "lead", "team", "beside")


class CallPersonRef(serializers.Serializer[Any]):
    """Who comes, by number and name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class CallPartOutput(serializers.ModelSerializer[Part]):
    """A cooperating unit with its own clock and reply."""

    unit = UnitRef()
    person = CallPersonRef(allow_null=True)
    refusal_entry = serializers.CharField(help_text="Code of the row that a refusal rests on; empty otherwise.")
    moves = MoveOutput(many=True)

    class Meta:
        model = Part
        fields = (*PART, "unit", "refusal_entry", "moves")


class CallRoundOutput(serializers.ModelSerializer[Round]):
    """A round that did not end the call."""

    unit = UnitRef()
    refusal_entry = serializers.CharField(help_text="Code of the row that the unit named; empty otherwise.")

    class Meta:
        model = Round
        fields = (*ROUND, "unit", "refusal_entry")


class CallEventOutput(serializers.Serializer[Any]):
    """One entry of the course of a call."""

    name = serializers.CharField()
    at = serializers.DateTimeField()
    title = serializers.CharField()
    who = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)


class CallFileOutput(serializers.ModelSerializer[Evidence]):
    """A picture or a document of a call; `width` is 0 for a document."""

    unit = UnitRef()

    class Meta:
        model = Evidence
        fields = (*FILE, "unit")


class CallOutput(CallRow):
    """The whole call, with what this person may do."""

    person = CallPersonRef(allow_null=True)
    category = serializers.CharField(allow_null=True, help_text="Code of the category.")
    entry = serializers.CharField(help_text="Code of the row of the list that named the lead; empty otherwise.")
    refusal_entry = serializers.CharField(help_text="Code of the row that a refusal rests on; empty otherwise.")
    why = serializers.CharField(help_text="Why it ended without being solved; empty otherwise.")
    parts = CallPartOutput(many=True)
    files = CallFileOutput(many=True)
    rounds = CallRoundOutput(many=True)
    course = CallEventOutput(many=True)
    moves = MoveOutput(many=True)

    class Meta(CallRow.Meta):
        fields = (
            *CallRow.Meta.fields, "spot", "instruction", *(one for one in REPLY if one not in ROW), "category", "entry",
            "refusal_entry", "refusal_note", "rating_note", "why", "parts", "files", "rounds", "course", "moves",
        )  # fmt: skip


def _unit(unit: Any) -> dict[str, Any] | None:
    return {"id": unit.pk, "name": str(unit)} if unit is not None else None


def _person(user: Any) -> dict[str, Any] | None:
    return {"id": user.pk, "name": str(user)} if user is not None else None


def rows_of(found: list[Call], *, actor: Actor) -> list[dict[str, Any]]:
    """Calls as a list shows them; one query for which of their petitions the actor sees."""
    seen = seen_petitions(petition_ids={one.petition_id for one in found if one.petition_id}, actor=actor)
    return [_row(one, seen) for one in found]


def _row(call: Call, seen: set[UUID]) -> dict[str, Any]:
    return {
        **{name: getattr(call, name) for name in ROW},
        "petition": call.petition_id if call.petition_id in seen else None,
        "caller": _unit(call.caller),
        "center": _unit(call.center),
        "lead": _unit(call.lead),
        "team": {"id": call.team.pk, "name": call.team.name} if call.team else None,
        "beside": call.beside_id,
    }


def detail_of(call: Call, *, actor: Actor) -> dict[str, Any]:
    """A call with its cooperating units, its rounds and its course."""
    return {
        **rows_of([call], actor=actor)[0],
        **{name: getattr(call, name) for name in REPLY if name != "person"},
        "spot": call.spot,
        "instruction": call.instruction,
        "person": _person(call.person),
        "category": call.category_id,
        "entry": call.entry.code if call.entry else "",
        "refusal_entry": call.refusal_entry.code if call.refusal_entry else "",
        "refusal_note": call.refusal_note,
        "rating_note": call.rating_note,
        "why": end_words(call.end_note),
        "parts": [part_of(one, actor=actor) for one in parts_of(call=call)],
        "files": [file_of(one) for one in call.evidence.select_related("unit").order_by("added_at", "pk")],
        "rounds": [_round(one) for one in call.rounds.select_related("unit", "refusal_entry").order_by("number")],
        "course": [
            {
                name: str(one[name]) if name == "title" else one[name]
                for name in ("name", "at", "title", "who", "detail")
            }
            for one in history_of(call=call)
        ],
        "moves": moves_shown(moves_of(call=call, actor=actor), actions=ACTIONS),
    }


def part_of(part: Part, *, actor: Actor) -> dict[str, Any]:
    """A cooperating unit as it stands."""
    return {
        **{name: getattr(part, name) for name in PART if name != "person"},
        "person": _person(part.person),
        "unit": _unit(part.unit),
        "refusal_entry": part.refusal_entry.code if part.refusal_entry else "",
        "moves": moves_shown(part_moves(part=part, actor=actor), actions=PART_ACTIONS),
    }


def file_of(row: Evidence) -> dict[str, Any]:
    """A file as the API tells of it."""
    return {**{name: getattr(row, name) for name in FILE}, "unit": _unit(row.unit)}


def _round(one: Round) -> dict[str, Any]:
    shown = {name: getattr(one, name) for name in ROUND}
    return {**shown, "unit": _unit(one.unit), "refusal_entry": one.refusal_entry.code if one.refusal_entry else ""}
