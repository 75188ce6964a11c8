"""Exports of statistics: a file is asked for, made by the worker, and fetched."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.choices import TakenAs, TakenWhat
from assessment.models import Taken
from assessment.sending import TYPES, sent
from assessment.services import taking
from kernel import clock
from kernel.api.fields import Code, NothingInput, StrictInput, Text
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet

VIEW = "assessment.view"
FILES = {
    (200, kind.partition(";")[0]): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")
    for kind in TYPES.values()
}


class ExportInput(StrictInput):
    """What the file is to hold."""

    what = Code(max_length=8, help_text=f"One of: {', '.join(TakenWhat.values)}.")
    form = Code(max_length=4, help_text=f"One of: {', '.join(TakenAs.values)}.")
    query = serializers.DictField(
        child=Text(max_length=400), help_text="Parameters of /statistics/, or those of the list behind a number."
    )


class ExportOutput(serializers.ModelSerializer[Taken]):
    """One export. `size` and `sha256` are those of the file once `finished_at` is told."""

    ready = serializers.SerializerMethodField(help_text="Its file can be fetched.")

    class Meta:
        model = Taken
        fields: tuple[str, ...] = (
            "id", "what", "form", "query", "asked_at", "total", "done", "capped", "finished_at", "cancelled_at",
            "fault", "size", "sha256", "ready",
        )  # fmt: skip

    def get_ready(self, made: Taken) -> bool:
        """Files are kept for a week."""
        return bool(made.path)


@extend_schema(tags=["assessment"])
@extend_schema_view(
    list=extend_schema(responses=ExportOutput(many=True), summary="Your exports of statistics, the latest first"),
    create=extend_schema(
        request=ExportInput, parameters=[IDEMPOTENCY_KEY], responses={201: ExportOutput}, summary="Ask for a file"
    ),
    retrieve=extend_schema(responses=ExportOutput, summary="One export: how far it is"),
)
class ExportViewSet(DeedViewSet):
    """One's own and nobody else's. The file is made with the rights that one has then."""

    model = Taken
    filter_backends = ()
    orderings = ("-asked_at", "asked_at")
    capabilities = dict.fromkeys(("list", "create", "retrieve", "stop", "file"), VIEW)

    def list(self, request: Request) -> Response:
        """The rows stay when the files are gone."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(ExportOutput(rows, many=True).data)

    def create(self, request: Request) -> Response:
        """Cases leave masked, and only for those who may take cases out."""
        said, at = self.read(ExportInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = taking.ask(**said, language=get_language() or "", actor=self.actor, at=at)
            return 201, dict(ExportOutput(made).data)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """Ask again until it is finished or was stopped."""
        return Response(ExportOutput(self.get_object()).data)

    @extend_schema(tags=["assessment"], request=NothingInput, responses=ExportOutput, summary="Stop an export")
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """409 where it is over already."""
        self.read(NothingInput)
        made = taking.stop(taken_id=self.get_object().pk, actor=self.actor, at=clock.now())
        return Response(ExportOutput(made).data)

    @extend_schema(tags=["assessment"], responses=FILES, summary="The file of an export")
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str) -> Any:
        """404 until it is made, and after a week."""
        return sent(self.get_object(), actor=self.actor)
