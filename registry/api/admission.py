"""Admissions and one-off tasks: the lists, one of them, a new one, and what is done with it."""

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
from registry.api import admission_inputs as inputs
from registry.api.admission_outputs import AdmissionOutput, AdmissionRow, TaskOutput, TaskRow
from registry.models import AdHocTask, Admission
from registry.services.adhoc import applying as task_applying
from registry.services.adhoc import deciding as task_deciding
from registry.services.admission import applying, consulting, deciding, opining, reviewing

PROPOSE, REVIEW, OPINION, APPROVE = "registry.propose", "registry.review", "registry.opinion", "registry.approve"


def deed_schema(request: Any, response: Any, summary: str, tag: str = "admissions") -> Any:
    """The schema of a deed."""
    return extend_schema(tags=[tag], request=request, parameters=[IF_MATCH], responses=response, summary=summary)


class CaseViewSet(DeedViewSet):
    """What both have in common: lists, one row with its moves, and creating once."""

    output: type[Any]
    row: type[Any]
    orderings = ("-filed_at", "filed_at", "stage_due_at")

    def shown(self, case: Any) -> dict[str, Any]:
        """One row with what the actor may do."""
        return dict(self.output(case, context={"actor": self.actor}).data)

    def answer(self, pk: str) -> Response:
        """How it stands now."""
        return Response(self.shown(self.get_queryset().get(pk=pk)))

    def listed(self) -> Response:
        """A page of rows."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([self.row(one).data for one in rows])

    def created(self, request: Request, file: Any) -> Response:
        """The same key again gives the same answer."""
        at = clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            return 201, self.shown(file(at))

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response


@extend_schema(tags=["admissions"])
@extend_schema_view(
    list=extend_schema(responses=AdmissionRow(many=True), summary="Admissions that concern you, newest first"),
    create=extend_schema(
        request=inputs.AdmissionInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: AdmissionOutput},
        summary="Apply for a duty to enter a list or the grid",
    ),
    retrieve=extend_schema(responses=AdmissionOutput, summary="One admission, with what you may do"),
)
class AdmissionViewSet(CaseViewSet):
    """准入: no duty reaches a township or the grid by another way."""

    model = Admission
    output, row = AdmissionOutput, AdmissionRow
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": PROPOSE,
        "review": REVIEW,
        "reject": REVIEW,
        "opinions": OPINION,
        "consultations": REVIEW,
        "approve": APPROVE,
        "refuse": APPROVE,
        "drop": PROPOSE,
        "reassess": REVIEW,
        "end": APPROVE,
    }

    def get_queryset(self) -> Any:
        """With the names of the units."""
        return super().get_queryset().select_related("applicant", "lead_unit")

    def list(self, request: Request) -> Response:
        """For townships and departments those that concern them."""
        return self.listed()

    def create(self, request: Request) -> Response:
        """For a unit of one's own."""
        said = self.read(inputs.AdmissionInput)
        return self.created(
            request, lambda at: applying.apply(proposal=inputs.proposal_of(said), actor=self.actor, at=at)
        )

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self.shown(self.get_object()))

    @deed_schema(inputs.AdmissionReviewInput, AdmissionOutput, "Find it lawful and needed, and ask the townships")
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """The limit for the opinions begins."""
        reviewing.review(admission_id=pk, **self.read(inputs.AdmissionReviewInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReasonInput, AdmissionOutput, "Find it not lawful or not needed")
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str) -> Response:
        """Nobody is asked."""
        reviewing.reject(admission_id=pk, **self.read(inputs.AdmissionReasonInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionOpinionInput, AdmissionOutput, "Sign the opinion of your township")
    @action(detail=True, methods=["post"])
    def opinions(self, request: Request, pk: str) -> Response:
        """It stands."""
        said = self.read(inputs.AdmissionOpinionInput)
        opining.opine(admission_id=pk, township_id=said.pop("township"), **said, **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.ConsultInput, AdmissionOutput, "Record a consultation and what it changed")
    @action(detail=True, methods=["post"])
    def consultations(self, request: Request, pk: str) -> Response:
        """With every township that objects."""
        consulting.consult(admission_id=pk, **self.read(inputs.ConsultInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionApprovalInput, AdmissionOutput, "Approve and publish")
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """The items enter the list in the same transaction."""
        deciding.approve(admission_id=pk, **self.read(inputs.AdmissionApprovalInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReasonInput, AdmissionOutput, "Decide against it")
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """With the reason."""
        reviewing.refuse(admission_id=pk, **self.read(inputs.AdmissionReasonInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReasonInput, AdmissionOutput, "Take your application back")
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Before it is decided."""
        applying.drop(admission_id=pk, **self.read(inputs.AdmissionReasonInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReassessInput, AdmissionOutput, "Record that the duty was looked at again")
    @action(detail=True, methods=["post"])
    def reassess(self, request: Request, pk: str) -> Response:
        """It stays until the next time."""
        deciding.reassess(admission_id=pk, **self.read(inputs.AdmissionReassessInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionEndInput, AdmissionOutput, "Withdraw the duty from the list")
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Its items end on the day."""
        deciding.end(admission_id=pk, **self.read(inputs.AdmissionEndInput), **self.seen())
        return self.answer(pk)


@extend_schema(tags=["one-off tasks"])
@extend_schema_view(
    list=extend_schema(responses=TaskRow(many=True), summary="One-off tasks that concern you, newest first"),
    create=extend_schema(
        request=inputs.TaskInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: TaskOutput},
        summary="Apply for a one-off task in a township",
    ),
    retrieve=extend_schema(responses=TaskOutput, summary="One task, with what you may do"),
)
class TaskViewSet(CaseViewSet):
    """一事一议: outside of any list, for one township and a period with an end."""

    model = AdHocTask
    output, row = TaskOutput, TaskRow
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": PROPOSE,
        "opinions": OPINION,
        "approve": APPROVE,
        "refuse": APPROVE,
        "drop": PROPOSE,
        "stop": APPROVE,
    }

    def get_queryset(self) -> Any:
        """With the names of the units."""
        return super().get_queryset().select_related("applicant", "township", "matter")

    def list(self, request: Request) -> Response:
        """For townships and departments those that concern them."""
        return self.listed()

    def create(self, request: Request) -> Response:
        """The third of the same matter and township is refused: it must be admitted."""
        said = self.read(inputs.TaskInput)
        return self.created(request, lambda at: task_applying.apply(task=inputs.task_of(said), actor=self.actor, at=at))

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self.shown(self.get_object()))

    @deed_schema(inputs.TaskOpinionInput, TaskOutput, "Sign the opinion of your township", "one-off tasks")
    @action(detail=True, methods=["post"])
    def opinions(self, request: Request, pk: str) -> Response:
        """It stands."""
        task_applying.opine(task_id=pk, **self.read(inputs.TaskOpinionInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.TaskApprovalInput, TaskOutput, "Approve the task for its period", "one-off tasks")
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """It is never extended."""
        task_deciding.approve(task_id=pk, **self.read(inputs.TaskApprovalInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReasonInput, TaskOutput, "Decide against the task", "one-off tasks")
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """With the reason."""
        task_deciding.refuse(task_id=pk, **self.read(inputs.AdmissionReasonInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReasonInput, TaskOutput, "Take your application back", "one-off tasks")
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Before it is decided."""
        task_applying.drop(task_id=pk, **self.read(inputs.AdmissionReasonInput), **self.seen())
        return self.answer(pk)

    @deed_schema(inputs.AdmissionReasonInput, TaskOutput, "End the task early", "one-off tasks")
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        """Before its day."""
        task_deciding.stop(task_id=pk, **self.read(inputs.AdmissionReasonInput), **self.seen())
        return self.answer(pk)
