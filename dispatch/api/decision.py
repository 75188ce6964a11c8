"""Why this unit: a recorded decision in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from dispatch.explaining import Explained, explain
from kernel.api.outputs import UnitRef


class PassedOverOutput(serializers.Serializer[Any]):
    """A candidate that was looked at and not taken: the row that speaks of it, and why not."""

    entry = serializers.CharField(allow_blank=True)
    unit = serializers.IntegerField(allow_null=True)
    unit_name = serializers.CharField(allow_blank=True)
    area = serializers.CharField(allow_blank=True)
    duty = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()
    reason_label = serializers.CharField()


class StepOutput(serializers.Serializer[Any]):
    """One step of the decision in words: category, place, list, hours, duty, agency, load, limit, one-off task."""

    step = serializers.CharField()
    # Declared fields are taken off the class: it keeps Field.label, which the stubs see hidden here.
    label = serializers.CharField()  # type: ignore[assignment]
    said = serializers.CharField(allow_blank=True)
    detail = serializers.CharField(allow_blank=True)


class CooperatingOutput(serializers.Serializer[Any]):
    """A unit that cooperates, by which row; none where it is the listed unit that another one stands in for."""

    unit = serializers.IntegerField()
    entry = serializers.CharField(allow_blank=True)
    area = serializers.CharField(allow_blank=True)


class DecisionOutput(serializers.Serializer[Any]):
    """Why this unit: each step with the row that decided it, the limit and its basis, who assists, and who lost."""

    found = serializers.BooleanField(help_text="false: the list has no answer; reason says what it lacks.")
    reason = serializers.CharField()
    reason_label = serializers.CharField()
    entry = serializers.CharField(allow_blank=True)
    unit = UnitRef(allow_null=True)
    limit_value = serializers.CharField(allow_blank=True)
    limit_unit = serializers.CharField(allow_blank=True)
    limit_by = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    assists = UnitRef(many=True)
    cooperating = CooperatingOutput(many=True)
    steps = StepOutput(many=True)
    refused = PassedOverOutput(many=True)


def decision_of(recorded: dict[str, Any], *, on: date, lacking: str = "") -> dict[str, Any]:
    """A recorded decision of a day in words; `lacking` is what the list lacks where there is none."""
    said = explain(recorded=recorded, lacking=lacking, on=on)
    value, unit = recorded.get("limit") or ("", "")
    named = zip(recorded.get("assists", ()), said.assists, strict=True)
    return {
        "found": said.found,
        "reason": lacking or str(recorded.get("reason", "")),
        "reason_label": said.why,
        "entry": said.entry,
        "unit": None if said.unit_id is None else {"id": said.unit_id, "name": said.unit},
        "limit_value": value,
        "limit_unit": unit,
        "limit_by": str(recorded.get("limit_by", "")),
        "basis": said.basis,
        "assists": [{"id": unit_id, "name": name} for unit_id, (name, _entry) in named],
        "cooperating": list(recorded.get("cooperating", ())),
        "steps": [{"step": one.step, "label": one.label, "said": one.said, "detail": one.detail} for one in said.steps],
        "refused": _refused(said),
    }


def _refused(said: Explained) -> list[dict[str, Any]]:
    return [
        {
            "entry": one.entry,
            "unit": one.unit_id,
            "unit_name": one.unit,
            "area": one.area,
            "duty": one.duty,
            "reason": one.reason,
            "reason_label": one.why,
        }
        for one in said.lost
    ]
