"""Endpoints: who is assigned where, what visits found and solved, and which communities have nobody."""

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
from liaisons.api import inputs, outputs
from liaisons.models import Assignment, Visit
from liaisons.policies import MANAGE, RECORD
from liaisons.queries.board import communities_of
from liaisons.queries.figures import seen_petitions
from liaisons.queries.rows import community_rows
from liaisons.querysets import VIEW
from liaisons.services import assigning, recording
from organizations.models import Area
from petitions.services.filing import ReporterData

TAGS = ["liaison officials"]


@extend_schema(tags=TAGS)
@extend_schema_view(
    create=extend_schema(
        request=inputs.AssignOfficialInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: outputs.AssignmentOutput},
        summary="Assign an official",
    ),
    retrieve=extend_schema(responses=outputs.AssignmentOutput, summary="One assignment"),
    list=extend_schema(responses=outputs.AssignmentOutput(many=True), summary="Assignments of officials"),
)
class AssignmentViewSet(DeedViewSet):
    """Who keeps in touch with which community and looks after which grid."""

    model = Assignment
    serializer_class = outputs.AssignmentOutput
    filterset_class = inputs.AssignmentFilters
    orderings = ("-valid_from", "valid_from", "place")
    capabilities = {"list": VIEW, "retrieve": VIEW, "create": MANAGE, "end": MANAGE}

    def get_queryset(self) -> Any:
        """With everything that is named."""
        return super().get_queryset().select_related("user", "unit", "area", "cell", "assigned_by")

    def list(self, request: Request) -> Response:
        """The latest first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([outputs.assignment_of(one) for one in rows])

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(outputs.assignment_of(self.get_object()))

    def create(self, request: Request) -> Response:
        """For a place in the keeper's area; never oneself. The same key again gives the same answer."""
        said, at = self.read(inputs.AssignOfficialInput), clock.now()
        official = said.pop("official")

        def work() -> tuple[int, dict[str, Any]]:
            made = assigning.assign(user_id=official, actor=self.actor, at=at, **said)
            return 201, outputs.assignment_of(self.get_queryset().get(pk=made.pk))

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        tags=TAGS,
        request=inputs.EndAssignmentInput,
        parameters=[IF_MATCH],
        responses=outputs.AssignmentOutput,
        summary="End an assignment",
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """From a day on, with the reason."""
        assigning.end(assignment_id=pk, **self.read(inputs.EndAssignmentInput), **self.seen())
        return Response(outputs.assignment_of(self.get_queryset().get(pk=pk)))


@extend_schema(tags=TAGS)
@extend_schema_view(
    create=extend_schema(
        request=inputs.VisitInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: outputs.VisitOutput},
        summary="Write down a visit",
    ),
    retrieve=extend_schema(responses=outputs.VisitOutput, summary="One visit"),
    list=extend_schema(responses=outputs.VisitOutput(many=True), summary="Visits of officials"),
)
class VisitViewSet(DeedViewSet):
    """What officials found, solved on the spot and passed on."""

    model = Visit
    serializer_class = outputs.VisitOutput
    filterset_class = inputs.VisitFilters
    orderings = ("-visited_at", "visited_at")
    capabilities = {"list": VIEW, "retrieve": VIEW, "create": RECORD}

    def get_queryset(self) -> Any:
        """With everything that is named."""
        return super().get_queryset().select_related("user", "unit", "petition")

    def list(self, request: Request) -> Response:
        """The latest first; of a petition that one does not see only whether it is still open."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        seen = seen_petitions(rows, actor=self.actor)
        return self.get_paginated_response([outputs.visit_of(one, seen=seen) for one in rows])

    def retrieve(self, request: Request, pk: str) -> Response:
        """A record stands: there is nothing to change in it."""
        return Response(self._shown(self.get_object()))

    def create(self, request: Request) -> Response:
        """By the assigned official; with `pass_on` the petition is filed in the same deed."""
        said, at = self.read(inputs.VisitInput), clock.now()
        assignment_id, passed = said.pop("assignment"), said.pop("pass_on", None)

        def work() -> tuple[int, dict[str, Any]]:
            made = recording.record_visit(
                assignment_id=assignment_id, passed_on=_passed(passed), actor=self.actor, at=at, **said
            )
            return 201, self._shown(self.get_queryset().get(pk=made.pk))

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def _shown(self, visit: Visit) -> dict[str, Any]:
        return outputs.visit_of(visit, seen=seen_petitions([visit], actor=self.actor))


@extend_schema(tags=TAGS)
@extend_schema_view(
    list=extend_schema(responses=outputs.CommunityOutput(many=True), summary="Communities and who looks after them")
)
class CommunityViewSet(DeedViewSet):
    """Every community in one's scope, with or without an official; the figures are those of this month."""

    model = Area
    serializer_class = outputs.CommunityOutput
    filterset_class = inputs.CommunityFilters
    orderings = ("code", "-code")
    capabilities = {"list": VIEW}

    def get_queryset(self) -> Any:
        """Those that one oversees, or that oneself or a colleague looks after."""
        if getattr(self, "swagger_fake_view", False):
            return Area.objects.none()
        return communities_of(actor=self.actor)

    def list(self, request: Request) -> Response:
        """In the order of their codes."""
        rows, today = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or [], clock.today()
        shown = community_rows(rows, actor=self.actor, on=today, month=today.replace(day=1))
        return self.get_paginated_response([outputs.community_of(one) for one in shown])


def _passed(said: dict[str, Any] | None) -> recording.PassedOn | None:
    if said is None:
        return None
    return recording.PassedOn(**{**said, "reporter": ReporterData(**said.get("reporter", {}))})
