"""Why this unit: a recorded decision in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from dispatch.choices import NoRoute, RouteReason
from kernel.api.outputs import UnitRef


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
