"""How often the first unit was also the last."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.hitrates import MIN_CASES, By, hit_rates
from dispatch.models import FirstUnit
from dispatch.periods import period_of
from kernel import clock
from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.viewsets import DeedViewSet
from kernel.errors import Invalid


class HitRateOutput(serializers.Serializer[Any]):
    """One group; `rate` is null where there are too few cases for one."""

    key = serializers.CharField(allow_blank=True)
    # Declared fields are taken off the class: it keeps Field.label, which the stubs see hidden here.
    label = serializers.CharField()  # type: ignore[assignment]
    total = serializers.IntegerField(help_text="Cases first dispatched in the period.")
    hits = serializers.IntegerField(help_text="Of these, how many are or ended with their first unit.")
    rate = serializers.FloatField(allow_null=True, help_text=f"null below {MIN_CASES} cases.")
    interval = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True,
        help_text="Between which shares the true one lies with 95 % certainty (Wilson); null where rate is.",
    )  # fmt: skip


@extend_schema(tags=["orders"])
@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("by", str, enum=By.values, description="entry unless told."),
            OpenApiParameter("since", date, description="Thirty days ago unless told."),
            OpenApiParameter("until", date, description="Up to and with this day; today unless told."),
        ],
        responses=results_of(HitRateOutput),
        summary="How often the first unit was also the last",
    )
)
class HitRates(DeedViewSet):
    """Among the cases that you oversee."""

    model = FirstUnit
    pagination_class = None
    filter_backends = ()
    capabilities = {"list": "assessment.view"}

    def list(self, request: Request) -> Response:
        """The most missed groups first."""
        refuse_unknown(request, known=("by", "since", "until"))
        by = request.query_params.get("by", By.ENTRY.value)
        if by not in By.values:
            raise Invalid("by", fields={"by": [", ".join(By.values)]})
        since, until = period_of(said=request.query_params, at=clock.now())
        rates = hit_rates(actor=self.actor, by=by, since=since, until=until)
        return Response({"results": HitRateOutput(rates, many=True).data})
