"""Calls: the list, one of them, a new one; what is done with them stands in caller.py and called.py."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from calls.api import inputs
from calls.api.answering import WITH
from calls.api.called import CalledDeeds
from calls.api.caller import CallerDeeds
from calls.api.files import CallFiles
from calls.api.filters import CallFilters
from calls.api.outputs import CallOutput, CallRow, rows_of
from calls.api.schema import CAPABILITIES
from calls.models import Call
from calls.services.drawing import Wanted
from calls.services.sending import send_out
from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY


@extend_schema(tags=["calls"])
@extend_schema_view(
    list=extend_schema(responses=CallRow(many=True), summary="Calls that you may see"),
    create=extend_schema(
        request=inputs.CallInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: CallOutput},
        summary="Call for a department, on a petition or by itself",
    ),
    retrieve=extend_schema(responses=CallOutput, summary="One call, with its course and what you may do"),
)
class CallViewSet(CallerDeeds, CalledDeeds, CallFiles):
    """Calls of townships."""

    model = Call
    # Never the petition's chain: what happened last on it is not for the units that were called (F17).
    case_field = "pk"
    filterset_class = CallFilters
    orderings = ("-filed_at", "filed_at", "stage_due_at")
    capabilities = CAPABILITIES

    def list(self, request: Request) -> Response:
        """Of and to one's unit, or all of the area that one oversees; newest first."""
        found = self.filter_queryset(self.get_queryset().select_related(*WITH).defer("route", "result", "salt"))
        return self.get_paginated_response(rows_of(list(self.paginate_queryset(found) or []), actor=self.actor))

    def create(self, request: Request) -> Response:
        """An emergency goes to the lead of the list at once, and so does the own team; beside a call, that is shown.

        The same key again gives the same answer.
        """
        said, at = self.read(inputs.CallInput), clock.now()
        team, only_team = said.pop("team", None), said.pop("only_team")
        wanted = Wanted(
            petition_id=said.pop("petition", None),
            category_code=said.pop("category"),
            unit_id=said.pop("unit", None),
            **said,
        )

        def work() -> tuple[int, dict[str, Any]]:
            made = send_out(wanted=wanted, team_id=team, only_team=only_team, actor=self.actor, at=at)
            return 201, self.shown(made.pk)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return self.answered(self.get_object().pk)
