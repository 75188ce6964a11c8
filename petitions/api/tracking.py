"""Following a case by its tracking code, without an account."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel.api.parameters import refuse_unknown
from kernel.api.throttling import PerAddress
from kernel.errors import Missing
from petitions.choices import ReplyKind
from petitions.models import Petition

CODE = re.compile(r"[3-9A-Y]{10}\Z")


class SaidOutput(serializers.Serializer[Any]):
    """What was told to the citizen, and by which unit."""

    text = serializers.CharField()
    unit = serializers.CharField(source="unit.name", default=None, allow_null=True)
    replied_at = serializers.DateTimeField()


class TrackedOutput(serializers.Serializer[Any]):
    """How far it is: nothing about who reported it, where, or what it says."""

    number = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    filed_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    handled_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    promised_by = serializers.DateTimeField(source="due_at", allow_null=True)
    declined = serializers.CharField(source="decline_reason.name", default=None, allow_null=True)
    go_to = serializers.CharField(source="decline_reason.channel", default=None, allow_null=True)
    replies = SaidOutput(many=True)


class Tracking(APIView):
    """Open to everybody who has the code; rate-limited by address, so that codes cannot be tried through."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PerAddress,)

    @extend_schema(
        operation_id="track",
        tags=["tracking"],
        auth=[],
        parameters=[OpenApiParameter("code", str, OpenApiParameter.PATH, description="Ten characters.")],
        responses=TrackedOutput,
        summary="How far is my case?",
    )
    def get(self, request: Request, code: str) -> Response:
        """State, dates and replies."""
        refuse_unknown(request, known=())
        petition = (
            Petition.objects.filter(tracking_code=code).select_related("decline_reason").first()
            if CODE.match(code)
            else None
        )
        if petition is None:
            raise Missing(_("No case has this code."))
        told = petition.replies.filter(kind=ReplyKind.FINAL).select_related("unit").order_by("replied_at", "pk")
        return Response(TrackedOutput(_Told(petition, told)).data)


class _Told:
    def __init__(self, petition: Petition, replies: Any) -> None:
        self._petition, self.replies = petition, replies

    def __getattr__(self, name: str) -> Any:
        return getattr(self._petition, name)
