"""What the endpoints of orders tell."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dispatch.api.decision import DecisionOutput
from dispatch.api.joint_outputs import JointTaskOutput, TallyOutput
from dispatch.choices import Light
from dispatch.models import Objection, Progress, WorkOrder
from dispatch.queries import moves_of
from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown

# The move of the table → the last part of the address that makes it. The system alone cancels.
ACTIONS = {
    "sign": "sign",
    "progress": "progress",
    "return": "return",
    "grant_return": "rule",
    "refuse_return": "rule",
    "adjudicate_away": "adjudicate",
    "adjudicate_keep": "adjudicate",
    "complete": "complete",
    "pass": "verify",
    "fail": "verify",
    "reassign": "reassign",
    "recall": "recall",
    "ask_extension": "extension",
    "ask_pause": "pause",
    "extend": "time-ruling",
    "suspend": "time-ruling",
    "refuse_time": "time-ruling",
    "resume": "resume",
    "end_pause": "resume",
}


class ProgressOutput(serializers.ModelSerializer[Progress]):
    unit = UnitRef(allow_null=True)

    class Meta:
        model = Progress
        fields = ("text", "unit", "reported_at")


class ObjectionOutput(serializers.ModelSerializer[Objection]):
    """What a unit said against an order of this case, and what was ruled; the second in a round is adjudicated."""

    order = serializers.UUIDField(source="order_id")
    unit = UnitRef()
    reason = serializers.CharField(source="reason_id")
    named_unit = UnitRef(allow_null=True)

    class Meta:
        model = Objection
        fields = ("order", "round", "turn", "unit", "reason", "note", "at", "outcome", "ruling", "basis", "named_unit",
                  "ruled_at")  # fmt: skip


class OrderOutput(serializers.ModelSerializer[WorkOrder]):
    """The whole order as this person may see it."""

    petition = serializers.UUIDField(source="petition_id")
    number = serializers.CharField(source="petition.number")
    state_label = serializers.CharField(source="get_state_display")
    unit = UnitRef()
    light = serializers.ChoiceField(Light.choices)
    decision = DecisionOutput()
    return_reason = serializers.CharField(source="return_reason_id", allow_null=True)
    object_until = serializers.DateTimeField(help_text="Until when its unit may object, once.")
    objections = ObjectionOutput(many=True)
    progress = ProgressOutput(many=True)
    joint = TallyOutput()
    tasks = serializers.SerializerMethodField()
    moves = MoveOutput(many=True)

    class Meta:
        model = WorkOrder
        fields = (
            "id", "petition", "number", "version", "state", "state_label", "round", "urgency", "place", "unit", "light",
            "decision", "instruction", "limit_value", "limit_unit", "counted_from", "counted_value", "counted_unit",
            "extension_days", "asking", "provisional", "assigned_at", "sign_due_at",
            "yellow_at", "handle_due_at", "signed_at", "completed_at", "result", "verified_at", "ended_at", "on_time",
            "return_reason", "return_note", "recall_reason", "recall_note", "object_until", "objections", "bound",
            "reworks", "rung", "progress", "joint", "tasks", "moves",
        )  # fmt: skip

    @extend_schema_field(JointTaskOutput(many=True))
    def get_tasks(self, order: Any) -> Any:
        """The units beside the lead; what they say of themselves was put together for this person already."""
        return order.tasks


class OrderChangedOutput(serializers.Serializer[Any]):
    """How the order stands after a deed, and what may be done next."""

    id = serializers.UUIDField()
    petition = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    unit = serializers.IntegerField()
    sign_due_at = serializers.DateTimeField()
    handle_due_at = serializers.DateTimeField()
    moves = MoveOutput(many=True)


def moves_offered(order: WorkOrder, *, actor: Actor) -> list[dict[str, Any]]:
    """The moves that somebody may ask for."""
    return moves_shown(moves_of(order=order, actor=actor), actions=ACTIONS)


def changed_of(order: WorkOrder, *, actor: Actor) -> dict[str, Any]:
    """What a deed answers with."""
    return {
        "id": order.pk,
        "petition": order.petition_id,
        "version": order.version,
        "state": order.state,
        "unit": order.unit_id,
        "sign_due_at": order.sign_due_at,
        "handle_due_at": order.handle_due_at,
        "moves": moves_offered(order, actor=actor),
    }
