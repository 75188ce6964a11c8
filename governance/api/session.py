"""Signing in to the API with a token, signing out, and who I am."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from knox.models import AuthToken, get_token_model
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from kernel.errors import NotAllowed
from organizations.choices import Role


class Credentials(serializers.Serializer):
    """Account and password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False, style={"input_type": "password"})


class SeatOutput(serializers.Serializer):
    """One posting in force."""

    role = serializers.CharField()
    role_label = serializers.SerializerMethodField()
    unit_id = serializers.IntegerField(allow_null=True)
    territory = serializers.CharField()
    capabilities = serializers.SerializerMethodField()

    def get_role_label(self, seat: Any) -> str:
        """The role in the language asked for."""
        return str(Role(seat.role).label)

    def get_capabilities(self, seat: Any) -> list[str]:
        """What the posting allows, sorted."""
        return sorted(seat.capabilities)


class MeOutput(serializers.Serializer):
    """The person behind the token or the session."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    key = serializers.CharField(help_text="How this person appears in the event log.")
    seats = SeatOutput(many=True)


class SignIn(APIView):
    """Exchange account and password for a token; it stands for the person in the header `Authorization: Token …`."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AnonRateThrottle,)

    @extend_schema(
        operation_id="sign_in",
        request=Credentials,
        responses={
            200: inline_serializer(
                "TokenOutput", {"token": serializers.CharField(), "expires_at": serializers.DateTimeField()}
            ),
            403: OpenApiResponse(description="Wrong account or password."),
            429: OpenApiResponse(description="Too many wrong passwords; the account is shut for a while."),
        },
    )
    def post(self, request: Request) -> Response:
        """Wrong passwords count towards the same limit as on the page."""
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        user = authenticate(request._request, **given.validated_data)
        if user is None:
            raise NotAllowed(_("The account or the password is wrong."), code="wrong_credentials")
        record, token = get_token_model().objects.create(user=user)
        return Response({"token": token, "expires_at": record.expiry})


class SignOut(APIView):
    """Give up the token at hand; others of the same person stay."""

    @extend_schema(operation_id="sign_out", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Nothing is done where the request came with a browser session instead."""
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
        return Response(status=204)


class Me(APIView):
    """Who is asking, and what they may do."""

    @extend_schema(operation_id="me", responses=MeOutput)
    def get(self, request: Request) -> Response:
        """The person with the postings in force now."""
        actor = request.actor
        return Response(
            MeOutput(
                {
                    "username": request.user.get_username(),
                    "display_name": str(request.user),
                    "key": actor.key,
                    "seats": actor.seats,
                }
            ).data
        )
