"""Monthly reports: read, drilled into, made and published."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.outputs import DrilledOutput, LineOutput, ReportOutput, ReportWithLines
from assessment.models import Report, ReportLine
from assessment.queries import drill, lines_of
from assessment.services import reporting
from kernel import clock
from kernel.api.fields import Code, NothingInput, StrictInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet


class MonthInput(StrictInput):
    """Such as "2026-10"."""

    month = Code(max_length=7)


@extend_schema(tags=["assessment"])
@extend_schema_view(
    list=extend_schema(responses=ReportOutput(many=True), summary="Reports that you may see, the latest month first"),
    create=extend_schema(
        request=MonthInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ReportOutput},
        summary="Make the draft of a month, or make it anew",
    ),
    retrieve=extend_schema(responses=ReportWithLines, summary="One report with its figures"),
)
class ReportViewSet(DeedViewSet):
    """Snapshots: a published one is refused to be changed by the database itself."""

    model = Report
    orderings = ("-month", "month")
    capabilities = {
        "list": "assessment.view",
        "retrieve": "assessment.view",
        "create": "assessment.publish",
        "publish": "assessment.publish",
    }

    def list(self, request: Request) -> Response:
        """Drafts are seen by those who may publish."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(ReportOutput(rows, many=True).data)

    def create(self, request: Request) -> Response:
        """A draft may be made anew until it is published."""
        said, at = self.read(MonthInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            return 201, dict(ReportOutput(reporting.build(month=said["month"], actor=self.actor, at=at)).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        report = self.get_object()
        lines = lines_of(report=report, actor=self.actor)
        return Response({**ReportOutput(report).data, "lines": LineOutput(lines, many=True).data})

    @extend_schema(
        tags=["assessment"], request=NothingInput, parameters=[IF_MATCH], responses=ReportOutput, summary="Publish"
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Once and for good."""
        self.read(NothingInput)
        return Response(ReportOutput(reporting.publish(report_id=pk, **self.seen())).data)


@extend_schema(tags=["assessment"])
@extend_schema_view(
    retrieve=extend_schema(responses=DrilledOutput, summary="One figure with the cases that it counted")
)
class LineViewSet(DeedViewSet):
    """What is behind a figure."""

    model = ReportLine
    lookup_value_regex = "[0-9]{1,18}"
    capabilities = {"retrieve": "assessment.view"}

    def get_queryset(self) -> Any:
        """Figures of reports that this person sees."""
        return super().get_queryset().filter(report__in=Report.objects.visible_to(self.actor))

    def retrieve(self, request: Request, pk: str) -> Response:
        """Exactly what was counted."""
        line = self.get_object()
        found, hidden = drill(line=line, actor=self.actor)
        cases = [
            {
                "petition": one.petition.pk,
                "number": one.petition.number,
                "order": one.order.pk if one.order else None,
                "hit": one.hit,
            }
            for one in found
        ]
        return Response({**LineOutput(line).data, "cases": cases, "hidden": hidden})
