"""Endpoints of files with grids or outlines: handed in, looked at, put on the map."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from grids.api.inputs import MapFileInput
from grids.api.jobs import MapJobOutput, accepted
from grids.models import MapImport
from grids.policies import KEEP
from grids.services import importing, jobs
from kernel import clock
from kernel.api.fields import NothingInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from kernel.uploads import on_disk

VERDICTS = ("new", "changed", "same", "faulty")


class MapMarkOutput(serializers.Serializer[Any]):
    """A fault, or a remark (`blocking` false), with the ground or the point it is about."""

    code = serializers.CharField()
    why = serializers.CharField()
    blocking = serializers.BooleanField()
    shape = serializers.JSONField(allow_null=True)


class MapLineOutput(serializers.Serializer[Any]):
    """What would become of one feature of the file."""

    code = serializers.CharField()
    verdict = serializers.ChoiceField(choices=VERDICTS)
    version = serializers.IntegerField(help_text="Of the grid as it was compared; 0 for one that is new.")
    marks = MapMarkOutput(many=True)


class MapImportOutput(serializers.ModelSerializer[MapImport]):
    """A file that was read."""

    counts = serializers.SerializerMethodField(help_text="Lines by verdict.")

    class Meta:
        model = MapImport
        fields = ["id", "version", "of", "system", "made_at", "applied_at", "counts"]

    def get_counts(self, one: MapImport) -> dict[str, int]:
        """Lines by verdict, also those of which there are none."""
        found = Counter(line["verdict"] for line in one.lines)
        return {name: found[name] for name in VERDICTS}


class MapImportDetail(MapImportOutput):
    """With each line, and the codes of grids in its villages that the file does not name."""

    lines = MapLineOutput(many=True)
    gone = serializers.ListField(child=serializers.CharField())

    class Meta(MapImportOutput.Meta):
        fields = [*MapImportOutput.Meta.fields, "lines", "gone"]


@extend_schema(tags=["map"])
@extend_schema_view(
    list=extend_schema(responses=MapImportOutput(many=True), summary="Files that were read, the latest first"),
    retrieve=extend_schema(responses=MapImportDetail, summary="What a file would change"),
    create=extend_schema(
        request={"multipart/form-data": MapFileInput},
        parameters=[IDEMPOTENCY_KEY],
        responses={202: MapJobOutput},
        summary="Hand in a file with grids or outlines",
    ),
)
class ImportViewSet(DeedViewSet):
    """A file is compared with the map first; nothing changes before it is applied."""

    model = MapImport
    filter_backends = ()
    orderings = ("-made_at",)
    capabilities = {"list": KEEP, "retrieve": KEEP, "create": KEEP, "apply": KEEP}

    def get_parsers(self) -> list[Any]:
        """A file comes in parts."""
        return [MultiPartParser()] if self.action_map.get("post") == "create" else super().get_parsers()

    def list(self, request: Request) -> Response:
        """How many lines of each verdict."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(MapImportOutput(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """Line by line, as in the file."""
        return Response(MapImportDetail(self.get_object()).data)

    def create(self, request: Request) -> Response:
        """It is read and compared with the map by a worker: ask the job until it is done, and names what it found."""
        said, at = self.read(MapFileInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            with on_disk(said["file"]) as path:
                job = jobs.ask_reading(
                    file=path, name=said["file"].name, of=said["of"], system=said["system"],
                    language=get_language() or "", actor=self.actor, at=at,
                )  # fmt: skip
            return 202, dict(MapJobOutput(job).data)

        return accepted(request, answer_once(request, actor_key=self.actor.key, at=at, work=work))

    @extend_schema(
        request=NothingInput, parameters=[IF_MATCH], responses=MapImportOutput, summary="Put a file on the map"
    )
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: str) -> Response:
        """All that is new or changed; what is faulty is left out."""
        self.read(NothingInput)
        held = importing.apply_import(import_id=pk, **self.seen())
        return Response(MapImportOutput(held).data)
