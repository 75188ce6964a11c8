"""Documents: the register, one of them, its files, and issuing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_filters import UUIDFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api.outputs import DocumentOutput, row_of
from documents.choices import CONTENT_TYPES, Form, Language
from documents.models import Issued
from documents.services.issuing import issue, press_ahead, print_again
from documents.serving import sent
from kernel import clock
from kernel.api.fields import Code, Identity, StrictInput
from kernel.api.filters import StrictFilterSet
from kernel.api.once import answer_once, idempotency_key
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet


class DocumentInput(StrictInput):
    """What to print: personal data is masked."""

    kind = Code(max_length=24, help_text="dispatch-sheet, supervision-order, reply")
    subject = Identity(help_text="The work order, the supervision order, or the petition.")
    language = serializers.ChoiceField(Language.choices, default=Language.CHINESE.value)


class DocumentFilters(StrictFilterSet):
    """Of one case."""

    case = UUIDFilter(field_name="case_id", help_text=_("The documents of one case."))

    class Meta:
        model = Issued
        fields: tuple[str, ...] = ()


def file_schema(form: str, summary: str) -> Any:
    """The schema of an address that answers with a file."""
    kind = CONTENT_TYPES[Form(form)]
    return extend_schema(
        tags=["documents"],
        responses={(200, kind): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")},
        summary=summary,
    )


@extend_schema(tags=["documents"])
@extend_schema_view(
    list=extend_schema(responses=DocumentOutput(many=True), summary="Documents about what you see"),
    create=extend_schema(
        request=DocumentInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: DocumentOutput},
        summary="Issue a document under the next number",
    ),
    retrieve=extend_schema(responses=DocumentOutput, summary="One document of the register"),
)
class DocumentViewSet(DeedViewSet):
    """Sheets, orders and letters that were printed."""

    model = Issued
    case_field = "case_id"
    filterset_class = DocumentFilters
    orderings = ("-at", "at")
    capabilities = {"list": "", "retrieve": "", "create": "", "pdf": "", "word": ""}

    def list(self, request: Request) -> Response:
        """Newest first; `?case=` for those of one case."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([row_of(row) for row in rows])

    def create(self, request: Request) -> Response:
        """It gets the next number of its kind, unit and year. The same key again gives the same answer."""
        said, at = self.read(DocumentInput), clock.now()

        idempotency_key(self.request)  # before the press is troubled
        pressed = press_ahead(actor=self.actor, at=at, **said)

        def work() -> tuple[int, dict[str, Any]]:
            return 201, row_of(issue(pressed=pressed, actor=self.actor, at=at, **said))

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """What it weighed when it was issued, to tell whether a file is the document."""
        return Response(row_of(self.get_object()))

    @file_schema(Form.PDF, "The document as PDF")
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> Any:
        """The same bytes as when it was issued, unless the case has changed: then it says as of when it was printed."""
        return self._file(pk, Form.PDF)

    @file_schema(Form.WORD, "The document as a Word file")
    @action(detail=True, methods=["get"])
    def word(self, request: Request, pk: str) -> Any:
        """As for PDF."""
        return self._file(pk, Form.WORD)

    def _file(self, pk: str, form: str) -> Any:
        made = self.get_object()
        printed = print_again(issued_id=UUID(pk), form=form, actor=self.actor, at=clock.now())
        return sent(made, form=form, printed=printed)
