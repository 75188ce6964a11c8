"""What the endpoints of imports tell."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from registry.models import SheetImport, SheetRow
from registry.views.sheet_rows import faults_of


class SheetOutput(serializers.ModelSerializer[SheetImport]):
    """One import. `counts` are the rows compared so far by verdict; the list leaves them out."""

    draft = serializers.UUIDField(source="draft_id", allow_null=True)
    started_by = serializers.IntegerField(source="started_by_id")
    counts = serializers.DictField(child=serializers.IntegerField(), required=False)

    class Meta:
        model = SheetImport
        fields = (
            "id", "filename", "title", "reason", "effective", "kinds", "whole", "stage", "total", "done", "note",
            "draft", "started_by", "started_at", "finished_at", "counts",
        )  # fmt: skip


class SheetChangeOutput(serializers.Serializer[Any]):
    """One field in words, before and after; long texts are cut, the draft has the whole."""

    key = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class SheetRowOutput(serializers.Serializer[Any]):
    """One item of the file. `row` is 0 for an item that the file leaves out."""

    sheet = serializers.CharField()
    row = serializers.IntegerField()
    item_code = serializers.CharField()
    verdict = serializers.CharField()
    draftable = serializers.BooleanField(help_text="Whether the row can be a line of a draft.")
    changes = SheetChangeOutput(many=True)
    faults = serializers.ListField(child=serializers.CharField(), help_text="Each with its sheet, row and column.")


def sheet_of(found: SheetImport, *, counts: dict[str, int] | None = None) -> dict[str, Any]:
    """An import, with the counts of its rows where they were asked for."""
    told = SheetOutput(found).data
    return {**told, "counts": counts} if counts is not None else dict(told)


def row_of(row: SheetRow) -> dict[str, Any]:
    """A row with its verdict."""
    return {
        "sheet": row.sheet,
        "row": row.row_no,
        "item_code": row.item_code,
        "verdict": row.verdict,
        "draftable": row.draftable,
        "changes": row.changes,
        "faults": list(faults_of(row)),
    }
