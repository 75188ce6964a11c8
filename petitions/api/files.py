"""Pictures and documents of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import StrictInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import UUID_PATTERN, DeedViewSet
from kernel.errors import Missing
from petitions import serving
from petitions.api.outputs import AttachmentOutput
from petitions.choices import AttachmentPurpose
from petitions.models import Petition
from petitions.services.attaching import attach, open_attachment


class FileInput(StrictInput):
    """JPEG, PNG, WebP or PDF, up to 10 MB. Pictures are drawn anew, without what the camera wrote into them."""

    file = serializers.FileField()
    purpose = serializers.ChoiceField(AttachmentPurpose.choices)


class CaseFiles(DeedViewSet):
    """Files come in and go out through the case that they belong to."""

    model = Petition
    pagination_class = None
    filter_backends = ()
    capabilities = {"add_file": "", "file": ""}

    @extend_schema(
        tags=["petitions"],
        request={"multipart/form-data": FileInput},
        parameters=[IDEMPOTENCY_KEY],
        responses={201: AttachmentOutput},
        summary="Add a picture or a document",
    )
    @action(detail=True, methods=["post"], url_path="attachments", parser_classes=[MultiPartParser])
    def add_file(self, request: Request, pk: str) -> Response:
        """Before handling, after it, or with the report."""
        said = self.read(FileInput)
        self.get_object()
        at = clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            sent = said["file"]
            added = attach(
                petition_id=pk, file=sent, name=sent.name or "", purpose=said["purpose"], actor=self.actor, at=at
            )
            return 201, dict(AttachmentOutput(added).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        tags=["petitions"],
        parameters=[OpenApiParameter("file_id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")},
        summary="Fetch a file",
    )
    @action(detail=True, methods=["get"], url_path=f"attachments/(?P<file_id>{UUID_PATTERN})")
    def file(self, request: Request, pk: str, file_id: str) -> Any:
        """Always as a download, never as a page of ours."""
        row, path = open_attachment(attachment_id=UUID(file_id), actor=self.actor)
        if str(row.petition_id) != pk or not path.is_file():
            raise Missing(_("This does not exist, or not for you."))
        return serving.downloaded(row)
