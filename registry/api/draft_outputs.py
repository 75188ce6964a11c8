"""What the endpoints of drafts and hand-overs tell."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.api.outputs import UnitRef
from registry.models import Draft, DraftLine, HandOver
from registry.queries.contents import plain
from registry.queries.plans import Plan, PlannedLine

MOST_LINES = 200


class DraftRow(serializers.ModelSerializer[Draft]):
    """A draft in a list."""

    proposed_by = serializers.IntegerField(source="proposed_by_id", allow_null=True)
    decided_by = serializers.IntegerField(source="approved_by_id", allow_null=True)

    class Meta:
        model = Draft
        fields: tuple[str, ...] = (
            "id", "number", "version", "title", "origin", "reason", "effective", "state", "proposed_by", "decided_by",
            "document", "note", "opened_at", "submitted_at", "decided_at",
        )  # fmt: skip


class DraftLineOutput(serializers.ModelSerializer[DraftLine]):
    class Meta:
        model = DraftLine
        fields = ("position", "op", "item_code", "payload", "verdict", "faults")


class DraftOutput(DraftRow):
    """A draft with its first two hundred lines."""

    lines = DraftLineOutput(many=True)
    line_count = serializers.IntegerField()

    class Meta(DraftRow.Meta):
        fields = (*DraftRow.Meta.fields, "lines", "line_count")


class ChangeOutput(serializers.Serializer[Any]):
    """One field, before and after."""

    name = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class FaultOutput(serializers.Serializer[Any]):
    """What is wrong, by the column."""

    column = serializers.CharField()
    why = serializers.CharField()


class PlannedOutput(serializers.Serializer[Any]):
    """What a line would do today."""

    position = serializers.IntegerField()
    op = serializers.CharField()
    item_code = serializers.CharField()
    verdict = serializers.CharField()
    changes = ChangeOutput(many=True)
    faults = FaultOutput(many=True)


class PlanOutput(serializers.Serializer[Any]):
    """The whole draft against the registry; of the lines the first two hundred, what is wrong first."""

    effective = serializers.DateField()
    counts = serializers.DictField(child=serializers.IntegerField())
    lines = PlannedOutput(many=True)


class HandOverOutput(serializers.ModelSerializer[HandOver]):
    """A hand-over, with who has signed."""

    item = serializers.CharField(source="item.code")
    from_unit = UnitRef()
    to_unit = UnitRef()

    class Meta:
        model = HandOver
        fields = (
            "id", "version", "item", "from_unit", "to_unit", "text", "effective", "state", "proposed_at",
            "from_signed_at", "to_signed_at", "ended_at", "note",
        )  # fmt: skip


def draft_of(draft: Draft) -> dict[str, Any]:
    """A draft with its first lines."""
    lines = draft.lines.order_by("position")
    return {
        **DraftRow(draft).data,
        "lines": DraftLineOutput(lines[:MOST_LINES], many=True).data,
        "line_count": lines.count(),
    }


def plan_of(plan: Plan) -> dict[str, Any]:
    """What a draft would do."""
    told = sorted(plan.lines, key=lambda one: (not one.faults, one.position))
    return {
        "effective": plan.effective,
        "counts": plan.counts,
        "lines": [_planned(one) for one in told[:MOST_LINES]],
    }


def _planned(line: PlannedLine) -> dict[str, Any]:
    return {
        "position": line.position,
        "op": line.op,
        "item_code": line.item_code,
        "verdict": line.verdict,
        "changes": [{"name": one.name, "before": plain(one.before), "after": plain(one.after)} for one in line.fields],
        "faults": [one.as_json() for one in line.faults],
    }
