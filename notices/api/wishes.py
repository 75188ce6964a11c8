"""How one wants to be told, and where one is reached."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import StrictInput, Text, Whole
from kernel.api.once import expected_version
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet
from notices import channels
from notices.choices import Means, Outward
from notices.models import Preference
from notices.queries import contacts_of, wishes_of
from notices.queries.wishes import masked
from notices.services import wishing


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "21:00"})
class OfficeTime(serializers.TimeField):
    """A time of the day on the clock of the office. It has no offset, which the format "time" of OpenAPI asks for."""

    def __init__(self) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"])


class WishesInput(StrictInput):
    """What leaves the product, over which channel first, and when not; times of the office."""

    outward = serializers.ChoiceField(Outward.choices)
    channel = Text(max_length=32, required=False, default="", allow_blank=True)
    digest_hour = Whole(min_value=0, max_value=23)
    quiet_from = OfficeTime()
    quiet_until = OfficeTime()


class ReachInput(StrictInput):
    """Where one means reaches you; an empty address takes it away."""

    means = serializers.ChoiceField(Means.choices)
    address = Text(max_length=120, allow_blank=True)


class WishesOutput(serializers.Serializer[Any]):
    """Your preferences; version 0 while you chose nothing. Addresses are masked."""

    outward = serializers.ChoiceField(Outward.choices)
    channel = serializers.CharField(allow_blank=True)
    digest_hour = serializers.IntegerField()
    quiet_from = OfficeTime()
    quiet_until = OfficeTime()
    contacts = serializers.DictField(child=serializers.CharField())
    usual_quiet = serializers.ListField(
        child=OfficeTime(), help_text="The quiet hours of the installation, for everybody who chose nothing."
    )
    channels = serializers.ListField(child=serializers.CharField(), help_text="What the settings offer.")
    version = serializers.IntegerField()


@extend_schema(tags=["notices"])
class WishesViewSet(DeedViewSet):
    """Your own preferences."""

    model = Preference
    capabilities = {"retrieve": "", "choose": "", "reach": ""}

    @extend_schema(responses=WishesOutput, summary="How you are told")
    def retrieve(self, request: Request) -> Response:
        """`ETag` is the version for If-Match."""
        return self._shown()

    @extend_schema(
        request=WishesInput, parameters=[IF_MATCH], responses=WishesOutput, summary="Choose how you are told"
    )
    def choose(self, request: Request) -> Response:
        """What is urgent leaves at once whatever you choose."""
        said, version = self.read(WishesInput), expected_version(request)
        wishing.prefer(wishes=wishing.Wishes(**said), actor=self.actor, at=clock.now(), version=version)
        return self._shown()

    @extend_schema(request=ReachInput, responses=WishesOutput, summary="Say where you are reached")
    def reach(self, request: Request) -> Response:
        """Stored encrypted; nobody but you sees even the masked form."""
        wishing.reach(**self.read(ReachInput), actor=self.actor, at=clock.now())
        return self._shown()

    def _shown(self) -> Response:
        user_id = self.actor.user_id or 0
        mine, known = wishes_of(user_id=user_id), contacts_of(user_ids=[user_id]).get(user_id, {})
        names = ("outward", "channel", "digest_hour", "quiet_from", "quiet_until", "version")
        body = {name: getattr(mine, name) for name in names}
        body["contacts"] = {means: masked(means=means, address=address) for means, address in known.items()}
        body["usual_quiet"] = list(settings.NOTICE_QUIET_HOURS)
        body["channels"] = list(channels.configured())
        return Response(WishesOutput(body).data)
