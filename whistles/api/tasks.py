"""Tasks that came out of whistles: all of them, one, and what the lead and the issuer's side do with it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet
from whistles.api import inputs
from whistles.api.filters import TaskFilters
from whistles.api.outputs import WhistleTaskOutput, WhistleTaskRow, task_detail, task_of
from whistles.models import Task
from whistles.services import tasks

ANSWER, RECORD = "whistle.answer", "whistle.record"


def change(request: Any, summary: str) -> Any:
    """The schema of a deed on a task."""
    return extend_schema(request=request, parameters=[IF_MATCH], responses=WhistleTaskOutput, summary=summary)


@extend_schema(tags=["whistles"])
@extend_schema_view(
    list=extend_schema(responses=WhistleTaskRow(many=True), summary="Tasks of the whistles that you may see"),
    retrieve=extend_schema(responses=WhistleTaskOutput, summary="One task, with what you may do"),
)
class TaskViewSet(DeedViewSet):
    """What is to be done after a whistle."""

    model = Task
    case_field = "whistle__case_id"
    filterset_class = TaskFilters
    orderings = ("stage_due_at", "-stage_due_at", "-given_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "report": ANSWER,
        "confirm": RECORD,
        "send_back": RECORD,
        "drop": RECORD,
    }

    def get_queryset(self) -> Any:
        """With the names of the units, and the whistle."""
        return super().get_queryset().select_related("unit", "whistle").prefetch_related("helpers")

    def answered(self, pk: str) -> Response:
        """How it stands now."""
        return Response(task_detail(self.get_queryset().get(pk=pk), actor=self.actor))

    def list(self, request: Request) -> Response:
        """The soonest due first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([task_of(row) for row in rows])

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(task_detail(self.get_object(), actor=self.actor))

    @change(inputs.WhistleTaskReportInput, "Report a task done")
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        """By its lead."""
        tasks.report(task_id=pk, **self.read(inputs.WhistleTaskReportInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleEmptyInput, "Confirm that a task is done")
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Never by whoever reported it."""
        self.read(inputs.WhistleEmptyInput)
        tasks.confirm(task_id=pk, **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleNoteInput, "Send a task back")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """With as much time again."""
        tasks.send_back(task_id=pk, **self.read(inputs.WhistleNoteInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleNoteInput, "Drop a task")
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """With the reason."""
        tasks.drop(task_id=pk, **self.read(inputs.WhistleNoteInput), **self.seen())
        return self.answered(pk)
