"""Monthly dispatches with their reports, and bulletins, over the API."""

from __future__ import annotations

from collections.abc import Callable
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
from projects.api.filters import BulletinFilters, MonthFilters, ReportFilters
from projects.api.outputs import BulletinDetail, BulletinOutput, BulletinRowOutput, MonthOutput, MonthReportOutput
from projects.models import Bulletin, Month, MonthReport
from projects.services import bulletins, months, reporting

REPORT, CHECK, PUBLISH = "project.report", "project.check", "project.publish"


@extend_schema(tags=["key work"])
@extend_schema_view(
    list=extend_schema(responses=MonthOutput(many=True), summary="Monthly dispatches of the plans that you may see"),
    retrieve=extend_schema(responses=MonthOutput, summary="One monthly dispatch"),
)
class MonthViewSet(DeedViewSet):
    """The monthly dispatch of a plan; its reports are a list of their own."""

    model = Month
    case_field = "plan_id"
    filterset_class = MonthFilters
    orderings = ("-month", "month")
    capabilities = {"list": "", "retrieve": "", "hold": CHECK}

    def list(self, request: Request) -> Response:
        """The latest first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(MonthOutput(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(MonthOutput(self.get_object()).data)

    @extend_schema(
        request=inputs.RemarksInput, parameters=[IF_MATCH], responses=MonthOutput, summary="Hold the monthly dispatch"
    )
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        """What was remarked stands from now on."""
        months.hold(month_id=pk, **self.read(inputs.RemarksInput), **self.seen())
        return Response(MonthOutput(self.get_object()).data)


@extend_schema(tags=["key work"])
@extend_schema_view(
    list=extend_schema(responses=MonthReportOutput(many=True), summary="Reports of the projects that you may see"),
    retrieve=extend_schema(responses=MonthReportOutput, summary="One monthly report"),
)
class ReportViewSet(DeedViewSet):
    """What projects owe for a month, and what they have filed."""

    model = MonthReport
    filterset_class = ReportFilters
    orderings = ("-id",)
    capabilities = {"list": "", "retrieve": "", "file": REPORT, "remark": CHECK}

    def get_queryset(self) -> Any:
        """With the unit that is asked."""
        return super().get_queryset().select_related("wanted_unit")

    def answered_once(self, request: Request, deed: Callable[[Any], Any]) -> Response:
        """Do it once, whatever is sent again. `deed` takes the instant; who does not see the report gets a 404."""
        self.get_object()
        at = clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            deed(at)
            return 201, dict(MonthReportOutput(self.get_object()).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def list(self, request: Request) -> Response:
        """The newest first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(MonthReportOutput(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """Filed, owed or missing."""
        return Response(MonthReportOutput(self.get_object()).data)

    @extend_schema(
        request=inputs.AccountInput, parameters=[IDEMPOTENCY_KEY], responses={201: MonthReportOutput},
        summary="File the report of a month",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: str) -> Response:
        """By the owner, once."""
        said = inputs.AccountInput.said(self.read(inputs.AccountInput))
        return self.answered_once(
            request, lambda at: reporting.file(report_id=pk, account=said, actor=self.actor, at=at)
        )

    @extend_schema(
        request=inputs.RemarkInput, parameters=[IDEMPOTENCY_KEY], responses={201: MonthReportOutput},
        summary="Remark on a report",
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def remark(self, request: Request, pk: str) -> Response:
        """By the centre, until the dispatch is held."""
        said = self.read(inputs.RemarkInput)
        return self.answered_once(request, lambda at: reporting.remark(report_id=pk, **said, actor=self.actor, at=at))


@extend_schema(tags=["key work"])
@extend_schema_view(
    list=extend_schema(responses=BulletinOutput(many=True), summary="Bulletins that you may see"),
    retrieve=extend_schema(responses=BulletinDetail, summary="One bulletin with every project that it counts"),
    create=extend_schema(
        request=inputs.BulletinInput, parameters=[IDEMPOTENCY_KEY], responses={201: BulletinOutput},
        summary="Draw up a bulletin, or a draft anew",
    ),
)  # fmt: skip
class BulletinViewSet(DeedViewSet):
    """Quarterly bulletins and half-year summaries."""

    model = Bulletin
    filterset_class = BulletinFilters
    orderings = ("-starts_on", "starts_on")
    capabilities = {"list": "", "retrieve": "", "create": PUBLISH, "publish": PUBLISH}

    def list(self, request: Request) -> Response:
        """The latest first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(BulletinOutput(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        found = self.get_object()
        rows = BulletinRowOutput(found.rows.order_by("code"), many=True).data
        answer = Response({"bulletin": BulletinOutput(found).data, "rows": rows})
        answer.headers["ETag"] = f'"{found.version}"'
        return answer

    def create(self, request: Request) -> Response:
        """From the data as they are now."""
        given, at = self.read(inputs.BulletinInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = bulletins.draw(plan_id=given["plan"], span=given["span"], day=given["day"], actor=self.actor, at=at)
            return 201, dict(BulletinOutput(made).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        request=inputs.RemarksInput, parameters=[IF_MATCH], responses=BulletinOutput, summary="Publish a bulletin"
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Once and for good."""
        return Response(
            BulletinOutput(bulletins.publish(bulletin_id=pk, **self.read(inputs.RemarksInput), **self.seen())).data
        )
