"""Handing an order over: the lead offers it, the other unit agrees, and both have signed."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.api import joint_inputs as inputs
from dispatch.api.joint import OfOrder
from dispatch.api.joint_outputs import OfferOutput, offer_shown
from dispatch.models import OrderOffer
from dispatch.services.joint import offering
from kernel import clock
from kernel.api.once import answer_once
from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on an offer."""
    return extend_schema(
        tags=["joint orders"], request=request, parameters=[IF_MATCH], responses=OfferOutput, summary=summary
    )


@extend_schema(tags=["joint orders"])
@extend_schema_view(
    list=extend_schema(responses=results_of(OfferOutput), summary="To whom an order was offered, the newest first"),
    create=extend_schema(
        request=inputs.OfferInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: OfferOutput},
        summary="Offer an order to another unit",
    ),
)
class Offers(OfOrder):
    """The unit that is asked sees its offer, and the petition; the order is its own once it has agreed."""

    model = OrderOffer
    capabilities = {
        "list": "",
        "create": "order.complete",
        "agree": "order.sign",
        "refuse": "order.sign",
        "withdraw": "order.complete",
    }

    def get_queryset(self) -> Any:
        """With the names of the units."""
        return super().get_queryset().select_related("unit", "to_unit").order_by("-offered_at", "-pk")

    def answered(self, pk: Any) -> Response:
        """How it stands now."""
        offer = OrderOffer.objects.select_related("unit", "to_unit").get(pk=pk)
        return Response(offer_shown(offer, actor=self.actor))

    def list(self, request: Request, order_id: str) -> Response:
        """All at once; the other unit sees its own here, and nothing else of the order."""
        refuse_unknown(request, known=())
        found = list(self.get_queryset())
        if not found:
            self.require_order()
        return Response({"results": [offer_shown(one, actor=self.actor) for one in found]})

    def create(self, request: Request, order_id: str) -> Response:
        """By the lead alone, where neither the centre nor a ruling has bound it."""
        said, at = self.read(inputs.OfferInput), clock.now()
        self.require_order()

        def work() -> tuple[int, dict[str, Any]]:
            made = offering.offer(
                order_id=order_id, unit_id=said["unit"], grounds=said["grounds"], actor=self.actor, at=at
            )
            return 201, offer_shown(made, actor=self.actor)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @deed_schema(inputs.AnswerOfferInput, "Agree: the order is your unit's from now on")
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, order_id: str, pk: str) -> Response:
        """The second signature. The promise to the citizen does not move; `became` is the new order."""
        self.read(inputs.AnswerOfferInput)
        offering.agree(offer_id=pk, **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.RefuseOfferInput, "Do not take the order over")
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, order_id: str, pk: str) -> Response:
        """With the reason; the lead goes on."""
        offering.refuse(offer_id=pk, **self.read(inputs.RefuseOfferInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.AnswerOfferInput, "Take the offer back")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, order_id: str, pk: str) -> Response:
        """By the lead, before it is answered."""
        self.read(inputs.AnswerOfferInput)
        offering.withdraw(offer_id=pk, **self.seen())
        return self.answered(pk)
