"""Endpoints of the grids."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from grids.api import serializers
from grids.api.drawing import CELL_DEEDS, CellDeeds
from grids.choices import CellKind, HostKind
from grids.models import Cell
from grids.policies import KEEP
from grids.queries import cells_as_geojson, locate, locate_address
from kernel.api.filters import StrictFilterSet
from kernel.api.viewsets import DeedViewSet
from kernel.errors import Missing


class CellFilter(StrictFilterSet):
    """Grids by kind and place."""

    kind = filters.ChoiceFilter(choices=CellKind.choices)
    host_kind = filters.ChoiceFilter(choices=HostKind.choices)
    inside = filters.CharFilter(field_name="code", lookup_expr="startswith", help_text="Prefix of the code.")
    active = filters.BooleanFilter()
    q = filters.CharFilter(method="named", help_text="Part of the code or the name.")

    class Meta:
        model = Cell
        fields: list[str] = []

    def named(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows whose code or name holds the text."""
        return queryset.filter(Q(code__icontains=value) | Q(name__icontains=value))


class CellViewSet(CellDeeds, ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """Grids, with the people whom the law has published on their cards."""

    model = Cell
    orderings = ("code", "-code")
    lookup_field = "code"
    lookup_value_regex = "[0-9]{15}"
    capabilities = {"list": "", "retrieve": "", "locate": "", "geojson": "", **dict.fromkeys(CELL_DEEDS, KEEP)}
    parameters = {"locate": ("lng", "lat", "q"), "geojson": tuple(CellFilter.declared_filters)}
    filterset_class = CellFilter

    def get_object(self) -> Cell:
        """The grid of the code in the address, or 404."""
        return get_object_or_404(self.get_queryset(), code=self.kwargs["code"])

    def get_serializer_class(self) -> type[Any]:
        return serializers.CellDetail if self.action == "retrieve" else serializers.CellOutput

    @extend_schema(
        operation_id="locate",
        parameters=[serializers.LocateInput],
        responses=serializers.LocatedOutput,
        filters=False,
    )
    @action(detail=False, pagination_class=None, filterset_class=None)
    def locate(self, request: Request) -> Response:
        """The grid of a point or an address; outside of all grids the nearest one with its distance."""
        asked = serializers.LocateInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        found = locate_address(given["q"]) if "q" in given else locate(lng=given["lng"], lat=given["lat"])
        if found is None:
            raise Missing(_("No place here is meant by this."))
        return Response(serializers.LocatedOutput(found).data)

    @extend_schema(operation_id="cells_geojson", responses={200: {"type": "object"}})
    @action(detail=False, pagination_class=None)
    def geojson(self, request: Request) -> Response:
        """The filtered grids as one GeoJSON FeatureCollection."""
        return Response(cells_as_geojson(cells=self.filter_queryset(self.get_queryset()).filter(active=True)))
