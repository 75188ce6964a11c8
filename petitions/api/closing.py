"""What ends a petition: reply, call-back, rating, withdrawal, the archive; and opening sealed data."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.fields import NothingInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from petitions.api import inputs
from petitions.api.detail import changed_of
from petitions.api.outputs import ReplyOutput
from petitions.api.reception import deed_schema
from petitions.models import Petition
from petitions.services import closing, revealing


class RevealedOutput(serializers.Serializer[Any]):
    """The plain value. It is said once and stored nowhere else; do not keep it."""

    field = serializers.CharField()
    value = serializers.CharField()


class ClosingDeeds(DeedViewSet):
    """Everything after handling, and the withdrawal before it."""

    model = Petition
    capabilities = {
        "withdraw": "",
        "rate": "",
        "callback": "petition.callback",
        "archive": "petition.archive",
        "reply": "petition.reply",
        "reveal": "petition.reveal",
    }

    def answer(self, petition: Petition) -> Response:
        """How it stands now."""
        return Response(changed_of(petition, actor=self.actor))

    @deed_schema(NothingInput, "Withdraw")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """The citizen takes it back."""
        self.read(NothingInput)
        return self.answer(closing.withdraw(petition_id=pk, **self.seen()))

    @deed_schema(inputs.RateInput, "Rate how it was handled")
    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: str) -> Response:
        """Dissatisfied for the first time, it is handled again with a fresh limit; otherwise it closes."""
        said = self.read(inputs.RateInput)
        return self.answer(closing.rate(petition_id=pk, **said, **self.seen()))

    @deed_schema(inputs.CallbackInput, "Note a call to the citizen")
    @action(detail=True, methods=["post"])
    def callback(self, request: Request, pk: str) -> Response:
        """Not reached, the case goes on waiting."""
        said = self.read(inputs.CallbackInput)
        return self.answer(closing.record_callback(petition_id=pk, **said, **self.seen()))

    @deed_schema(NothingInput, "File a closed case away")
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: str) -> Response:
        """It happens by itself later on."""
        self.read(NothingInput)
        return self.answer(closing.archive(petition_id=pk, **self.seen()))

    @extend_schema(
        tags=["petitions"],
        request=inputs.ReplyInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ReplyOutput},
        summary="Tell the citizen something",
    )
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, pk: str) -> Response:
        """A progress note, or the reply."""
        said = self.read(inputs.ReplyInput)
        petition = self.get_object()
        at = clock.now()
        unit_id = next((one for one in petition.involved if one in self.actor.unit_ids), None)

        def work() -> tuple[int, dict[str, Any]]:
            written = closing.reply(petition_id=pk, unit_id=unit_id, actor=self.actor, at=at, **said)
            return 201, dict(ReplyOutput(written).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        tags=["petitions"],
        request=inputs.RevealInput,
        parameters=[IF_MATCH],
        responses=RevealedOutput,
        summary="Open one sealed field of the reporter",
    )
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: str) -> Response:
        """Each look is recorded in the case's history with its purpose."""
        said = self.read(inputs.RevealInput)
        value = revealing.reveal(petition_id=pk, **said, **self.seen())
        response = Response({"field": said["field"], "value": value})
        response.headers["Cache-Control"] = "no-store"
        return response
