"""Urging: one request, and the unit that has the case is told."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet
from supervision.api import inputs
from supervision.api.filters import UrgingFilters
from supervision.api.outputs import UrgingOutput, urging_of
from supervision.models import Urging
from supervision.services import urging


@extend_schema(tags=["supervision"])
@extend_schema_view(
    list=extend_schema(responses=UrgingOutput(many=True), summary="Urgings that you may see, newest first"),
    create=extend_schema(
        request=inputs.UrgeInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: UrgingOutput},
        summary="Urge the unit that has a case",
    ),
)
class UrgingViewSet(DeedViewSet):
    """What units were told."""

    model = Urging
    case_field = "petition_id"
    filterset_class = UrgingFilters
    orderings = ("-urged_at", "urged_at")
    capabilities = {"list": "", "create": "supervision.urge"}

    def list(self, request: Request) -> Response:
        """Those to one's unit, or all of the area."""
        found = self.filter_queryset(self.get_queryset().select_related("unit"))
        return self.get_paginated_response([urging_of(row) for row in self.paginate_queryset(found) or []])

    def create(self, request: Request) -> Response:
        """Once in a working hour; 409 says from when again. The same key again gives the same answer."""
        said, at = self.read(inputs.UrgeInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = urging.urge(petition_id=said["petition"], note=said["note"], actor=self.actor, at=at)
            return 201, urging_of(made)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)
