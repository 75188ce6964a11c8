"""Endpoints of the outlines of townships and villages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from grids.api.inputs import DrawOutlineInput
from grids.api.serializers import GEOMETRY
from grids.events import area_case
from grids.models import Territory
from grids.policies import KEEP
from grids.services.outlines import draw_outline
from kernel import clock
from kernel.api.filters import CodeFilter, StrictFilterSet
from kernel.api.once import expected_version
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet
from organizations.choices import AreaLevel

TAGS = ["map"]


class OutlineOutput(serializers.ModelSerializer[Territory]):
    """The outline of an area, without its border."""

    code = serializers.CharField(source="area_id")
    name = serializers.CharField(source="area.name")
    level = serializers.CharField(source="area.level")

    class Meta:
        model = Territory
        fields = ["code", "name", "level", "area_m2", "version"]


class OutlineDetail(OutlineOutput):
    """With its border."""

    boundary = serializers.SerializerMethodField()

    class Meta(OutlineOutput.Meta):
        fields = [*OutlineOutput.Meta.fields, "boundary"]

    @extend_schema_field(GEOMETRY)
    def get_boundary(self, one: Territory) -> dict[str, Any]:
        """The border as it was drawn."""
        return one.boundary


class OutlineFilters(StrictFilterSet):
    """Outlines by level and place."""

    level = filters.ChoiceFilter(field_name="area__level", choices=[*AreaLevel.choices])
    inside = CodeFilter(field_name="area__code", lookup_expr="startswith", help_text="Prefix of the code.")

    class Meta:
        model = Territory
        fields: list[str] = []


@extend_schema(tags=TAGS)
@extend_schema_view(
    list=extend_schema(summary="Known outlines of townships and villages"),
    retrieve=extend_schema(summary="One outline"),
)
class OutlineViewSet(ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """What the grids of a place have to cover."""

    model = Territory
    orderings = ("area_id", "-area_id")
    lookup_field = "code"
    lookup_value_regex = "[0-9]{12}"
    filterset_class = OutlineFilters
    capabilities = {"list": "", "retrieve": "", "draw": KEEP}

    def get_queryset(self) -> Any:
        """With the areas they are of."""
        return super().get_queryset().select_related("area")

    def get_object(self) -> Territory:
        """The outline of the code in the address, or 404."""
        held: Territory = get_object_or_404(self.get_queryset(), pk=self.kwargs["code"])
        return held

    def get_serializer_class(self) -> type[Any]:
        return OutlineDetail if self.action == "retrieve" else OutlineOutput

    @extend_schema(
        request=DrawOutlineInput, parameters=[IF_MATCH], responses=OutlineDetail, summary="Draw an outline",
        filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"], filterset_class=None)
    def draw(self, request: Request, code: str) -> Response:
        """Anew, over the version seen; for an area that has none yet, over version 0."""
        said, version = self.read(DrawOutlineInput), expected_version(request)
        self.changing = (code, area_case(code=code))
        drawn = draw_outline(area_code=code, version=version, actor=self.actor, at=clock.now(), **said)
        return Response(OutlineDetail(drawn).data)
