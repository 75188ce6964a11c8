"""Endpoints of splits and mergers to come: listed, looked at, withdrawn. They are made by the deeds on a grid."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from grids.choices import ChangeKind, PlanState
from grids.models import CellPlan
from grids.policies import KEEP
from grids.queries.planning import why_refused
from grids.services.planning import withdraw_plan
from kernel.api.fields import NothingInput
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet

TAGS = ["map"]


class CellPlanOutput(serializers.ModelSerializer[CellPlan]):
    """A split or a merger from a day to come, or what became of it."""

    state = serializers.ChoiceField(choices=PlanState.choices)
    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    cells = serializers.SerializerMethodField(help_text="Codes of the grids that end.")
    why = serializers.SerializerMethodField(help_text="`fault` in the language of the request.")

    class Meta:
        model = CellPlan
        fields: tuple[str, ...] = (
            "id", "version", "state", "kind", "on", "cells", "reason", "made_at", "ended_at", "fault", "why", "change",
        )  # fmt: skip

    def get_cells(self, one: CellPlan) -> list[str]:
        """The one that was named first stands first."""
        return [str(code) for code in one.said["codes"]]

    def get_why(self, one: CellPlan) -> str:
        """Empty unless it was refused."""
        return why_refused(one)


@extend_schema(tags=TAGS)
@extend_schema_view(
    list=extend_schema(summary="Planned splits and mergers, the farthest first"),
    retrieve=extend_schema(summary="One planned split or merger"),
)
class CellPlanViewSet(ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """Whoever keeps the map sees them; on the day each is done, or refused with the reason."""

    model = CellPlan
    serializer_class = CellPlanOutput
    filter_backends = ()
    orderings = ("-on", "on")
    capabilities = dict.fromkeys(("list", "retrieve", "withdraw"), KEEP)

    @extend_schema(
        request=NothingInput, parameters=[IF_MATCH], responses=CellPlanOutput,
        summary="Withdraw a planned split or merger", filters=False,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Before its day; 409 once it is over."""
        self.read(NothingInput)
        held: Any = withdraw_plan(plan_id=pk, **self.seen())
        return Response(CellPlanOutput(held).data)
