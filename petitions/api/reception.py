"""What a centre does with a petition, and what the citizen answers, before anybody handles it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import NothingInput
from kernel.api.outputs import results_of
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet
from organizations.queries import conditions_of
from petitions.api import inputs
from petitions.api.detail import changed_of
from petitions.api.outputs import ChangedOutput, ConditionOutput
from petitions.models import Petition
from petitions.queries import category_of
from petitions.services import joining, reception, supplying


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a petition."""
    return extend_schema(
        tags=["petitions"], request=request, parameters=[IF_MATCH], responses=ChangedOutput, summary=summary
    )


class ReceptionDeeds(DeedViewSet):
    """Accepting, asking, declining, joining."""

    model = Petition
    parameters = {"conditions": ("category",)}
    capabilities = {
        "conditions": "",
        "accept": "petition.accept",
        "ask": "petition.ask",
        "supply": "",
        "decline": "petition.decline",
        "classify": "petition.classify",
        "join": "petition.join",
        "separate": "petition.join",
    }

    def answer(self, petition: Petition) -> Response:
        """How it stands now."""
        return Response(changed_of(petition, actor=self.actor))

    @deed_schema(inputs.AcceptInput, "Accept, with the category settled")
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Dispatching follows by itself where the list has an answer."""
        said = self.read(inputs.AcceptInput)
        category = said.pop("category")
        return self.answer(reception.accept(petition_id=pk, category_code=category, **said, **self.seen()))

    @extend_schema(
        tags=["petitions"],
        parameters=[OpenApiParameter("category", str, description="Another category than its own.")],
        responses=results_of(ConditionOutput),
        summary="Filing conditions to choose from",
    )
    @action(detail=True, methods=["get"])
    def conditions(self, request: Request, pk: str) -> Response:
        """Those of the matter of its category, or of the category named; each decides the limit."""
        petition = self.get_object()
        said = request.query_params.get("category", "")
        category = category_of(code=said) if said else petition.category
        matter_id = category.matter_id if category else None
        found = conditions_of(matter_id=matter_id, at=clock.now()) if matter_id is not None else []
        return Response({"results": ConditionOutput(found, many=True).data})

    @deed_schema(inputs.AskInput, "Ask the citizen for what is missing")
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str) -> Response:
        """Until the answer the time is the citizen's."""
        said = self.read(inputs.AskInput)
        return self.answer(reception.ask_for_information(petition_id=pk, **said, **self.seen()))

    @deed_schema(inputs.SupplyInput, "Supply the information asked for")
    @action(detail=True, methods=["post"])
    def supply(self, request: Request, pk: str) -> Response:
        """It stands before the centre again."""
        said = self.read(inputs.SupplyInput)
        return self.answer(supplying.supply_information(petition_id=pk, **said, **self.seen()))

    @deed_schema(inputs.DeclineInput, "Decline, with reason and channel")
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """The reasons stand under /decline-reasons/."""
        said = self.read(inputs.DeclineInput)
        return self.answer(reception.decline(petition_id=pk, reason_code=said["reason"], **self.seen()))

    @deed_schema(inputs.ClassifyInput, "Put category, kind, urgency or place right")
    @action(detail=True, methods=["post"])
    def classify(self, request: Request, pk: str) -> Response:
        """Only while nobody handles it."""
        said = self.read(inputs.ClassifyInput)
        category = said.pop("category")
        return self.answer(reception.classify(petition_id=pk, category_code=category, **said, **self.seen()))

    @deed_schema(inputs.JoinInput, "Join to another petition about the same")
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str) -> Response:
        """It keeps its own text, reporter and history, and ends when the main one does."""
        said = self.read(inputs.JoinInput)
        return self.answer(joining.join(petition_id=pk, main_id=said["main"], **self.seen()))

    @deed_schema(NothingInput, "Separate from the petition it was joined to")
    @action(detail=True, methods=["post"])
    def separate(self, request: Request, pk: str) -> Response:
        """It stands before the centre as it did."""
        self.read(NothingInput)
        return self.answer(joining.separate(petition_id=pk, **self.seen()))
