"""The history of a case: what happened, who held it how long, and whether the log is whole."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.viewsets import DeedViewSet
from kernel.chains import verify_case
from petitions.api.history_outputs import ChainOutput, LedgerOutput, TimelineOutput
from petitions.history import ledger_of, timeline_of
from petitions.models import Petition


class CaseHistory(DeedViewSet):
    """Read from the log of the case."""

    model = Petition
    pagination_class = None
    filter_backends = ()
    capabilities = {"timeline": "", "ledger": "", "chain": ""}

    @extend_schema(tags=["history"], responses=TimelineOutput, summary="What happened, in order")
    @action(detail=True, methods=["get"])
    def timeline(self, request: Request, pk: str) -> Response:
        """Ids and codes only; the texts stand with the petition."""
        petition = self.get_object()
        return Response({"results": timeline_of(petition=petition, actor=self.actor)})

    @extend_schema(tags=["history"], responses=LedgerOutput, summary="Who held it how long")
    @action(detail=True, methods=["get"])
    def ledger(self, request: Request, pk: str) -> Response:
        """Every minute belongs to exactly one holder."""
        return Response(ledger_of(petition=self.get_object(), at=clock.now()))

    @extend_schema(tags=["history"], responses=ChainOutput, summary="Whether the log is whole")
    @action(detail=True, methods=["get"])
    def chain(self, request: Request, pk: str) -> Response:
        """Computed anew with each request."""
        status = verify_case(case_id=self.get_object().pk)
        broken = status.broken and {"seq": status.broken.seq, "name": status.broken.name, "why": status.broken.why}
        return Response({"intact": status.intact, "length": status.length, "broken": broken})
