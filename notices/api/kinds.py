"""The kinds of notices, and which of them one does not want to hear of."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.viewsets import DeedViewSet
from notices.kinds import KINDS
from notices.models import Mute
from notices.queries import muted_by
from notices.services import wishing


class KindOutput(serializers.Serializer[Any]):
    """A kind of notice, and whether you hear of it."""

    code = serializers.CharField()
    name = serializers.CharField()
    urgent = serializers.BooleanField()
    muted = serializers.BooleanField()


@extend_schema(tags=["notices"])
@extend_schema_view(list=extend_schema(responses=results_of(KindOutput), summary="Kinds of notices"))
class KindViewSet(DeedViewSet):
    """Kinds of notices. Muting is yes or no, so it needs no version."""

    model = Mute
    pagination_class = None
    filter_backends = ()
    lookup_value_regex = "[a-z_.]{1,64}"
    capabilities = {"list": "", "mute": "", "unmute": ""}

    def list(self, request: Request) -> Response:
        """All at once, in the order of their codes."""
        refuse_unknown(request, known=())
        muted = muted_by(user_id=self.actor.user_id or 0)
        return Response({"results": [kind_of(code, code in muted) for code in sorted(KINDS)]})

    @extend_schema(request=None, responses=KindOutput, summary="Hear no more of a kind")
    @action(detail=True, methods=["post"])
    def mute(self, request: Request, pk: str) -> Response:
        """What is urgent cannot be muted."""
        wishing.mute(kind=pk, actor=self.actor, at=clock.now())
        return Response(kind_of(pk, True))

    @extend_schema(request=None, responses=KindOutput, summary="Hear of a kind again")
    @action(detail=True, methods=["post"])
    def unmute(self, request: Request, pk: str) -> Response:
        """From now on; what came meanwhile stays uncounted."""
        wishing.unmute(kind=pk, actor=self.actor, at=clock.now())
        return Response(kind_of(pk, False))


def kind_of(code: str, muted: bool) -> dict[str, Any]:
    """A kind as answers show it."""
    kind = KINDS[code]
    return {"code": code, "name": kind.name, "urgent": kind.urgent, "muted": muted}
