"""Hand-overs: proposed, signed by both sides, or withdrawn."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import NothingInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from registry.api import draft_inputs as inputs
from registry.api.draft_outputs import HandOverOutput
from registry.models import HandOver
from registry.services import handover


@extend_schema(tags=["registry"])
@extend_schema_view(
    list=extend_schema(responses=HandOverOutput(many=True), summary="Hand-overs that you may see, newest first"),
    create=extend_schema(
        request=inputs.HandOverInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: HandOverOutput},
        summary="Propose that a matter moves from the unit that leads it to another",
    ),
    retrieve=extend_schema(responses=HandOverOutput, summary="One hand-over"),
)
class HandOverViewSet(DeedViewSet):
    """A matter moves from one party to another when both have signed."""

    model = HandOver
    orderings = ("-proposed_at", "proposed_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": "registry.propose",
        "sign": "registry.sign",
        "withdraw": "registry.propose",
    }

    def get_queryset(self) -> Any:
        """With the item and the two units."""
        return super().get_queryset().select_related("item", "from_unit", "to_unit")

    def list(self, request: Request) -> Response:
        """Those of one's unit; all for those who keep the lists."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(HandOverOutput(rows, many=True).data)

    def create(self, request: Request) -> Response:
        """The same key again gives the same answer."""
        said, at = self.read(inputs.HandOverInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = handover.propose(
                item_code=said["item"],
                to_unit_id=said["to_unit"],
                text=said["text"],
                effective=said["effective"],
                actor=self.actor,
                at=at,
            )
            return 201, dict(HandOverOutput(made).data)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(HandOverOutput(self.get_object()).data)

    @extend_schema(
        request=NothingInput,
        parameters=[IF_MATCH],
        responses=HandOverOutput,
        summary="Sign for the unit that you work for",
    )
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """With the second signature the matter moves."""
        self.read(NothingInput)
        handover.sign(hand_over_id=pk, **self.seen())
        return self._answer(pk)

    @extend_schema(
        request=inputs.WithdrawalInput,
        parameters=[IF_MATCH],
        responses=HandOverOutput,
        summary="Withdraw the proposal, with the reason",
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Nothing changes hands."""
        handover.withdraw(hand_over_id=pk, **self.read(inputs.WithdrawalInput), **self.seen())
        return self._answer(pk)

    def _answer(self, pk: str) -> Response:
        return Response(HandOverOutput(self.get_queryset().get(pk=pk)).data)
