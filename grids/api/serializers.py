"""What the API shows of the map."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from grids.choices import CellKind
from grids.models import Cell
from grids.queries import caring_for, workers_of
from kernel.clock import now

GEOMETRY = {"type": "object", "description": "GeoJSON Polygon or MultiPolygon, WGS 84."}


class CellOutput(serializers.ModelSerializer[Cell]):
    """A grid, without its boundary."""

    village = serializers.CharField(source="village_id")

    class Meta:
        model = Cell
        fields = [
            "code", "name", "kind", "village", "host_kind", "lng", "lat", "area_m2", "households", "residents",
            "phone", "active", "begins_on", "ends_on", "version",
        ]  # fmt: skip


class WorkerOutput(serializers.Serializer[object]):
    """Somebody posted to a grid, as its card publishes it."""

    role = serializers.CharField()
    name = serializers.CharField()
    phone = serializers.CharField()


class CaringOutput(serializers.Serializer[object]):
    """Somebody who looks after a grid without being posted to it, as its card publishes it."""

    # Declared fields are taken off the class: it keeps Field.label, which the stubs see hidden here.
    label = serializers.CharField()  # type: ignore[assignment]
    name = serializers.CharField()
    unit = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)


class CellDetail(CellOutput):
    """A grid with its boundary, the people posted to it and who else looks after it."""

    boundary = serializers.SerializerMethodField()
    workers = serializers.SerializerMethodField()
    caring = serializers.SerializerMethodField()

    class Meta(CellOutput.Meta):
        fields = [*CellOutput.Meta.fields, "boundary", "workers", "caring"]

    @extend_schema_field(GEOMETRY)
    def get_boundary(self, cell: Cell) -> dict[str, Any]:
        """The boundary as it was drawn."""
        return cell.boundary

    @extend_schema_field(WorkerOutput(many=True))
    def get_workers(self, cell: Cell) -> Any:
        """Leaders first."""
        return WorkerOutput(workers_of(cell.code, at=now()), many=True).data

    @extend_schema_field(CaringOutput(many=True))
    def get_caring(self, cell: Cell) -> Any:
        """Officials of the grid, then those of its community."""
        return CaringOutput(caring_for(cell.code, at=now()), many=True).data


class LocateInput(serializers.Serializer[object]):
    """Either a point or an address."""

    lng = serializers.FloatField(required=False, min_value=-180, max_value=180)
    lat = serializers.FloatField(required=False, min_value=-90, max_value=90)
    q = serializers.CharField(required=False, max_length=500, help_text="An address in words.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Refuse half a point, both ways at once, and neither."""
        point = ("lng" in given) + ("lat" in given)
        if point == 1 or (point == 2) == ("q" in given):
            raise serializers.ValidationError("Name lng and lat, or an address as q.")
        return given


class LocatedOutput(serializers.Serializer[object]):
    """Where it lies. `cell_code` is empty where an address names a village or township but no grid."""

    place = serializers.CharField(help_text="The most exact code known: 15 digits of a grid, or a prefix.")
    cell_code = serializers.CharField()
    cell_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[("", "—"), *CellKind.choices])
    distance_m = serializers.FloatField(help_text="0 inside; otherwise metres to the nearest grid.")
    outside = serializers.BooleanField()
    others = serializers.ListField(child=serializers.CharField(), help_text="Further grids that hold the point.")
