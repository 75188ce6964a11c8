"""What the endpoints of whistles tell: nothing of a reporter, and no link to a case that one does not see."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown
from petitions.models import Petition
from whistles.models import AgendaItem, CheckIn, Rating, Summons, Task, Whistle
from whistles.queries import moves_of, task_moves, tasks_of
from whistles.wording import end_words

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "issue": "issue",
    "decline": "decline",
    "withdraw": "withdraw",
    "receive": "receipts",
    "ask_leave": "leaves",
    "excuse": "excuse",
    "summon": "summon",
    "move": "move",
    "call_off": "call-off",
    "add_item": "agenda",
    "check_in": "check-ins",
    "call_roll": "roll",
    "hold": "hold",
    "record": "minutes",
    "rate_unit": "unit-scores",
    "rate_whistle": "scores",
}
TASK_ACTIONS = {"report": "report", "confirm": "confirm", "send_back": "send-back", "drop": "drop"}
ROW = (
    "id", "number", "version", "state", "kind", "form", "matter", "place", "where", "lng", "lat", "meets_at", "asker",
    "issuer", "opened_at", "issued_at", "stage_due_at", "held_at", "finish_by", "ended_at",
)  # fmt: skip
COUNTS = ("called", "came", "absent", "tasks_given", "tasks_done")
SUMMONS = (
    "summoned_at", "receipt_due_at", "received_at", "attendees", "leave_asked_at", "leave_reason", "excused_at",
    "attendance", "arrived_at", "absent_at",
)  # fmt: skip
TASK = (
    "id", "number", "version", "state", "what", "found", "where", "limit_value", "limit_unit", "given_at", "due_at",
    "stage_due_at", "report", "reported_at", "late", "sent_back", "note", "ended_at",
)  # fmt: skip
CHECK_IN = ("checked_at", "lng", "lat", "metres", "name")
RATING = ("side", "response", "result", "needed", "prepared", "note", "rated_at")


class WhistleRow(serializers.ModelSerializer[Whistle]):
    """A whistle in a list, with "4 of 5 present" and "2 of 3 done"."""

    asker = UnitRef()
    issuer = UnitRef(allow_null=True)
    called = serializers.IntegerField(help_text="Units that are awaited or came, excused ones left out.")
    came = serializers.IntegerField()
    absent = serializers.IntegerField()
    tasks_given = serializers.IntegerField()
    tasks_done = serializers.IntegerField()

    class Meta:
        model = Whistle
        fields: tuple[str, ...] = (*ROW, *COUNTS)

    def to_representation(self, instance: Whistle) -> dict[str, Any]:
        """With the units by number and name."""
        return row_of(instance)


class CheckInOutput(serializers.ModelSerializer[CheckIn]):
    """Somebody who is there. `metres` is null where one of the two places is not known."""

    class Meta:
        model = CheckIn
        fields = CHECK_IN


class ScoreOutput(serializers.ModelSerializer[Rating]):
    """Marks of one side."""

    class Meta:
        model = Rating
        fields = RATING


class SummonsOutput(serializers.ModelSerializer[Summons]):
    """What one unit was called to, and what became of it."""

    unit = UnitRef()
    check_ins = CheckInOutput(many=True)
    ratings = ScoreOutput(many=True)

    class Meta:
        model = Summons
        fields = ("unit", *SUMMONS, "check_ins", "ratings")

    def to_representation(self, instance: Summons) -> dict[str, Any]:
        """With the unit by number and name."""
        return summons_of(instance)


class AgendaOutput(serializers.ModelSerializer[AgendaItem]):
    """An item of the agenda."""

    unit = UnitRef()

    class Meta:
        model = AgendaItem
        fields = ("number", "text", "unit")

    def to_representation(self, instance: AgendaItem) -> dict[str, Any]:
        """With the unit by number and name."""
        return {"number": instance.number, "text": instance.text, "unit": _unit(instance.unit)}


class WhistleTaskRow(serializers.ModelSerializer[Task]):
    """A task, and whose."""

    whistle = serializers.UUIDField(source="whistle_id")
    unit = UnitRef()
    helpers = UnitRef(many=True)

    class Meta:
        model = Task
        fields: tuple[str, ...] = ("whistle", *TASK, "unit", "helpers")

    def to_representation(self, instance: Task) -> dict[str, Any]:
        """With the units by number and name."""
        return task_of(instance)


class WhistleTaskOutput(WhistleTaskRow):
    """The same, with what this person may do."""

    moves = MoveOutput(many=True)

    class Meta(WhistleTaskRow.Meta):
        fields = ("whistle", *TASK, "unit", "helpers", "moves")


class WhistleOutput(serializers.ModelSerializer[Whistle]):
    """The whole whistle, with what this person may do. `petition` only for those who see that case."""

    asker = UnitRef()
    issuer = UnitRef(allow_null=True)
    petition = serializers.UUIDField(allow_null=True)
    why = serializers.CharField(help_text="Why it was declined, withdrawn or called off; empty otherwise.")
    decisions = serializers.ListField(child=serializers.CharField())
    agenda = AgendaOutput(many=True)
    summonses = SummonsOutput(many=True)
    tasks = WhistleTaskRow(many=True)
    moves = MoveOutput(many=True)

    class Meta:
        model = Whistle
        fields = (
            *ROW, "details", "minutes", "minutes_at", "petition", "why", "decisions", "agenda", "summonses", "tasks",
            "moves",
        )  # fmt: skip


def _unit(unit: Any) -> dict[str, Any] | None:
    return {"id": unit.pk, "name": str(unit)} if unit else None


def _plain(whistle: Whistle) -> dict[str, Any]:
    shown = {name: getattr(whistle, name) for name in ROW if name not in ("asker", "issuer")}
    return {**shown, "asker": _unit(whistle.asker), "issuer": _unit(whistle.issuer)}


def row_of(whistle: Whistle) -> dict[str, Any]:
    """A whistle as a list shows it; the counts come with counted()."""
    return {**_plain(whistle), **{name: getattr(whistle, name) for name in COUNTS}}


def summons_of(summons: Summons) -> dict[str, Any]:
    """A summons with its check-ins and scores."""
    return {
        "unit": _unit(summons.unit),
        **{name: getattr(summons, name) for name in SUMMONS},
        "check_ins": [
            {**{name: getattr(one, name) for name in CHECK_IN}, "name": one.name or str(one.user)}
            for one in summons.check_ins.all()
        ],
        "ratings": [{name: getattr(one, name) for name in RATING} for one in summons.ratings.all()],
    }


def task_of(task: Task) -> dict[str, Any]:
    """A task as a list shows it."""
    return {
        "whistle": task.whistle_id,
        **{name: getattr(task, name) for name in TASK},
        "unit": _unit(task.unit),
        "helpers": [_unit(one) for one in task.helpers.all()],
    }


def task_detail(task: Task, *, actor: Actor) -> dict[str, Any]:
    """A task with what this person may do."""
    return {**task_of(task), "moves": moves_shown(task_moves(task=task, actor=actor), actions=TASK_ACTIONS)}


def detail_of(whistle: Whistle, *, actor: Actor) -> dict[str, Any]:
    """A whistle with everything about it."""
    rows = whistle.summonses.select_related("unit").prefetch_related("check_ins__user", "ratings")
    summonses = list(rows.order_by("unit__name", "pk"))
    sees = whistle.petition_id and Petition.objects.visible_to(actor).filter(pk=whistle.petition_id).exists()
    return {
        **_plain(whistle),
        "details": whistle.details,
        "minutes": whistle.minutes,
        "minutes_at": whistle.minutes_at,
        "petition": whistle.petition_id if sees else None,
        "why": end_words(whistle.end_note),
        "decisions": list(whistle.decisions.order_by("number").values_list("text", flat=True)),
        "agenda": [
            {"number": one.number, "text": one.text, "unit": _unit(one.unit)}
            for one in whistle.agenda.select_related("unit").order_by("number")
        ],
        "summonses": [summons_of(one) for one in summonses],
        "tasks": [task_of(one) for one in tasks_of(whistle=whistle)],
        "moves": moves_shown(moves_of(whistle=whistle, actor=actor, summonses=summonses), actions=ACTIONS),
    }
