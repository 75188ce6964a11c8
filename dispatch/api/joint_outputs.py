"""What the endpoints of joint orders tell. Nothing of a reporter is in any of it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from dispatch.joint.queries import Tally, offer_moves, task_moves
from dispatch.models import JointTask, OrderOffer
from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "receive": "receive",
    "reply": "reply",
    "accept": "accept",
    "send_back": "send-back",
    "release": "release",
    "agree": "agree",
    "refuse": "refuse",
    "withdraw": "withdraw",
}


class TallyOutput(serializers.Serializer[Any]):
    """Of so many units that were asked, so many have replied."""

    asked = serializers.IntegerField()
    replied = serializers.IntegerField()


class JointTaskOutput(serializers.ModelSerializer[JointTask]):
    """The part of one cooperating unit."""

    order = serializers.UUIDField(source="order_id")
    unit = UnitRef()
    state_label = serializers.CharField(source="get_state_display")
    entry = serializers.CharField(source="entry.code", default="", help_text="The row of the list that says so.")
    officer = serializers.CharField(source="officer.display_name", default="", help_text="Who does it in the unit.")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = JointTask
        fields = (
            "id", "order", "version", "unit", "kind", "state", "state_label", "asked", "entry", "given_at",
            "limit_value", "limit_unit", "counted_from", "due_at", "provisional", "officer", "received_at", "reply",
            "replied_at", "on_time", "judged_at", "lacking", "sent_back", "released_at", "released_why", "release_note",
            "rung", "moves",
        )  # fmt: skip

    @extend_schema_field(MoveOutput(many=True))
    def get_moves(self, task: JointTask) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        return moves_shown(task_moves(task=task, order=task.order, actor=self.context["actor"]), actions=ACTIONS)


class OfferOutput(serializers.ModelSerializer[OrderOffer]):
    """An offer of an order to another unit, with both signatures."""

    order = serializers.UUIDField(source="order_id")
    petition = serializers.UUIDField(source="petition_id")
    unit = UnitRef()
    to_unit = UnitRef()
    state_label = serializers.CharField(source="get_state_display")
    became = serializers.UUIDField(source="became_id", allow_null=True, help_text="The order of the new lead.")
    moves = serializers.SerializerMethodField()

    class Meta:
        model = OrderOffer
        fields = (
            "id", "order", "petition", "version", "unit", "to_unit", "state", "state_label", "grounds", "offered_at",
            "until", "answered_at", "note", "became", "moves",
        )  # fmt: skip

    @extend_schema_field(MoveOutput(many=True))
    def get_moves(self, offer: OrderOffer) -> list[dict[str, Any]]:
        """What this person may do with it now."""
        return moves_shown(offer_moves(offer=offer, actor=self.context["actor"]), actions=ACTIONS)


def tasks_shown(tasks: Any, *, actor: Actor) -> list[dict[str, Any]]:
    """Tasks as the endpoints tell them."""
    return list(JointTaskOutput(tasks, many=True, context={"actor": actor}).data)


def task_shown(task: JointTask, *, actor: Actor) -> dict[str, Any]:
    """One task."""
    return dict(JointTaskOutput(task, context={"actor": actor}).data)


def offer_shown(offer: OrderOffer, *, actor: Actor) -> dict[str, Any]:
    """One offer."""
    return dict(OfferOutput(offer, context={"actor": actor}).data)


def tally_shown(tally: Tally | None) -> dict[str, int]:
    """The tally of an order; of one in which nobody was asked it is nought of nought."""
    found = tally or Tally()
    return {"asked": found.asked, "replied": found.replied}
