"""Gaps of the list: which there are, and closing one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api.fields import Identity, StrictInput, Text
from kernel.api.filters import CodeFilter, StrictFilterSet
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet
from registry.gaps.choices import GapKind, GapState
from registry.models import Gap
from registry.queries.gaps import calls_of, cases_of, gaps_of
from registry.services.gaps import close

MOST_CASES = 200


class GapRow(serializers.ModelSerializer[Gap]):
    """What is lacking, where, how often and since when."""

    category = serializers.CharField(source="category_id", allow_null=True)
    matter = serializers.CharField(source="matter.code", default=None, allow_null=True)
    closed_by = serializers.UUIDField(source="closed_by_id", allow_null=True)

    class Meta:
        model = Gap
        fields = ("id", "version", "kind", "state", "category", "matter", "place", "times", "first_at", "last_at",
                  "closed_at", "closed_by", "note")  # fmt: skip


class GapOutput(GapRow):
    """A gap with the cases that met it, the latest two hundred that the caller may see."""

    cases = serializers.ListField(child=serializers.UUIDField())
    calls = serializers.IntegerField(help_text="How many calls without a petition met it.")

    class Meta(GapRow.Meta):
        fields = (*GapRow.Meta.fields, "cases", "calls")  # type: ignore[assignment]


class CloseGapInput(StrictInput):
    """The approved draft that filled it, or the grounds why the list is right as it is."""

    draft = Identity(required=False, allow_null=True, default=None)
    note = Text(max_length=500, required=False, default="", allow_blank=True)


class GapFilters(StrictFilterSet):
    """All of them narrow."""

    state = ChoiceFilter(choices=GapState.choices)
    kind = ChoiceFilter(choices=GapKind.choices)
    place = CodeFilter(field_name="place", lookup_expr="startswith")

    class Meta:
        model = Gap
        fields: tuple[str, ...] = ()


@extend_schema(tags=["registry"])
@extend_schema_view(
    list=extend_schema(responses=GapRow(many=True), summary="Gaps of the list, the last met first"),
    retrieve=extend_schema(responses=GapOutput, summary="One gap, with the cases behind it"),
)
class GapViewSet(DeedViewSet):
    """What no row of the list answers. For those who keep it, propose to it or dispatch by it."""

    model = Gap
    filterset_class = GapFilters
    orderings = ("-last_at", "-times")
    capabilities = {"list": "", "retrieve": "", "close": "registry.approve"}

    def get_queryset(self) -> QuerySet[Any]:
        """With what a row shows."""
        return super().get_queryset().select_related("category", "matter")

    def list(self, request: Request) -> Response:
        """Whoever has nothing to do with the list sees none."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(GapRow(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self._whole(self.get_object()))

    @extend_schema(
        tags=["registry"],
        request=CloseGapInput,
        parameters=[IF_MATCH],
        responses=GapOutput,
        summary="Close a gap with the draft that filled it",
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Without a draft the grounds say why the list is right as it is."""
        said = self.read(CloseGapInput)
        gap = close(gap_id=pk, draft_id=said["draft"], note=said["note"], **self.seen())
        return Response(self._whole(gaps_of(actor=self.actor).get(pk=gap.pk)))

    def _whole(self, gap: Gap) -> dict[str, Any]:
        seen = cases_of(gap=gap, actor=self.actor).order_by("-filed_at").values_list("pk", flat=True)
        return {**GapRow(gap).data, "cases": [str(one) for one in seen[:MOST_CASES]], "calls": calls_of(gap=gap)}
