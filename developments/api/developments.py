"""Development petitions: the list, one of them, a new one, and what is done with the case as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_filters import MultipleChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from developments.api import inputs
from developments.api.base import WITH, deed_schema
from developments.api.outputs import DevelopmentOutput, DevelopmentRow, row_of
from developments.api.parts import PaperDeeds, StepDeeds
from developments.choices import State
from developments.models import Development
from developments.services import accepting, ending, filing
from kernel import clock
from kernel.api.fields import NothingInput
from kernel.api.filters import FlagFilter, OpenFilters
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY


class DevelopmentFilters(OpenFilters):
    """All of them narrow; none of them widens what the person may see."""

    state = MultipleChoiceFilter(choices=State.choices)
    green = FlagFilter(field_name="green")
    tolerant = FlagFilter(field_name="tolerant")

    class Meta:
        model = Development
        fields: tuple[str, ...] = ()


@extend_schema(tags=["developments"])
@extend_schema_view(
    list=extend_schema(responses=DevelopmentRow(many=True), summary="Development petitions that you may see"),
    create=extend_schema(
        request=inputs.DevelopmentInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: DevelopmentOutput},
        summary="Ask for a plan, for your company",
    ),
    retrieve=extend_schema(responses=DevelopmentOutput, summary="One case, with its plan and what you may do"),
)
class DevelopmentViewSet(StepDeeds, PaperDeeds):
    """Development petitions of companies."""

    filterset_class = DevelopmentFilters
    orderings = ("-filed_at", "filed_at", "stage_due_at")

    def list(self, request: Request) -> Response:
        """A company its own, a unit those with a step of its own, the centre all; newest first."""
        found = self.filter_queryset(self.get_queryset().select_related(*WITH).defer("salt", "asked"))
        return self.get_paginated_response([row_of(one) for one in self.paginate_queryset(found) or []])

    def create(self, request: Request) -> Response:
        """The papers are handed in one by one afterwards. The same key again gives the same answer."""
        said, at = self.read(inputs.DevelopmentInput), clock.now()
        code = said.pop("template")
        return self._made(
            request, lambda: filing.file_development(template_code=code, actor=self.actor, at=at, **said), at
        )

    @extend_schema(
        tags=["developments"],
        request=inputs.DevelopmentOpeningInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: DevelopmentOutput},
        summary="Open a plan from a development petition",
    )
    @action(detail=False, methods=["post"])
    def open(self, request: Request) -> Response:
        """The case stays the petition's; its text is not copied."""
        said, at = self.read(inputs.DevelopmentOpeningInput), clock.now()
        given = {
            "petition_id": said["petition"],
            "enterprise_id": said["enterprise"],
            "template_code": said["template"],
            "title": said["title"],
            "asked": said["asked"],
        }
        return self._made(request, lambda: filing.open_from_petition(actor=self.actor, at=at, **given), at)

    def _made(self, request: Request, make: Callable[[], Development], at: Any) -> Response:
        def work() -> tuple[int, dict[str, Any]]:
            return 201, self.shown(make().pk)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        base = request.path.removesuffix("open/")
        response.headers["Location"] = request.build_absolute_uri(f"{base}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match; steps and papers have versions of their own."""
        return self.answered(self.get_object().pk)

    @deed_schema(NothingInput, "Accept a case: fully, or tolerantly where the company has promised")
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Its steps begin side by side."""
        self.read(NothingInput)
        accepting.accept(development_id=pk, **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.DevelopmentDeclineInput, "Decline a case, by law")
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """The petition is declined with it."""
        said = self.read(inputs.DevelopmentDeclineInput)
        accepting.decline(development_id=pk, reason_code=said["reason"], note=said["note"], **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.DevelopmentEndInput, "End a case whose plan cannot go on")
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Its steps end with it."""
        ending.end(development_id=pk, **self.read(inputs.DevelopmentEndInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.DevelopmentPromiseInput, "Sign the promise of missing papers")
    @action(detail=True, methods=["post"])
    def promise(self, request: Request, pk: str) -> Response:
        """Before the acceptance, by the company."""
        filing.promise_papers(development_id=pk, **self.read(inputs.DevelopmentPromiseInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.DevelopmentNoteInput, "Withdraw a case of your company")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Nobody need do anything any more."""
        ending.withdraw(development_id=pk, **self.read(inputs.DevelopmentNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.DevelopmentRatingInput, "Rate the plan of your company")
    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: str) -> Response:
        """It is closed with it."""
        ending.rate(development_id=pk, **self.read(inputs.DevelopmentRatingInput), **self.seen())
        return self.answered(pk)
