"""The words that petitions are sorted by."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.viewsets import DeedViewSet
from petitions.models import Category, DeclineReason


class CategoryOutput(serializers.ModelSerializer[Category]):
    """A category; the third level is what petitions are sorted into."""

    # Declared fields are taken off the class: it keeps Field.parent, which the stubs see hidden here.
    parent = serializers.CharField(source="parent_id", allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Category
        fields = ("code", "name", "level", "parent", "kind", "urgency")


class DeclineReasonOutput(serializers.ModelSerializer[DeclineReason]):
    """A reason for declining, with the channel that the citizen is told."""

    class Meta:
        model = DeclineReason
        fields = ("code", "name", "channel", "basis")


class Words(DeedViewSet):
    """A short list of reference words, all at once."""

    pagination_class = None
    filter_backends = ()
    capabilities = {"list": "reference.view"}
    lookup_value_regex = "[0-9a-z_]+"

    def get_queryset(self) -> Any:
        return self.model._default_manager.filter(active=True).order_by("code")

    def list(self, request: Request) -> Response:
        """Those in use, by code."""
        refuse_unknown(request, known=())
        shown = self.get_serializer_class()(self.get_queryset(), many=True)
        return Response({"results": shown.data})


@extend_schema(tags=["reference"])
@extend_schema_view(list=extend_schema(responses=results_of(CategoryOutput), summary="Categories of petitions"))
class Categories(Words):
    """Three levels, by code."""

    model = Category
    serializer_class = CategoryOutput


@extend_schema(tags=["reference"])
@extend_schema_view(list=extend_schema(responses=results_of(DeclineReasonOutput), summary="Reasons for declining"))
class DeclineReasons(Words):
    """With the channel that is the right one."""

    model = DeclineReason
    serializer_class = DeclineReasonOutput
