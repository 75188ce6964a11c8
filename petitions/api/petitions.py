"""Petitions: the list, one of them, and a new one."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet
from kernel.errors import Conflict
from kernel.permissions import require
from organizations.queries import may_anywhere
from petitions.api.detail import detail_of
from petitions.api.filters import PetitionFilters
from petitions.api.inputs import PetitionInput
from petitions.api.outputs import FiledOutput, PetitionOutput, filed_output
from petitions.api.rows import ROW, ROW_NAMES, PetitionRow, row_of
from petitions.models import Petition
from petitions.queries import may_use_channel, usual_channel
from petitions.services.filing import ReporterData, file_petition

SAME_NAME = {
    "nature", "title", "description", "kind", "urgency", "address", "lng", "lat", "area_code", "confidential",
    "source", "source_no",
}  # fmt: skip


@extend_schema(tags=["petitions"])
@extend_schema_view(
    list=extend_schema(responses=PetitionRow(many=True), summary="Petitions that you may see, newest first"),
    create=extend_schema(
        request=PetitionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: FiledOutput, 200: OpenApiResponse(FiledOutput)},
        summary="File a petition",
    ),
    retrieve=extend_schema(responses=PetitionOutput, summary="One petition, with what you may do"),
)
class PetitionViewSet(DeedViewSet):
    """Cases from report to evaluation."""

    model = Petition
    filterset_class = PetitionFilters
    orderings = ("-filed_at", "filed_at", "stage_due_at")
    capabilities = {"list": "", "create": "petition.file", "retrieve": ""}

    def list(self, request: Request) -> Response:
        """Rows come straight from the columns: this is the busiest address of all."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()).values(*ROW, **ROW_NAMES)) or []
        at = clock.now()
        return self.get_paginated_response([row_of(row, at=at) for row in rows])

    def create(self, request: Request) -> Response:
        """Take a report in; the same key again gives the same answer."""
        said = self.read(PetitionInput)
        at = clock.now()
        given = self._given(said)

        def work() -> tuple[int, dict[str, Any]]:
            filed = file_petition(actor=self.actor, at=at, **given)
            return 201, filed_output(filed)

        try:
            response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        except IntegrityError as error:
            if "petitions_source_once" not in str(error):
                raise
            raise _known(given["source"], given["source_no"]) from error
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """The case with its texts, files and moves; `ETag` is the version for If-Match."""
        petition = self.get_object()
        return Response(detail_of(petition, actor=self.actor))

    def get_queryset(self) -> Any:
        """With the units and words that a detail shows."""
        rows = super().get_queryset()
        if self.action == "retrieve":
            return rows.select_related("category", "center", "lead_unit", "decline_reason", "reporter")
        return rows

    def _given(self, said: dict[str, Any]) -> dict[str, Any]:
        channel = said.get("channel") or usual_channel(actor=self.actor)
        require(may_use_channel(channel=channel, actor=self.actor))
        if said["source_no"]:
            require(may_anywhere(self.actor, capability="petition.import"))
        about = said.get("reporter")
        return {
            **{name: value for name, value in said.items() if name in SAME_NAME},
            "channel": channel,
            "category_code": said.get("category", ""),
            "reporter": ReporterData(**about) if about else None,
            "reporter_user_id": None if self.actor.unit_ids else self.actor.user_id,
        }


def _known(source: str, source_no: str) -> Conflict:
    number = Petition.objects.filter(source=source, source_no=source_no).values_list("number", flat=True).first()
    return Conflict(_("This was taken in before."), code="known", details={"number": number})
