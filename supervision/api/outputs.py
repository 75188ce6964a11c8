"""What the endpoints of supervision tell. Nothing of a reporter is in any of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework import serializers

from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown
from supervision.clocks import age_of
from supervision.models import Answer, Listing, SupervisionOrder, Urging
from supervision.policies import listing_verdict
from supervision.queries import listing_moves, moves_of
from supervision.wording import end_words

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "issue": "issue",
    "dismiss": "dismiss",
    "receive": "receive",
    "answer": "answer",
    "accept": "accept",
    "send_back": "send-back",
    "withdraw": "withdraw",
}
LISTING_ACTIONS = {"extend": "extend", "remove": "remove"}
ROW = (
    "id", "petition", "number", "version", "state", "origin", "level", "reason", "unit", "issuer", "opened_at",
    "issued_at", "receive_due_at", "answer_due_at", "stage_due_at", "received_at", "sent_back", "ended_at",
)  # fmt: skip
ANSWER = ("number", "text", "measures", "on_time", "answered_at", "verdict", "verdict_note", "judged_at")
LISTED = (
    "id", "number", "version", "state", "ground", "unit", "category", "township", "demand", "listed_at", "until",
    "recheck_on", "extended_from", "removed_at", "removal",
)  # fmt: skip
URGED = ("id", "petition", "number", "unit", "note", "urged_at", "again_at")


class SupervisionRow(serializers.ModelSerializer[SupervisionOrder]):
    """A supervision order in a list."""

    petition = serializers.UUIDField(source="petition_id")
    unit = UnitRef()
    issuer = UnitRef()

    class Meta:
        model = SupervisionOrder
        fields: tuple[str, ...] = ROW

    def to_representation(self, instance: SupervisionOrder) -> dict[str, Any]:
        """With the units by number and name."""
        return row_of(instance)


class AnswerOutput(serializers.ModelSerializer[Answer]):
    """What the unit answered, and what was said to it."""

    class Meta:
        model = Answer
        fields = ANSWER


class SupervisionOutput(SupervisionRow):
    """The whole order, with what this person may do."""

    answers = AnswerOutput(many=True)
    why = serializers.CharField(help_text="Why it was withdrawn or not issued; empty otherwise.")
    moves = MoveOutput(many=True)

    class Meta(SupervisionRow.Meta):
        fields = (*ROW, "content", "answers", "why", "moves")


class UrgingOutput(serializers.ModelSerializer[Urging]):
    """One urging; `number` counts how often for this order."""

    petition = serializers.UUIDField(source="petition_id")
    unit = UnitRef()

    class Meta:
        model = Urging
        fields = URGED

    def to_representation(self, instance: Urging) -> dict[str, Any]:
        """With the unit by number and name."""
        return urging_of(instance)


class TownshipRef(serializers.Serializer[Any]):
    """A township by code and name."""

    code = serializers.CharField()
    name = serializers.CharField()


class ListingOutput(serializers.ModelSerializer[Listing]):
    """A case on the list: whose it is and how old, and nothing of a person."""

    unit = UnitRef()
    category = serializers.CharField(allow_null=True, help_text="Code of the category.")
    township = TownshipRef(allow_null=True)
    petition = serializers.UUIDField(allow_null=True, help_text="Only for those who may end the listing.")
    days = serializers.IntegerField(help_text="Days on the list.")
    days_overdue = serializers.IntegerField(help_text="Days since the work order was due.")
    moves = MoveOutput(many=True)

    class Meta:
        model = Listing
        fields = (*LISTED, "petition", "days", "days_overdue", "moves")


def _unit(unit: Any) -> dict[str, Any]:
    return {"id": unit.pk, "name": str(unit)}


def row_of(order: SupervisionOrder) -> dict[str, Any]:
    """An order as a list shows it."""
    shown = {name: getattr(order, name) for name in ROW if name not in ("petition", "unit", "issuer")}
    return {**shown, "petition": order.petition_id, "unit": _unit(order.unit), "issuer": _unit(order.issuer)}


def detail_of(order: SupervisionOrder, *, actor: Actor) -> dict[str, Any]:
    """An order with its text and its answers."""
    return {
        **row_of(order),
        "content": order.content,
        "answers": [{name: getattr(one, name) for name in ANSWER} for one in order.answers.order_by("number")],
        "why": end_words(order.end_note),
        "moves": moves_shown(moves_of(order=order, actor=actor), actions=ACTIONS),
    }


def urging_of(urging: Urging) -> dict[str, Any]:
    """An urging as it is told."""
    shown = {name: getattr(urging, name) for name in URGED if name not in ("petition", "unit")}
    return {**shown, "petition": urging.petition_id, "unit": _unit(urging.unit)}


def listing_of(listing: Listing, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """A listed case as everybody in the house may see it; its number only where one may act on it."""
    age, manages = age_of(listing=listing, at=at), bool(listing_verdict(listing=listing, actor=actor))
    shown = {name: getattr(listing, name) for name in LISTED if name not in ("unit", "category", "township")}
    township = listing.township
    return {
        **shown,
        "unit": _unit(listing.unit),
        "category": listing.category_id,
        "township": {"code": township.code, "name": township.name} if township else None,
        "petition": listing.petition_id if manages else None,
        "days": age["days"],
        "days_overdue": age["overdue"],
        "moves": moves_shown(listing_moves(listing=listing, actor=actor), actions=LISTING_ACTIONS),
    }
