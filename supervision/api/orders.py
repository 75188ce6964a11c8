"""Supervision orders: the register, one of them, a new one, and what issuer and unit do with it."""

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
from supervision.api import inputs
from supervision.api.filters import SupervisionFilters
from supervision.api.outputs import SupervisionOutput, SupervisionRow, detail_of, row_of
from supervision.models import SupervisionOrder
from supervision.services import answering, ending, issuing, judging

ORDER, ANSWER = "supervision.order", "supervision.answer"


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a supervision order."""
    return extend_schema(
        tags=["supervision"], request=request, parameters=[IF_MATCH], responses=SupervisionOutput, summary=summary
    )


@extend_schema(tags=["supervision"])
@extend_schema_view(
    list=extend_schema(responses=SupervisionRow(many=True), summary="Supervision orders that you may see"),
    create=extend_schema(
        request=inputs.IssueInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: SupervisionOutput},
        summary="Issue a supervision order on a case to a unit concerned with it",
    ),
    retrieve=extend_schema(responses=SupervisionOutput, summary="One supervision order, with what you may do"),
)
class SupervisionViewSet(DeedViewSet):
    """Orders to units to get on with a case."""

    model = SupervisionOrder
    case_field = "petition_id"
    filterset_class = SupervisionFilters
    orderings = ("-opened_at", "opened_at", "stage_due_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": ORDER,
        "issue": ORDER,
        "dismiss": ORDER,
        "receive": ANSWER,
        "answer": ANSWER,
        "accept": ORDER,
        "send_back": ORDER,
        "withdraw": ORDER,
    }

    def get_queryset(self) -> Any:
        """With the names of the units."""
        return super().get_queryset().select_related("unit", "issuer")

    def answered(self, pk: str) -> Response:
        """How it stands now."""
        return Response(detail_of(self.get_queryset().get(pk=pk), actor=self.actor))

    def list(self, request: Request) -> Response:
        """Those issued to one's unit, or all of the area in which one issues them; newest first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([row_of(row) for row in rows])

    def create(self, request: Request) -> Response:
        """It gets the next number of the county and year. The same key again gives the same answer."""
        said, at = self.read(inputs.IssueInput), clock.now()
        petition_id, unit_id = said.pop("petition"), said.pop("unit")

        def work() -> tuple[int, dict[str, Any]]:
            text = issuing.Said(**said)
            order = issuing.issue(petition_id=petition_id, unit_id=unit_id, said=text, actor=self.actor, at=at)
            return 201, detail_of(order, actor=self.actor)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(detail_of(self.get_object(), actor=self.actor))

    @deed_schema(inputs.SaidInput, "Issue what the clock has proposed")
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, pk: str) -> Response:
        """It gets its number, and the limits begin to run."""
        said = issuing.Said(**self.read(inputs.SaidInput))
        issuing.issue_proposed(order_id=pk, said=said, **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.DismissInput, "Decide against what the clock has proposed")
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """It is proposed once for each work order."""
        ending.dismiss(order_id=pk, **self.read(inputs.DismissInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.EmptyInput, "Sign for receipt")
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: str) -> Response:
        """The unit has it."""
        self.read(inputs.EmptyInput)
        answering.receive(order_id=pk, **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.AnswerInput, "Answer in writing, with measures")
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Somebody else judges it."""
        answering.answer(order_id=pk, **self.read(inputs.AnswerInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.AcceptAnswerInput, "Accept the answer")
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Never by whoever answered."""
        judging.accept(order_id=pk, **self.read(inputs.AcceptAnswerInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.SendBackInput, "Send the answer back")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """The time for an answer begins anew."""
        judging.send_back(order_id=pk, **self.read(inputs.SendBackInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.WithdrawOrderInput, "Withdraw an order; its number stays in the register")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """With the reason."""
        ending.withdraw(order_id=pk, **self.read(inputs.WithdrawOrderInput), **self.seen())
        return self.answered(pk)
