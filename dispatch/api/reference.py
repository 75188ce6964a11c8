"""The reasons for which an order may be returned."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.models import ReturnReason
from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.viewsets import DeedViewSet


class ReturnReasonOutput(serializers.ModelSerializer[ReturnReason]):
    """A reason for returning."""

    class Meta:
        model = ReturnReason
        fields = ("code", "name")


@extend_schema(tags=["reference"])
@extend_schema_view(
    list=extend_schema(responses=results_of(ReturnReasonOutput), summary="Reasons for returning an order")
)
class ReturnReasons(DeedViewSet):
    """Those in use, by code."""

    model = ReturnReason
    pagination_class = None
    filter_backends = ()
    capabilities = {"list": "reference.view"}

    def list(self, request: Request) -> Response:
        """All at once."""
        refuse_unknown(request, known=())
        rows = ReturnReason.objects.filter(active=True).order_by("code")
        return Response({"results": ReturnReasonOutput(rows, many=True).data})
