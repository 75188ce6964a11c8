"""The history of a case: what happened, who held it how long, and whether the log is whole."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.viewsets import DeedViewSet
from kernel.chains import verify_case
from petitions.history import ledger_of, timeline_of
from petitions.models import Petition


class HappenedOutput(serializers.Serializer[Any]):
    """One event. Of citizens only the role is told, never who they are."""

    seq = serializers.IntegerField()
    name = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.CharField(allow_blank=True, help_text="user:<id> of a member of staff, system, or empty.")
    role = serializers.CharField()
    role_label = serializers.CharField()
    unit_name = serializers.CharField(allow_blank=True)
    holder = serializers.CharField(allow_blank=True, help_text="Who holds the case from here on; empty: unchanged.")
    holder_label = serializers.CharField(allow_blank=True)
    payload = serializers.DictField()


class TimelineOutput(serializers.Serializer[Any]):
    """Everything that happened, in order."""

    results = HappenedOutput(many=True)


class SegmentOutput(serializers.Serializer[Any]):
    """One turn of one holder."""

    holder = serializers.CharField()
    holder_label = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    working_minutes = serializers.IntegerField()


class LedgerOutput(serializers.Serializer[Any]):
    """The turns without gap or overlap; their minutes add up to the whole."""

    since = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField()
    minutes = serializers.IntegerField()
    working_minutes = serializers.IntegerField()
    segments = SegmentOutput(many=True)


class BreakOutput(serializers.Serializer[Any]):
    """The first row that does not fit."""

    seq = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    why = serializers.ChoiceField(["missing", "columns", "previous", "hash", "head", "unchained"])


class ChainOutput(serializers.Serializer[Any]):
    """Whether every event is as it was written, and none is missing."""

    intact = serializers.BooleanField()
    length = serializers.IntegerField()
    broken = BreakOutput(allow_null=True)


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
