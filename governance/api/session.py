"""Signing in to the API with a token, signing out, and who I am."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from knox.models import AuthToken, get_token_model
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kernel.api.fields import StrictInput, Text
from kernel.api.parameters import refuse_unknown
from kernel.api.throttling import PerAddress
from kernel.middleware import actor_of_user
from organizations.choices import Role
from organizations.queries import unit_names

TokenOutput = inline_serializer(
    "TokenOutput", {"token": serializers.CharField(), "expires_at": serializers.DateTimeField()}
)


class Credentials(StrictInput):
    """Account and password."""

    username = Text(max_length=150)
    password = Text(max_length=128, trim_whitespace=False, style={"input_type": "password"})


class SeatOutput(serializers.Serializer[Any]):
    """One posting in force."""

    role = serializers.CharField()
    role_label = serializers.CharField()
    unit_id = serializers.IntegerField(allow_null=True)
    unit_name = serializers.CharField(allow_blank=True)
    territory = serializers.CharField(allow_blank=True, help_text="The code prefix overseen; empty oversees none.")
    capabilities = serializers.ListField(child=serializers.CharField())


class MeOutput(serializers.Serializer[Any]):
    """The person behind the token or the session."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    key = serializers.CharField(help_text="How this person appears in the log.")
    roles = serializers.ListField(child=serializers.CharField())
    territories = serializers.ListField(child=serializers.CharField())
    capabilities = serializers.ListField(child=serializers.CharField())
    seats = SeatOutput(many=True)


class Token(APIView):
    """Account and password for a token; it stands for the person in the header `Authorization: Token …`."""

    throttle_classes = (PerAddress,)

    def get_authenticators(self) -> list[Any]:
        return [] if _signs_in(self) else super().get_authenticators()

    def get_authenticate_header(self, request: Request) -> str:
        return "Token"

    def get_permissions(self) -> list[Any]:
        return [AllowAny()] if _signs_in(self) else list(super().get_permissions())

    @extend_schema(operation_id="sign_in", tags=["session"], auth=[], request=Credentials, responses=TokenOutput)
    def post(self, request: Request) -> Response:
        """Wrong passwords count towards the same limit as on the page; beyond it, wait a quarter of an hour."""
        refuse_unknown(request, known=())
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        user = authenticate(request._request, **given.validated_data)
        if user is None:  # where it was once too often, the guard of the passwords puts its 429 in place of this
            raise exceptions.AuthenticationFailed(_("The account or the password is wrong."), code="wrong_credentials")
        record, token = get_token_model().objects.create(user=user)
        response = Response({"token": token, "expires_at": record.expiry})
        response.headers["Cache-Control"] = "no-store"
        return response

    @extend_schema(operation_id="sign_out", tags=["session"], request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Give up the token at hand; others of the same person stay. A browser's session has its own way out."""
        refuse_unknown(request, known=())
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
        return Response(status=204)


def _signs_in(view: APIView) -> bool:
    """Whether this request asks for a token; there is no request at all while the schema is written."""
    return getattr(view.request, "method", "POST") == "POST"


class Me(APIView):
    """Who is asking, and what they may do."""

    @extend_schema(operation_id="me", tags=["session"], responses=MeOutput)
    def get(self, request: Request) -> Response:
        """The person with the postings in force now: a right withdrawn is gone at the next request."""
        refuse_unknown(request, known=())
        actor = actor_of_user(request.user)
        names = unit_names(unit_ids=actor.unit_ids)
        seats = [
            {
                "role": seat.role,
                "role_label": str(Role(seat.role).label),
                "unit_id": seat.unit_id,
                "unit_name": "" if seat.unit_id is None else names.get(seat.unit_id, ""),
                "territory": seat.territory,
                "capabilities": sorted(seat.capabilities),
            }
            for seat in actor.seats
        ]
        return Response(
            {
                "username": request.user.get_username(),
                "display_name": str(request.user),
                "key": actor.key,
                "roles": sorted(actor.roles),
                "territories": list(actor.territories),
                "capabilities": sorted(actor.capabilities),
                "seats": seats,
            }
        )
