"""What the endpoints of assessment tell."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from assessment.models import Report, ReportLine


class ReportOutput(serializers.ModelSerializer[Report]):
    """One month. A published report never changes; its digest covers every figure with all that it counted."""

    class Meta:
        model = Report
        fields: tuple[str, ...] = (
            "id", "month", "version", "scheme", "least", "starts_at", "ends_at", "built_at", "digest", "published_at",
        )  # fmt: skip


class LineOutput(serializers.ModelSerializer[ReportLine]):
    """One figure. `rank` is empty where `unranked` says why."""

    indicator_label = serializers.CharField(source="get_indicator_display")

    class Meta:
        model = ReportLine
        fields: tuple[str, ...] = (
            "id", "audience", "unit", "person", "name", "indicator", "indicator_label", "numerator", "denominator",
            "rate", "low", "high", "rank", "unranked",
        )  # fmt: skip


class ReportWithLines(ReportOutput):
    """A report with the figures that this person may see."""

    lines = LineOutput(many=True)

    class Meta(ReportOutput.Meta):
        fields = (*ReportOutput.Meta.fields, "lines")


class CountedOutput(serializers.Serializer[Any]):
    """A case that a figure counted."""

    petition = serializers.UUIDField()
    number = serializers.CharField()
    order = serializers.UUIDField(allow_null=True)
    hit = serializers.BooleanField(help_text="Counted in the numerator too.")


class DrilledOutput(LineOutput):
    """A figure with exactly what it counted, as far as this person may see the cases."""

    cases = CountedOutput(many=True)
    hidden = serializers.IntegerField(help_text="How many more cases are outside of your area and your units.")

    class Meta(LineOutput.Meta):
        fields = (*LineOutput.Meta.fields, "cases", "hidden")
