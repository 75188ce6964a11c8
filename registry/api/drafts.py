"""Drafts: opened, filled, looked at, submitted, decided."""

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
from registry.api.draft_outputs import DraftOutput, DraftRow, PlanOutput, draft_of, plan_of
from registry.models import Draft
from registry.services import drafts, publishing

PROPOSE, APPROVE = "registry.propose", "registry.approve"


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a draft."""
    return extend_schema(
        tags=["registry"], request=request, parameters=[IF_MATCH], responses=DraftOutput, summary=summary
    )


@extend_schema(tags=["registry"])
@extend_schema_view(
    list=extend_schema(responses=DraftRow(many=True), summary="Drafts that you may see, newest first"),
    create=extend_schema(
        request=inputs.DraftInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: DraftOutput},
        summary="Begin a draft",
    ),
    retrieve=extend_schema(responses=DraftOutput, summary="One draft with its lines"),
)
class DraftViewSet(DeedViewSet):
    """Changes of the registry in the making."""

    model = Draft
    orderings = ("-opened_at", "opened_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "plan": "",
        "create": PROPOSE,
        "lines": PROPOSE,
        "drop": PROPOSE,
        "submit": PROPOSE,
        "take_back": PROPOSE,
        "discard": PROPOSE,
        "approve": APPROVE,
        "refuse": APPROVE,
    }

    def answer(self, pk: str) -> Response:
        """How it stands now."""
        return Response(draft_of(Draft.objects.get(pk=pk)))

    def list(self, request: Request) -> Response:
        """One's own; all for those who review or approve."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(DraftRow(rows, many=True).data)

    def create(self, request: Request) -> Response:
        """The same key again gives the same answer."""
        said, at = self.read(inputs.DraftInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            return 201, draft_of(drafts.open_draft(**said, actor=self.actor, at=at))

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(draft_of(self.get_object()))

    @extend_schema(tags=["registry"], responses=PlanOutput, summary="What the draft would do, line by line")
    @action(detail=True)
    def plan(self, request: Request, pk: str) -> Response:
        """Compared with the registry as it stands now; nothing is written."""
        return Response(plan_of(publishing.plan(draft=self.get_object())))

    @deed_schema(inputs.LineBody, "Enter what happens to one item")
    @action(detail=True, methods=["post"])
    def lines(self, request: Request, pk: str) -> Response:
        """A line for the same item is replaced. A line with faults is kept with them, and cannot be submitted."""
        drafts.put_line(draft_id=pk, **self.read(inputs.LineBody), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.DropLineInput, "Drop the line of an item")
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """The item stays as it is."""
        drafts.drop_line(draft_id=pk, **self.read(inputs.DropLineInput), **self.seen())
        return self.answer(pk)

    @deed_schema(NothingInput, "Submit for approval")
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """No line may be wrong."""
        self.read(NothingInput)
        drafts.submit(draft_id=pk, **self.seen())
        return self.answer(pk)

    @deed_schema(NothingInput, "Take a submitted draft back")
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """To change it."""
        self.read(NothingInput)
        drafts.take_back(draft_id=pk, **self.seen())
        return self.answer(pk)

    @deed_schema(NothingInput, "Give the draft up")
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        """It stays to be read."""
        self.read(NothingInput)
        drafts.discard(draft_id=pk, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.ApproveInput, "Approve: every line in one transaction, as signed acts")
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Never by whoever proposed it."""
        publishing.approve(draft_id=pk, **self.read(inputs.ApproveInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.ReasonInput, "Refuse, with the reason")
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Nothing changes."""
        drafts.refuse(draft_id=pk, **self.read(inputs.ReasonInput), **self.seen())
        return self.answer(pk)
