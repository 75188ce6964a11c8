"""Photographs and documents of a call; never those of its petition (F17)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from calls.api import inputs
from calls.api.answering import AnsweringViewSet
from calls.api.outputs import CallFileOutput, file_of
from calls.services.showing import opened, show
from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import UUID_PATTERN
from petitions import serving
from petitions.services.attaching import prepared


class CallFiles(AnsweringViewSet):
    """Files come in and go out through the call that they belong to."""

    @extend_schema(
        tags=["calls"],
        request={"multipart/form-data": inputs.CallFileInput},
        parameters=[IDEMPOTENCY_KEY],
        responses={201: CallFileOutput},
        summary="Add a picture or a document to a call",
    )
    @action(detail=True, methods=["post"], url_path="files", parser_classes=[MultiPartParser])
    def add_file(self, request: Request, pk: str) -> Response:
        """By the caller with the call; by a called unit on site, or with its report."""
        sent, at = self.read(inputs.CallFileInput)["file"], clock.now()
        self.get_object()
        given = prepared(file=sent, name=sent.name or "")

        def work() -> tuple[int, dict[str, Any]]:
            (added,) = show(call_id=pk, given=[given], actor=self.actor, at=at)
            return 201, file_of(added)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        tags=["calls"],
        parameters=[OpenApiParameter("file_id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")},
        summary="Fetch a file of a call",
    )
    @action(detail=True, methods=["get"], url_path=f"files/(?P<file_id>{UUID_PATTERN})")
    def file(self, request: Request, pk: str, file_id: str) -> Any:
        """Always as a download."""
        return serving.downloaded(opened(call_id=pk, file_id=file_id, actor=self.actor))
