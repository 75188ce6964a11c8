"""Imports of the registry: a workbook handed in, what each of its rows would change, and the draft that comes of it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import StrictInput, Text
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet
from kernel.books import XLSX
from kernel.errors import Invalid
from kernel.sheets.limits import MEGABYTE
from kernel.sheets.words import words
from kernel.uploads import on_disk
from registry.api.sheet_outputs import SheetOutput, SheetRowOutput, row_of, sheet_of
from registry.choices import LineVerdict
from registry.models import SheetImport
from registry.services import sheet_export, sheets
from registry.services.sheet_files import open_import, read_file
from registry.sheets.reading import LIMITS

PROPOSE = "registry.propose"
BINARY = {(200, XLSX): OpenApiResponse(OpenApiTypes.BINARY, description="The workbook.")}
VERDICT = OpenApiParameter("verdict", str, enum=LineVerdict.values, description="Rows of one verdict only.")


class SheetInput(StrictInput):
    """XLSX as exported here, or one CSV of items, up to 20 MB; and the words that go for the draft as a whole."""

    file = serializers.FileField()
    title = Text(max_length=120)
    reason = Text(max_length=1000)
    effective = serializers.DateField()
    whole = serializers.BooleanField(
        required=False, default=False, help_text="Items of its lists that the file leaves out are to end on that day."
    )

    def validate_file(self, file: Any) -> Any:
        """Refuse what is too large before anything reads it."""
        if file.size > LIMITS.bytes:
            raise serializers.ValidationError(words("too_large", str(LIMITS.bytes // MEGABYTE)))
        return file


def deed_schema(summary: str) -> Any:
    """The schema of a deed on an import."""
    return extend_schema(tags=["registry"], request=None, responses=SheetOutput, summary=summary)


@extend_schema(tags=["registry"])
@extend_schema_view(
    list=extend_schema(responses=SheetOutput(many=True), summary="Imports that you may see, the latest first"),
    create=extend_schema(
        request={"multipart/form-data": SheetInput},
        parameters=[IDEMPOTENCY_KEY],
        responses={201: SheetOutput},
        summary="Hand in a workbook of items",
    ),
    retrieve=extend_schema(responses=SheetOutput, summary="One import: how far it is, and how many rows do what"),
)
class SheetViewSet(DeedViewSet):
    """Rows are compared by themselves, chunk by chunk; then all of them become a draft, or none does."""

    model = SheetImport
    filter_backends = ()
    lookup_value_regex = "[0-9]{1,18}"
    capabilities = dict.fromkeys(
        ("list", "create", "retrieve", "rows", "stop", "start", "discard", "template"), PROPOSE
    )
    parameters = {"rows": ("verdict",)}

    @property
    def keyset_order(self) -> str:
        """Rows as they stand in the file, imports the latest first."""
        return "position" if self.action == "rows" else "-pk"

    def get_queryset(self) -> QuerySet[Any]:
        """Without where the columns of the file stand."""
        return super().get_queryset().defer("headings")

    def get_parsers(self) -> list[Any]:
        """A file comes in parts."""
        return [MultiPartParser()] if self.action_map.get("post") == "create" else super().get_parsers()

    def list(self, request: Request) -> Response:
        """One's own; all for those who review or approve."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([sheet_of(one) for one in rows])

    def retrieve(self, request: Request, pk: str) -> Response:
        """Ask again until it does not run any more."""
        return Response(self._whole(self.get_object()))

    def create(self, request: Request) -> Response:
        """Nothing is kept of a file that cannot be read: the refusal names sheet, row and column of every fault."""
        said, at = self.read(SheetInput), clock.now()
        file = said.pop("file")
        with on_disk(file) as path:
            heard = read_file(file=path)  # before the transaction, which is not to wait for it

            def work() -> tuple[int, dict[str, Any]]:
                name = file.name or "file"
                made = open_import(file=path, filename=name, heard=heard, **said, actor=self.actor, at=at)
                return 201, dict(sheet_of(made))

            response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    @extend_schema(
        tags=["registry"], parameters=[VERDICT], responses=SheetRowOutput(many=True), summary="The verdict on each row"
    )
    @action(detail=True)
    def rows(self, request: Request, pk: str) -> Response:
        """Of the rows that are compared: what each changes, or what is wrong with it and where."""
        wanted = request.query_params.get("verdict", "")
        if wanted and wanted not in LineVerdict.values:
            raise Invalid(wanted, fields={"verdict": [", ".join(LineVerdict.values)]})
        rows = self.get_object().rows.exclude(verdict="").defer("payload", "parts")
        shown = self.paginate_queryset(rows.filter(verdict=wanted) if wanted else rows) or []
        return self.get_paginated_response(SheetRowOutput([row_of(one) for one in shown], many=True).data)

    @deed_schema("Stop comparing")
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """Nothing has come of the file yet."""
        return Response(self._whole(sheets.stop(import_id=self.get_object().pk, actor=self.actor)))

    @deed_schema("Go on with an import that was stopped")
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        """From where it was."""
        return Response(self._whole(sheets.start(import_id=self.get_object().pk, actor=self.actor)))

    @extend_schema(tags=["registry"], request=None, responses={204: None}, summary="Forget a file without a draft")
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str) -> Response:
        """It is gone with its rows."""
        sheets.discard(import_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)

    @extend_schema(tags=["registry"], responses=BINARY, summary="The workbook without items, to be filled in")
    @action(detail=False, pagination_class=None)
    def template(self, request: Request) -> Any:
        """Its sheets, columns and words are those that an import reads."""
        name = "registry-template.xlsx"
        return FileResponse(sheet_export.template(), as_attachment=True, filename=name, content_type=XLSX)

    def _whole(self, found: SheetImport) -> dict[str, Any]:
        return dict(sheet_of(found, counts=sheets.counts(found=found)))
