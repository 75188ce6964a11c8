"""Mediation cases: the list, one of them, a new one, and what its committee does with it."""

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
from mediation.api import inputs
from mediation.api.outputs import MediationOutput, MediationRow, detail_of, row_of
from mediation.models import MediationCase
from mediation.services import agreeing, assigning, ending, opening, parties, performing, sitting
from mediation.services.agreeing import Pledge
from mediation.services.parties import PartyData

MANAGE = "mediation.manage"


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a mediation case."""
    return extend_schema(
        tags=["mediation"], request=request, parameters=[IF_MATCH], responses=MediationOutput, summary=summary
    )


@extend_schema(tags=["mediation"])
@extend_schema_view(
    list=extend_schema(responses=MediationRow(many=True), summary="Mediations that you may see, newest first"),
    create=extend_schema(
        request=inputs.OpenInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: MediationOutput},
        summary="Bring a petition before the committee of its place",
    ),
    retrieve=extend_schema(responses=MediationOutput, summary="One mediation, with what you may do"),
)
class MediationViewSet(DeedViewSet):
    """Disputes before the committees."""

    model = MediationCase
    case_field = "petition_id"
    orderings = ("-opened_at", "opened_at", "stage_due_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": "mediation.open",
        "assign": MANAGE,
        "replace": MANAGE,
        "parties": MANAGE,
        "sessions": MANAGE,
        "extend": MANAGE,
        "agreement": MANAGE,
        "signatures": MANAGE,
        "drop": MANAGE,
        "confirmation": MANAGE,
        "performance": MANAGE,
        "terminate": MANAGE,
    }

    def get_queryset(self) -> Any:
        """With the committee's name."""
        return super().get_queryset().select_related("committee")

    def answer(self, pk: str) -> Response:
        """How it stands now."""
        return Response(detail_of(self.get_queryset().get(pk=pk), actor=self.actor))

    def list(self, request: Request) -> Response:
        """Cases of one's committee or territory."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([row_of(row) for row in rows])

    def create(self, request: Request) -> Response:
        """The same key again gives the same answer."""
        said, at = self.read(inputs.OpenInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            case = opening.open_by_hand(petition_id=said["petition"], actor=self.actor, at=at)
            return 201, detail_of(case, actor=self.actor)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(detail_of(self.get_object(), actor=self.actor))

    @deed_schema(inputs.AssignInput, "Name the mediator, who declares to have no relation")
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """The thirty days begin."""
        said = self.read(inputs.AssignInput)
        assigning.assign(case_id=pk, mediator_id=said.pop("mediator"), **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.ReplaceInput, "Name another mediator")
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, pk: str) -> Response:
        """The parties may choose."""
        said = self.read(inputs.ReplaceInput)
        assigning.replace(case_id=pk, mediator_id=said.pop("mediator"), **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.PartyInput, "Add a party")
    @action(detail=True, methods=["post"])
    def parties(self, request: Request, pk: str) -> Response:
        """Sealed as soon as it is here."""
        said = self.read(inputs.PartyInput)
        parties.add_party(case_id=pk, side=said.pop("side"), about=PartyData(**said), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.SessionInput, "Record a session")
    @action(detail=True, methods=["post"])
    def sessions(self, request: Request, pk: str) -> Response:
        """At least one party of each side was there."""
        said = self.read(inputs.SessionInput)
        sitting.hold(case_id=pk, record_text=said.pop("record"), **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.ExtendInput, "Extend by agreement of the parties, once")
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Until the end of a day."""
        sitting.extend(case_id=pk, **self.read(inputs.ExtendInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AgreementInput, "Draw up the agreement, or record an oral one")
    @action(detail=True, methods=["post"])
    def agreement(self, request: Request, pk: str) -> Response:
        """Oral, it is in force at once; in writing, when everybody has signed."""
        said = self.read(inputs.AgreementInput)
        pledges = [Pledge(party_id=one.pop("party"), **one) for one in said.pop("promises")]
        agreeing.draw(case_id=pk, promises=pledges, **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.SignInput, "Enter signatures and the seal")
    @action(detail=True, methods=["post"])
    def signatures(self, request: Request, pk: str) -> Response:
        """With the last of them the agreement is in force."""
        said = self.read(inputs.SignInput)
        signed = {one["party"]: (one["kind"], one["on"]) for one in said.pop("parties")}
        agreeing.sign(case_id=pk, signed=signed, **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.DropInput, "Withdraw the draft")
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """The mediation goes on."""
        agreeing.drop(case_id=pk, **self.read(inputs.DropInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.ConfirmInput, "Record the judicial confirmation")
    @action(detail=True, methods=["post"])
    def confirmation(self, request: Request, pk: str) -> Response:
        """Both parties together, within thirty days."""
        performing.record_confirmation(case_id=pk, **self.read(inputs.ConfirmInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.PerformInput, "Record that a promise was kept")
    @action(detail=True, methods=["post"])
    def performance(self, request: Request, pk: str) -> Response:
        """With the last promise the case is performed."""
        said = self.read(inputs.PerformInput)
        performing.keep_promise(case_id=pk, promise_id=said.pop("promise"), **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.TerminateInput, "End without success")
    @action(detail=True, methods=["post"])
    def terminate(self, request: Request, pk: str) -> Response:
        """The answer names the ways that the parties still have."""
        said = self.read(inputs.TerminateInput)
        ending.terminate(case_id=pk, party_id=said.pop("party"), **said, **self.seen())
        return self.answer(pk)
