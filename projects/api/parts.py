"""Milestones and instructions over the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import DeedViewSet
from projects.api import inputs
from projects.api.filters import InstructionFilters
from projects.api.outputs import InstructionOutput, InstructionRow, MilestoneOutput, context_of
from projects.models import Instruction, Milestone
from projects.queries.reading import today
from projects.services import milestones, moving, tasks

REPORT, CHECK, RULE = "project.report", "project.check", "project.rule"


def change(request: Any, answer: Any, summary: str) -> Any:
    """The schema of a deed."""
    return extend_schema(request=request, parameters=[IF_MATCH], responses=answer, summary=summary)


@extend_schema(tags=["key work"])
@extend_schema_view(
    retrieve=extend_schema(responses=MilestoneOutput, summary="One milestone, with every change of its day")
)
class MilestoneViewSet(DeedViewSet):
    """What a project has promised by which day."""

    model = Milestone
    case_field = "project_id"
    capabilities = {
        "retrieve": "", "report": REPORT, "confirm": CHECK, "send_back": CHECK, "ask_move": REPORT, "grant": RULE,
        "refuse": RULE,
    }  # fmt: skip

    def get_queryset(self) -> Any:
        """With its project and its changes."""
        return super().get_queryset().select_related("project").prefetch_related("changes")

    def answered(self, one: Milestone) -> Response:
        """How it stands."""
        context = context_of(actor=self.actor, day=today(at=clock.now()))
        return Response(MilestoneOutput(one, context=context).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return self.answered(self.get_object())

    @change(inputs.ReachedInput, MilestoneOutput, "Report a milestone reached")
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        """By the owner, with what shows it."""
        milestones.report(milestone_id=pk, **self.read(inputs.ReachedInput), **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectEmptyInput, MilestoneOutput, "Confirm a milestone")
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Never by whoever reported it."""
        self.read(inputs.ProjectEmptyInput)
        milestones.confirm(milestone_id=pk, **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectNoteInput, MilestoneOutput, "Send a milestone back")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """Its day stays."""
        milestones.send_back(milestone_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return self.answered(self.get_object())

    @change(inputs.MoveInput, MilestoneOutput, "Ask for another day")
    @action(detail=True, methods=["post"], url_path="ask-move")
    def ask_move(self, request: Request, pk: str) -> Response:
        """Until it is decided the day that was promised holds."""
        moving.ask_move(milestone_id=pk, **self.read(inputs.MoveInput), **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectEmptyInput, MilestoneOutput, "Grant another day")
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: str) -> Response:
        """The first day stays on record."""
        self.read(inputs.ProjectEmptyInput)
        moving.grant(milestone_id=pk, **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectNoteInput, MilestoneOutput, "Refuse another day")
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """With the reason."""
        moving.refuse(milestone_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return self.answered(self.get_object())


@extend_schema(tags=["key work"])
@extend_schema_view(
    list=extend_schema(responses=InstructionRow(many=True), summary="Instructions of the projects that you may see"),
    retrieve=extend_schema(responses=InstructionOutput, summary="One instruction, with what you may do"),
)
class InstructionViewSet(DeedViewSet):
    """What the centre has told units to do for a project."""

    model = Instruction
    case_field = "project_id"
    filterset_class = InstructionFilters
    orderings = ("stage_due_at", "-stage_due_at", "-given_at")
    capabilities = {
        "list": "", "retrieve": "", "reply": REPORT, "settle": CHECK, "send_back": CHECK, "drop": CHECK,
    }  # fmt: skip

    def get_queryset(self) -> Any:
        """With its project and unit."""
        return super().get_queryset().select_related("project", "unit")

    def answered(self, one: Instruction) -> Response:
        """How it stands."""
        context = context_of(actor=self.actor, day=today(at=clock.now()))
        return Response(InstructionOutput(one, context=context).data)

    def list(self, request: Request) -> Response:
        """The soonest due first."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(InstructionRow(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return self.answered(self.get_object())

    @change(inputs.InstructionReplyInput, InstructionOutput, "Reply to an instruction")
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, pk: str) -> Response:
        """By its unit."""
        tasks.reply(task_id=pk, **self.read(inputs.InstructionReplyInput), **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectEmptyInput, InstructionOutput, "Settle an instruction")
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        """Never by whoever replied."""
        self.read(inputs.ProjectEmptyInput)
        tasks.settle(task_id=pk, **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectNoteInput, InstructionOutput, "Send a reply back")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """The day stays."""
        tasks.send_back(task_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return self.answered(self.get_object())

    @change(inputs.ProjectNoteInput, InstructionOutput, "Drop an instruction")
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """With the reason."""
        tasks.drop(task_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return self.answered(self.get_object())
