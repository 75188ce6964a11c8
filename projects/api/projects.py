"""Projects over the API: the list with lights, one of them, a new one, and what owner, centre and leader do."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from projects.api import inputs
from projects.api.filters import ProjectFilters
from projects.api.outputs import ProjectOutput, ProjectRow, context_of
from projects.models import Project
from projects.queries.reading import seen_project, today
from projects.services import drafting, ending, stopping, tasks

KEEP, REPORT, CHECK, RULE = "project.keep", "project.report", "project.check", "project.rule"
JOINED = ("batch", "group", "owner", "person", "leader")


def change(request: Any, summary: str) -> Any:
    """The schema of a deed on a project."""
    return extend_schema(request=request, parameters=[IF_MATCH], responses=ProjectOutput, summary=summary)


@extend_schema(tags=["key work"])
@extend_schema_view(
    list=extend_schema(responses=ProjectRow(many=True), summary="Projects that you may see, by their codes"),
    retrieve=extend_schema(responses=ProjectOutput, summary="One project, with what you may do"),
    create=extend_schema(
        request=inputs.ProjectInput, parameters=[IDEMPOTENCY_KEY], responses={201: ProjectOutput},
        summary="Put a project into a plan",
    ),
)  # fmt: skip
class ProjectViewSet(DeedViewSet):
    """Projects of action plans."""

    model = Project
    filterset_class = ProjectFilters
    orderings = ("code", "-code", "ends_on", "-opened_at")
    capabilities = {
        "list": "", "retrieve": "", "create": KEEP, "milestones": KEEP, "begin": KEEP, "replace": KEEP,
        "ask_done": REPORT, "accept": CHECK, "send_back": CHECK, "suspend": RULE, "resume": RULE, "end": RULE,
        "instructions": CHECK,
    }  # fmt: skip

    def answered(self, pk: Any) -> dict[str, Any]:
        """How it stands now."""
        day = today(at=clock.now())
        project = seen_project(project_id=pk, actor=self.actor, day=day)
        return dict(ProjectOutput(project, context=context_of(actor=self.actor, day=day)).data)

    def list(self, request: Request) -> Response:
        """Each with its light of today."""
        seen: Any = self.get_queryset()
        lit = seen.lit(day=today(at=clock.now())).progressed().select_related(*JOINED)
        rows = self.paginate_queryset(self.filter_queryset(lit)) or []
        return self.get_paginated_response(ProjectRow(rows, many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self.answered(pk))

    def create(self, request: Request) -> Response:
        """Drafted: it begins when its milestones stand."""
        given, at = self.read(inputs.ProjectInput), clock.now()
        said = inputs.ProjectInput.said(given)

        def work() -> tuple[int, dict[str, Any]]:
            made = drafting.draft(plan_id=given["plan"], said=said, actor=self.actor, at=at)
            return 201, self.answered(made.pk)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @change(inputs.MilestoneInput, "Promise a milestone")
    @action(detail=True, methods=["post"])
    def milestones(self, request: Request, pk: str) -> Response:
        """Within the days of the project."""
        drafting.add_milestone(project_id=pk, **self.read(inputs.MilestoneInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.ProjectEmptyInput, "Begin a project")
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, pk: str) -> Response:
        """From now on what was promised stands."""
        self.read(inputs.ProjectEmptyInput)
        drafting.begin(project_id=pk, **self.seen())
        return Response(self.answered(pk))

    @change(inputs.PeopleInput, "Name other people")
    @action(detail=True, methods=["post"])
    def replace(self, request: Request, pk: str) -> Response:
        """Who it was stays in the log."""
        drafting.replace(project_id=pk, **self.read(inputs.PeopleInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.DoneInput, "Report a project done")
    @action(detail=True, methods=["post"], url_path="ask-done")
    def ask_done(self, request: Request, pk: str) -> Response:
        """By its owner, when every milestone is confirmed."""
        ending.ask_done(project_id=pk, **self.read(inputs.DoneInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.ProjectEmptyInput, "Confirm that a project is done")
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Never by whoever reported it."""
        self.read(inputs.ProjectEmptyInput)
        ending.accept(project_id=pk, **self.seen())
        return Response(self.answered(pk))

    @change(inputs.ProjectNoteInput, "Send a project back")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """It is not done yet."""
        ending.send_back(project_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.SuspendInput, "Suspend a project")
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, pk: str) -> Response:
        """By the director or the county leader in charge."""
        stopping.suspend(project_id=pk, **self.read(inputs.SuspendInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.ProjectNoteInput, "Resume a project")
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """With the days that were promised."""
        stopping.resume(project_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.ProjectNoteInput, "End a project undone")
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """For good, with the reason."""
        stopping.end(project_id=pk, **self.read(inputs.ProjectNoteInput), **self.seen())
        return Response(self.answered(pk))

    @change(inputs.InstructionInput, "Give an instruction")
    @action(detail=True, methods=["post"])
    def instructions(self, request: Request, pk: str) -> Response:
        """To any unit, by a day."""
        tasks.instruct(project_id=pk, **self.read(inputs.InstructionInput), **self.seen())
        return Response(self.answered(pk))
