"""An order in a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F
from rest_framework import serializers

from dispatch.api.joint_outputs import TallyOutput, tally_shown
from dispatch.choices import Light
from dispatch.joint.queries import Tally, tallies
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
BESIDE = ("assists",)


class OrderRow(serializers.ModelSerializer[WorkOrder]):
    """An order in a list. This describes the row; the row itself comes from .values() without a serializer."""

    petition = serializers.UUIDField()
    number = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.IntegerField()
    unit_name = serializers.CharField()
    light = serializers.ChoiceField(Light.choices)
    joint = TallyOutput()

    class Meta:
        model = WorkOrder
        fields = ("id", *ROW[1:], *ROW_NAMES, "light", "joint")


def rows_shown(rows: Iterable[dict[str, Any]], *, at: datetime) -> list[dict[str, Any]]:
    """Rows of .values() as the list shows them; one query more where any of them has cooperating units."""
    found = list(rows)
    counted = tallies(order_ids=[one["pk"] for one in found if one["assists"]])
    return [row_of(one, at=at, tally=counted.get(one["pk"])) for one in found]


def row_of(values: dict[str, Any], *, at: datetime, tally: Tally | None) -> dict[str, Any]:
    """One row of .values() as the list shows it, with its light and how many have replied."""
    seen = WorkOrder(**{name: values[name] for name in (*FOR_LIGHT, "handle_due_at", "completed_at", "ended_at")})
    shown = {name: value for name, value in values.items() if name not in ("pk", *FOR_LIGHT, *BESIDE)}
    return {"id": values["pk"], **shown, "light": seen.light(at=at).value, "joint": tally_shown(tally)}
