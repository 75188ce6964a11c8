"""What the endpoints of orders tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from rest_framework import serializers

from dispatch.choices import Light, NoRoute, RouteReason
from dispatch.models import Progress, WorkOrder
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
    "complete": "complete",
    "pass": "verify",
    "fail": "verify",
    "reassign": "reassign",
}
ROW = (
    "pk", "petition", "unit", "version", "state", "round", "urgency", "place", "reason", "assigned_at", "sign_due_at",
    "handle_due_at", "signed_at", "completed_at", "ended_at", "on_time", "reworks", "rung",
)  # fmt: skip
ROW_NAMES = {
    "number": F("petition__number"),
    "title": F("petition__title"),
    "unit_name": F("unit__short_name"),
}
FOR_LIGHT = ("half_at", "yellow_at")


class OrderRow(serializers.ModelSerializer[WorkOrder]):
    """An order in a list. This describes the row; the row itself comes from .values() without a serializer."""

    petition = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.IntegerField()
    unit_name = serializers.CharField()
    light = serializers.ChoiceField(Light.choices)

    class Meta:
        model = WorkOrder
        fields = ("id", *ROW[1:], *ROW_NAMES, "light")


def row_of(values: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """One row of .values() as the list shows it, with its light."""
    seen = WorkOrder(**{name: values[name] for name in (*FOR_LIGHT, "handle_due_at", "completed_at", "ended_at")})
    shown = {name: value for name, value in values.items() if name not in ("pk", *FOR_LIGHT)}
    return {"id": values["pk"], **shown, "light": seen.light(at=at).value}


class ProgressOutput(serializers.ModelSerializer[Progress]):
    unit = UnitRef(allow_null=True)

    class Meta:
        model = Progress
        fields = ("text", "unit", "reported_at")


class PassedOverOutput(serializers.Serializer[Any]):
    """A row of the list that was looked at and not taken, and why."""

    entry = serializers.CharField()
    unit_name = serializers.CharField(allow_blank=True)
    duty = serializers.CharField()
    reason = serializers.CharField()


class DecisionOutput(serializers.Serializer[Any]):
    """Why this unit: the row of the list, the limit and its basis, who assists, who was refused."""

    found = serializers.BooleanField(help_text="false: the list has no answer; reason says what it lacks.")
    reason = serializers.CharField()
    reason_label = serializers.CharField()
    entry = serializers.CharField(allow_blank=True)
    unit = UnitRef(allow_null=True)
    limit_value = serializers.CharField(allow_blank=True)
    limit_unit = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    assists = UnitRef(many=True)
    refused = PassedOverOutput(many=True)


class OrderOutput(serializers.ModelSerializer[WorkOrder]):
    """The whole order as this person may see it."""

    petition = serializers.UUIDField(source="petition_id")
    number = serializers.CharField(source="petition.number")
    state_label = serializers.CharField(source="get_state_display")
    unit = UnitRef()
    light = serializers.ChoiceField(Light.choices)
    decision = DecisionOutput()
    return_reason = serializers.CharField(source="return_reason_id", allow_null=True)
    progress = ProgressOutput(many=True)
    moves = MoveOutput(many=True)

    class Meta:
        model = WorkOrder
        fields = (
            "id", "petition", "number", "version", "state", "state_label", "round", "urgency", "place", "unit", "light",
            "decision", "instruction", "limit_value", "limit_unit", "provisional", "assigned_at", "sign_due_at",
            "yellow_at", "handle_due_at", "signed_at", "completed_at", "result", "verified_at", "ended_at", "on_time",
            "return_reason", "return_note", "bound", "reworks", "rung", "progress", "moves",
        )  # fmt: skip


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


def decision_of(recorded: dict[str, Any], *, names: dict[int, str], lacking: str = "") -> dict[str, Any]:
    """A recorded decision in words; `lacking` is what the list lacks where there is none."""
    reason = lacking or str(recorded.get("reason", ""))
    value, unit = recorded.get("limit") or ("", "")
    return {
        "found": not lacking,
        "reason": reason,
        "reason_label": _label(reason),
        "entry": recorded.get("entry", ""),
        "unit": _unit(recorded.get("unit"), names),
        "limit_value": value,
        "limit_unit": unit,
        "basis": recorded.get("basis", ""),
        "assists": [_unit(one, names) for one in recorded.get("assists", ())],
        "refused": [
            {
                "entry": one.get("entry", ""),
                "unit_name": names.get(one.get("unit"), ""),
                "duty": one.get("duty", ""),
                "reason": one.get("reason", ""),
            }
            for one in recorded.get("refused", ())
        ],
    }


def units_in(recorded: dict[str, Any]) -> set[int]:
    """Every unit that a decision names."""
    refused: Iterable[dict[str, Any]] = recorded.get("refused", ())
    named = [recorded.get("unit"), *recorded.get("assists", ()), *(one.get("unit") for one in refused)]
    return {one for one in named if isinstance(one, int)}


def _unit(unit_id: int | None, names: dict[int, str]) -> dict[str, Any] | None:
    return None if unit_id is None else {"id": unit_id, "name": names.get(unit_id, "")}


def _label(reason: str) -> str:
    words = dict([*RouteReason.choices, *NoRoute.choices])
    return str(words.get(reason, reason))
