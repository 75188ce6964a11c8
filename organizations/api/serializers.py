"""What the API shows of the reference data, and how it is asked who is responsible."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers

from organizations.models import Area, Matter, ResponsibilityEntry, Unit
from organizations.queries import Refusal

REASONS = [(one.value, one.value) for one in Refusal]


class AreaOutput(serializers.ModelSerializer[Area]):
    """An area of the national division code."""

    level_label = serializers.CharField(source="get_level_display")
    parent: Any = serializers.CharField(source="parent_id", allow_null=True)
    prefix = serializers.CharField(help_text="What the codes of all places inside begin with.")

    class Meta:
        model = Area
        fields = ["code", "name", "level", "level_label", "parent", "prefix"]


class UnitOutput(serializers.ModelSerializer[Unit]):
    """A body that can be responsible."""

    kind_label = serializers.CharField(source="get_kind_display")
    area = serializers.CharField(source="area_id")
    superior: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    second_superior: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)

    class Meta:
        model = Unit
        fields = [
            "id", "code", "name", "short_name", "kind", "kind_label", "level", "area", "superior", "second_superior",
            "phone", "active",
        ]  # fmt: skip


class MatterOutput(serializers.ModelSerializer[Matter]):
    """A matter of the catalogue, with its usual limit."""

    class Meta:
        model = Matter
        fields = ["id", "code", "name", "domain", "petition_kind", "limit_value", "limit_unit", "basis"]


class EntryOutput(serializers.ModelSerializer[ResponsibilityEntry]):
    """A row of the responsibility list in one period; `valid_until` is the first day on which it holds no more."""

    matter: Any = serializers.SlugRelatedField("code", read_only=True)
    matter_name = serializers.CharField(source="matter.name")
    area = serializers.CharField(source="area_id")
    unit: Any = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    unit_name = serializers.CharField(source="unit.name", default="")

    class Meta:
        model = ResponsibilityEntry
        fields = [
            "id", "code", "matter", "matter_name", "area", "duty", "rule", "unit", "unit_name", "limit_value",
            "limit_unit", "basis", "duty_text", "valid_from", "valid_until",
        ]  # fmt: skip


class ResponsibleInput(serializers.Serializer[object]):
    """The question whose a matter is at a place."""

    matter = serializers.CharField(max_length=32, help_text="Code of the matter.")
    place = serializers.CharField(
        validators=[RegexValidator(r"\A[0-9]{2,15}\Z")],
        help_text="Code of a grid or an area, or the beginning of one; the more digits, the more exact the answer.",
    )
    at = serializers.DateTimeField(required=False, help_text="Now unless told.")


class CandidateOutput(serializers.Serializer[object]):
    """A unit that the list makes responsible."""

    unit = serializers.CharField(help_text="Code of the unit.")
    unit_name = serializers.CharField()
    entry = serializers.CharField(help_text="Code of the entry that says so.")
    entry_id = serializers.IntegerField()
    area = serializers.CharField()
    duty = serializers.CharField()
    rule = serializers.CharField()
    limit_value = serializers.DecimalField(6, 2, allow_null=True)
    limit_unit = serializers.CharField()
    basis = serializers.CharField()
    duty_text = serializers.CharField()


class RefusedOutput(serializers.Serializer[object]):
    """An entry that was passed over."""

    unit = serializers.CharField(allow_null=True)
    unit_name = serializers.CharField()
    entry = serializers.CharField()
    area = serializers.CharField()
    duty = serializers.CharField()
    reason = serializers.ChoiceField(choices=REASONS)


class ResponsibleOutput(serializers.Serializer[object]):
    """The answer: one lead or none, who assists, and every entry refused with its reason."""

    lead = CandidateOutput(allow_null=True)
    assists = CandidateOutput(many=True)
    refused = RefusedOutput(many=True)
