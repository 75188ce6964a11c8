"""Filters of the lists; they stay in the address."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from kernel.api.filters import StrictFilterSet
from organizations.choices import AreaLevel, Duty, MatterKind, UnitKind, UnitLevel
from organizations.models import Area, Matter, ResponsibilityEntry, Unit


def named(queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    """Rows whose code or name holds the text."""
    return queryset.filter(Q(code__icontains=value) | Q(name__icontains=value))


class AreaFilter(StrictFilterSet):
    """Areas by level and place."""

    level = filters.ChoiceFilter(choices=AreaLevel.choices)
    parent = filters.CharFilter(field_name="parent_id", help_text="Code of the area directly around.")
    inside = filters.CharFilter(field_name="code", lookup_expr="startswith", help_text="Prefix of the code.")
    q = filters.CharFilter(method=named, help_text="Part of the code or the name.")

    class Meta:
        model = Area
        fields: list[str] = []


class UnitFilter(StrictFilterSet):
    """Units by what they are and where."""

    kind = filters.ChoiceFilter(choices=UnitKind.choices)
    level = filters.ChoiceFilter(choices=UnitLevel.choices)
    inside = filters.CharFilter(
        field_name="area__code", lookup_expr="startswith", help_text="Prefix of the area's code."
    )
    superior = filters.CharFilter(field_name="superior__code", help_text="Code of the superior.")
    active = filters.BooleanFilter()
    q = filters.CharFilter(method=named, help_text="Part of the code or the name.")

    class Meta:
        model = Unit
        fields: list[str] = []


class MatterFilter(StrictFilterSet):
    """Matters by field and kind."""

    petition_kind = filters.ChoiceFilter(choices=MatterKind.choices)
    q = filters.CharFilter(method="found", help_text="Part of the code, the name or the field.")

    class Meta:
        model = Matter
        fields: list[str] = []

    def found(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows whose code, name or field holds the text."""
        return queryset.filter(Q(code__icontains=value) | Q(name__icontains=value) | Q(domain__icontains=value))


class EntryFilter(StrictFilterSet):
    """Entries of the responsibility list."""

    matter = filters.CharFilter(field_name="matter__code", help_text="Code of the matter.")
    area = filters.CharFilter(field_name="area_id", help_text="Code of the area.")
    unit = filters.CharFilter(field_name="unit__code", help_text="Code of the unit named outright.")
    duty = filters.ChoiceFilter(choices=Duty.choices)
    on = filters.DateFilter(method="in_force", help_text="A day, such as 2026-03-03: entries in force on it.")

    class Meta:
        model = ResponsibilityEntry
        fields: list[str] = []

    def in_force(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Entries whose period holds the day."""
        return queryset.in_force(value)  # type: ignore[attr-defined]
