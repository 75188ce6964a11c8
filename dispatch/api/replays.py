"""Replays: trying a draft or a calendar on past cases."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.models import Replay
from dispatch.services import replaying
from kernel import clock
from kernel.api.fields import StrictInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet
from kernel.errors import Invalid


class ReplayInput(StrictInput):
    """A draft, or the days of a calendar as CSV; and the days between which the cases were accepted."""

    draft = serializers.UUIDField(required=False)
    days = serializers.CharField(required=False, max_length=200_000, trim_whitespace=False)
    since = serializers.DateField()
    until = serializers.DateField()


class ReplayOutput(serializers.ModelSerializer[Replay]):
    """One replay. `tally` counts cases; its `units` and `flows` are keyed by ids of units."""

    running = serializers.BooleanField(source="is_running")

    class Meta:
        model = Replay
        fields = (
            "id", "kind", "draft", "effective", "since", "until", "total", "done", "running", "asked_at", "finished_at",
            "cancelled_at", "fault", "tally",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema(tags=["registry"])
@extend_schema_view(
    list=extend_schema(responses=ReplayOutput(many=True), summary="Replays, the latest first"),
    create=extend_schema(
        request=ReplayInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ReplayOutput},
        summary="Try a draft or a calendar on past cases",
    ),
    retrieve=extend_schema(responses=ReplayOutput, summary="One replay, with what it found so far"),
)
class Replays(DeedViewSet):
    """No case is touched."""

    model = Replay
    serializer_class = ReplayOutput
    filter_backends = ()
    orderings = ("-asked_at",)
    capabilities = {"list": "registry.propose", "create": "registry.propose", "retrieve": "", "stop": ""}

    def list(self, request: Request) -> Response:
        """The latest first."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(ReplayOutput(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """How far it is, and the figures."""
        return Response(ReplayOutput(self.get_object()).data)

    def create(self, request: Request) -> Response:
        """It goes on by itself, step by step; ask for it again to see how far it is."""
        said = self.read(ReplayInput)
        if ("draft" in said) == ("days" in said):
            raise Invalid("draft, days", fields={"draft": ["draft or days"]})
        at = clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = replaying.start(
                draft_id=said.get("draft"),
                days=said.get("days", ""),
                since=said["since"],
                until=said["until"],
                territory="",
                actor=self.actor,
                at=at,
            )
            return 201, dict(ReplayOutput(made).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(request=None, responses=ReplayOutput, summary="Stop a replay")
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """What it found so far stays."""
        made = replaying.cancel(replay_id=self.get_object().pk, actor=self.actor, at=clock.now())
        return Response(ReplayOutput(made).data)
