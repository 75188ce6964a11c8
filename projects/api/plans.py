"""Action plans over the API: all of them, one, a new one, and its batches and task groups."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from projects.api import inputs
from projects.api.outputs import ActionPlanOutput, PlanRow
from projects.models import ActionPlan
from projects.services import planning

KEEP = "project.keep"


def change(request: Any, summary: str) -> Any:
    """The schema of what is added to a plan."""
    return extend_schema(request=request, parameters=[IF_MATCH], responses=ActionPlanOutput, summary=summary)


@extend_schema(tags=["key work"])
@extend_schema_view(
    list=extend_schema(responses=PlanRow(many=True), summary="Action plans that you may see"),
    retrieve=extend_schema(responses=ActionPlanOutput, summary="One action plan, with its batches and task groups"),
    create=extend_schema(
        request=inputs.PlanInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ActionPlanOutput},
        summary="Found a plan",
    ),
)
class PlanViewSet(DeedViewSet):
    """Action plans."""

    model = ActionPlan
    orderings = ("-starts_on", "starts_on")
    capabilities = {"list": "", "retrieve": "", "create": KEEP, "batches": KEEP, "groups": KEEP}

    def get_queryset(self) -> Any:
        """With batches and groups."""
        return super().get_queryset().prefetch_related("batches", "groups__lead", "groups__head", "groups__members")

    def answered(self, pk: Any) -> dict[str, Any]:
        """How it stands now."""
        return dict(ActionPlanOutput(self.get_queryset().get(pk=pk)).data)

    def list(self, request: Request) -> Response:
        """The latest first."""
        rows = self.paginate_queryset(super().get_queryset()) or []
        return self.get_paginated_response(PlanRow(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(ActionPlanOutput(self.get_object()).data)

    def create(self, request: Request) -> Response:
        """Its first month is opened by itself."""
        said, at = self.read(inputs.PlanInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            return 201, self.answered(planning.found_plan(**said, actor=self.actor, at=at).pk)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @change(inputs.BatchInput, "Open the next batch")
    @action(detail=True, methods=["post"])
    def batches(self, request: Request, pk: str) -> Response:
        """Within the period of the plan."""
        planning.open_batch(plan_id=pk, **self.read(inputs.BatchInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.TaskGroupInput, "Name a task group")
    @action(detail=True, methods=["post"])
    def groups(self, request: Request, pk: str) -> Response:
        """With a lead, a head and members."""
        planning.found_group(plan_id=pk, **self.read(inputs.TaskGroupInput), **self.seen())
        return Response(self.answered(pk))
