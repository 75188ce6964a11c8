"""Saved reports: a question under a name, asked by the clock; and what was answered each time."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessment.api.statistics import NumberOutput
from assessment.choices import Rhythm
from assessment.models import SavedReport, SavedRun
from assessment.services import saving
from assessment.services.saving import LONGEST_NAME, Wanted
from kernel import clock
from kernel.api.fields import Code, NothingInput, StrictInput, Text, Whole
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import UUID_PATTERN, DeedViewSet

VIEW = "assessment.view"


class SavedInput(StrictInput):
    """A name, the question, whom it is shared with and when it is asked."""

    name = Text(max_length=LONGEST_NAME)
    query = serializers.DictField(child=Text(max_length=400), help_text="Parameters of /statistics/.")
    unit = Whole(required=False, allow_null=True, default=None, help_text="A unit that you work for.")
    rhythm = Code(
        required=False, allow_blank=True, default="", max_length=8, help_text=f"One of: {', '.join(Rhythm.values)}."
    )
    hour = Whole(required=False, default=8, min_value=0, max_value=23)


class SavedOutput(serializers.ModelSerializer[SavedReport]):
    """One saved report. `version` is for If-Match."""

    own = serializers.SerializerMethodField(help_text="You may change it.")

    class Meta:
        model = SavedReport
        fields: tuple[str, ...] = (
            "id", "version", "name", "query", "unit", "rhythm", "hour", "owner", "own", "made_at", "since",
        )  # fmt: skip

    def get_own(self, made: SavedReport) -> bool:
        """Its owner alone changes a report."""
        return bool(made.owner_id == self.context["actor"].user_id)


class RunRow(serializers.ModelSerializer[SavedRun]):
    """One answer. The digest covers the question and every figure."""

    class Meta:
        model = SavedRun
        fields: tuple[str, ...] = ("id", "due_at", "made_at", "query", "digest")


class RunOutput(RunRow):
    """An answer with its figures, as they were."""

    figures = NumberOutput(many=True)

    class Meta(RunRow.Meta):
        fields = (*RunRow.Meta.fields, "figures")


def change_schema(request: Any, summary: str, responses: Any = SavedOutput) -> Any:
    """The schema of a deed on a saved report."""
    return extend_schema(
        tags=["assessment"], request=request, parameters=[IF_MATCH], responses=responses, summary=summary
    )


@extend_schema(tags=["assessment"])
@extend_schema_view(
    list=extend_schema(responses=SavedOutput(many=True), summary="Saved reports of yours and of your units"),
    create=extend_schema(
        request=SavedInput, parameters=[IDEMPOTENCY_KEY], responses={201: SavedOutput}, summary="Keep a question"
    ),
    retrieve=extend_schema(responses=SavedOutput, summary="One saved report"),
)
class SavedViewSet(DeedViewSet):
    """Whoever a report is shared with asks it for themselves; what was answered is its owner's."""

    model = SavedReport
    filter_backends = ()
    orderings = ("-made_at", "made_at")
    capabilities = dict.fromkeys(("list", "create", "retrieve", "change", "end", "runs", "run"), VIEW)

    @property
    def keyset_order(self) -> str:
        """Answers the latest first, reports as asked for."""
        return "-due_at" if self.action == "runs" else super().keyset_order

    def told(self, made: SavedReport) -> dict[str, Any]:
        """As answers show it."""
        return dict(SavedOutput(made, context={"actor": self.actor}).data)

    def list(self, request: Request) -> Response:
        """Those that were given up are not told any more."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([self.told(one) for one in rows])

    def create(self, request: Request) -> Response:
        """The question is kept without its day: asked by the clock, it is about the period that was over then."""
        wanted, at = self.wanted(), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            return 201, self.told(saving.save(wanted=wanted, actor=self.actor, at=at))

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self.told(self.get_object()))

    @change_schema(SavedInput, "Change a saved report")
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """All of it is said anew: what is left out goes back to what it is without being told."""
        return Response(self.told(saving.change(report_id=pk, wanted=self.wanted(), **self.seen())))

    @change_schema(NothingInput, "Give a saved report up", {204: None})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """It is asked no more; what was answered stays in the log."""
        self.read(NothingInput)
        saving.end(report_id=pk, **self.seen())
        return Response(status=204)

    @extend_schema(tags=["assessment"], responses=RunRow(many=True), summary="What a saved report was answered")
    @action(detail=True, methods=["get"])
    def runs(self, request: Request, pk: str) -> Response:
        """To its owner: the figures were counted among what the owner sees."""
        rows = self.paginate_queryset(self._runs().defer("figures")) or []
        return self.get_paginated_response(RunRow(rows, many=True).data)

    @extend_schema(tags=["assessment"], responses=RunOutput, summary="One answer with its figures", filters=False)
    @action(detail=True, methods=["get"], url_path=f"runs/(?P<run_id>{UUID_PATTERN})", pagination_class=None)
    def run(self, request: Request, pk: str, run_id: str) -> Response:
        """As it was kept; ask /statistics/ with its `query` to hold a new count against it."""
        found = self._runs().filter(pk=run_id).first()
        if found is None:
            raise Http404
        return Response(RunOutput(found).data)

    def wanted(self) -> Wanted:
        """The validated input."""
        said = self.read(SavedInput)
        return Wanted(unit_id=said.pop("unit"), **said)

    def _runs(self) -> Any:
        return SavedRun.objects.visible_to(self.actor).filter(report=self.get_object())
