"""What the deeds on the map are told over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from grids.choices import CellKind, HostKind, Part
from grids.importing.limits import FILE_BYTES, MEGABYTE
from grids.models.cell import CODE
from kernel.api.fields import Code, Flag, StrictInput, Text, Whole

MOST = 1_000_000
ON = "The first day of the new grids: today where it is left out, or a day within a year."


@extend_schema_field({"type": "object", "description": "GeoJSON Polygon or MultiPolygon, WGS 84."})
class BoundaryField(serializers.DictField):
    """A GeoJSON geometry; what it draws is checked by the deed."""


@extend_schema_field({"type": "object", "description": "GeoJSON LineString, WGS 84."})
class LineField(serializers.DictField):
    """A GeoJSON line; where it cuts is checked by the deed."""


class DrawGridInput(StrictInput):
    """A border, and what else is to change; what is left out stays as it is."""

    boundary = BoundaryField()
    name = Text(max_length=64, required=False)
    households = Whole(min_value=0, max_value=MOST, required=False)
    residents = Whole(min_value=0, max_value=MOST, required=False)
    phone = Text(max_length=32, required=False, allow_blank=True)
    confirmed = Flag(required=False, default=False, help_text="Strips and small overlaps were seen.")


class NewGridInput(DrawGridInput):
    """A grid that is not there yet."""

    code = serializers.RegexField(CODE)
    name = Text(max_length=64)
    kind = serializers.ChoiceField(choices=CellKind.choices)
    host_kind = serializers.ChoiceField(choices=HostKind.choices, required=False, allow_blank=True, default="")


class GridPartInput(StrictInput):
    """One of the two new grids."""

    name = Text(max_length=64)
    households = Whole(min_value=0, max_value=MOST)
    residents = Whole(min_value=0, max_value=MOST)


class SplitPreviewInput(StrictInput):
    """Where the grid would be cut."""

    line = LineField()
    rest = serializers.ChoiceField(choices=[Part.FIRST.value, Part.SECOND.value], required=False, default="first")


class SplitInput(SplitPreviewInput):
    """Where the grid is cut, what comes of it, and of everybody who serves it, where they go on."""

    first = GridPartInput(help_text="The one to the west, or north where none is.")
    second = GridPartInput()
    staff = serializers.DictField(
        child=serializers.ChoiceField(choices=Part.choices), help_text="By the key of `people` in the preview."
    )
    on = serializers.DateField(required=False, help_text=ON)
    reason = Text(max_length=400)


class MergePreviewInput(StrictInput):
    """With which neighbour."""

    other = serializers.RegexField(CODE)


class MergeInput(MergePreviewInput):
    """With which neighbour as it was seen, under which name, and why."""

    other_version = Whole(min_value=1, max_value=2_147_483_647)
    name = Text(max_length=64)
    on = serializers.DateField(required=False, help_text=ON)
    reason = Text(max_length=400)


class DrawOutlineInput(StrictInput):
    """The outline of an area."""

    boundary = BoundaryField()
    confirmed = Flag(required=False, default=False, help_text="The remarks were seen.")


class MapFileInput(StrictInput):
    """GeoJSON, or a Shapefile with its parts in one ZIP, up to 30 MB."""

    file = serializers.FileField()
    of = serializers.ChoiceField(
        choices=[("cells", "cells"), ("outlines", "outlines")], required=False, default="cells"
    )
    system = Code(max_length=12, required=False, default="auto", help_text="wgs84, gcj02, or an EPSG code of CGCS2000.")

    def validate_file(self, file: Any) -> Any:
        """Refuse what is too large before anything reads it."""
        if file.size > FILE_BYTES:
            raise serializers.ValidationError(f"{FILE_BYTES // MEGABYTE} MB")
        return file
