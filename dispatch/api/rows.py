"""An order in a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F
from rest_framework import serializers

from dispatch.choices import Light
from dispatch.models import WorkOrder

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
