"""A petition in a list."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from rest_framework import serializers

from petitions.choices import OPEN_STATES
from petitions.models import Petition

ROW = (
    "pk",
    "number",
    "version",
    "state",
    "round",
    "kind",
    "nature",
    "channel",
    "urgency",
    "title",
    "township_code",
    "village_code",
    "cell_code",
    "unroutable",
    "satisfaction",
    "filed_at",
    "stage_due_at",
    "due_at",
    "closed_at",
    "category",
)
ROW_NAMES = {
    "category_name": F("category__name"),
    "unit": F("lead_unit_id"),
    "unit_name": F("lead_unit__short_name"),
}
OPEN = frozenset(str(state) for state in OPEN_STATES)


class PetitionRow(serializers.ModelSerializer[Petition]):
    """A petition in a list. This describes the row; the row itself comes from .values() without a serializer."""

    category = serializers.CharField(allow_null=True)
    category_name = serializers.CharField(allow_null=True)
    unit = serializers.IntegerField(allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    overdue = serializers.BooleanField(help_text="Open, and past the time of the stage that it stands in.")

    class Meta:
        model = Petition
        fields = ("id", *ROW[1:], *ROW_NAMES, "overdue")


def row_of(values: dict[str, Any], *, at: Any) -> dict[str, Any]:
    """One row of .values() as the list shows it."""
    late = values["state"] in OPEN and values["stage_due_at"] < at
    return {"id": values["pk"], **{name: value for name, value in values.items() if name != "pk"}, "overdue": late}
