"""Work orders: the list, one of them, and what its unit and its centre do with it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.api import inputs
from dispatch.api.deed_schema import deed_schema
from dispatch.api.detail import detail_of
from dispatch.api.filters import OrderFilters
from dispatch.api.order_time import TIME_CAPABILITIES, OrderTime
from dispatch.api.outputs import OrderOutput
from dispatch.api.rows import BESIDE, FOR_LIGHT, ROW, ROW_NAMES, OrderRow, rows_shown
from dispatch.models import WorkOrder
from dispatch.services import adjudicating, opening, returning, taking_back, verifying, working
from kernel import clock


@extend_schema(tags=["orders"])
@extend_schema_view(
    list=extend_schema(responses=OrderRow(many=True), summary="Orders that you may see, newest first"),
    retrieve=extend_schema(responses=OrderOutput, summary="One order, with its decision and what you may do"),
)
class OrderViewSet(OrderTime):
    """One unit, one limit, one decision that can be explained."""

    model = WorkOrder
    case_field = "petition_id"
    filterset_class = OrderFilters
    orderings = ("-assigned_at", "assigned_at", "handle_due_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "sign": "order.sign",
        "progress": "order.progress",
        "send_back": "order.return",
        "rule": "order.rule",
        "adjudicate": "order.adjudicate",
        "complete": "order.complete",
        "verify": "order.verify",
        "reassign": "order.assign",
        "recall": "order.recall",
        **TIME_CAPABILITIES,
    }

    def list(self, request: Request) -> Response:
        """What is due, and with which light."""
        rows = self.filter_queryset(self.get_queryset()).values(*ROW, *FOR_LIGHT, *BESIDE, **ROW_NAMES)
        return self.get_paginated_response(rows_shown(self.paginate_queryset(rows) or [], at=clock.now()))

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(detail_of(self.get_object(), actor=self.actor, at=clock.now()))

    def get_queryset(self) -> Any:
        """With the unit and the number that a detail shows."""
        rows = super().get_queryset()
        return rows.select_related("unit", "petition") if self.action == "retrieve" else rows

    @deed_schema(inputs.SignOrderInput, "Sign for it")
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Whoever signs first leads to the end."""
        self.read(inputs.SignOrderInput)
        return self.answer(working.sign(order_id=pk, **self.seen()))

    @deed_schema(inputs.ProgressInput, "Report progress")
    @action(detail=True, methods=["post"])
    def progress(self, request: Request, pk: str) -> Response:
        """Open to the lead unit and to those that cooperate."""
        said = self.read(inputs.ProgressInput)
        return self.answer(working.report_progress(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.ReturnInput, "Return it, with the reason")
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: str) -> Response:
        """Once, within `object_until`. The centre rules; the second return in a round goes to adjudication."""
        said = self.read(inputs.ReturnInput)
        return self.answer(
            returning.request_return(order_id=pk, reason_code=said["reason"], note=said["note"], **self.seen())
        )

    @deed_schema(inputs.RuleInput, "Rule on a return")
    @action(detail=True, methods=["post"])
    def rule(self, request: Request, pk: str) -> Response:
        """The centre decides."""
        said = self.read(inputs.RuleInput)
        return self.answer(returning.rule_return(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.AdjudicateInput, "Adjudicate a second return")
    @action(detail=True, methods=["post"])
    def adjudicate(self, request: Request, pk: str) -> Response:
        """The director names the unit, which may be the one that objected. The answer is the order that is open now."""
        said = self.read(inputs.AdjudicateInput)
        unit_id = said.pop("unit")
        return self.answer(adjudicating.adjudicate(order_id=pk, unit_id=unit_id, **said, **self.seen()))

    @deed_schema(inputs.CompleteInput, "Say that it is done")
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str) -> Response:
        """Somebody else verifies."""
        said = self.read(inputs.CompleteInput)
        return self.answer(working.complete(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.VerifyInput, "Verify, or send it back")
    @action(detail=True, methods=["post"])
    def verify(self, request: Request, pk: str) -> Response:
        """Never by whoever handled it."""
        said = self.read(inputs.VerifyInput)
        return self.answer(verifying.verify(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.ReassignInput, "Give it to another unit")
    @action(detail=True, methods=["post"])
    def reassign(self, request: Request, pk: str) -> Response:
        """The promise to the citizen does not move. The answer is the new order."""
        said = self.read(inputs.ReassignInput)
        return self.answer(opening.reassign(order_id=pk, unit_id=said["unit"], note=said["note"], **self.seen()))

    @deed_schema(inputs.RecallOrderInput, "Take a dispatch back before the unit signs for it")
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        """The petition waits to be dispatched again. 409 where the unit was first; give it to another unit then."""
        said = self.read(inputs.RecallOrderInput)
        return self.answer(taking_back.recall(order_id=pk, **said, **self.seen()))
