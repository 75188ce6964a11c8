"""The units beside the lead of an order: their tasks, and what they, the lead and the centre do with them."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.api import joint_inputs as inputs
from dispatch.api.joint_outputs import JointTaskOutput, task_shown, tasks_shown
from dispatch.models import JointTask, WorkOrder
from dispatch.services.joint import answering, giving, judging
from dispatch.services.joint.giving import Part
from kernel import clock
from kernel.api.once import answer_once
from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet

TASKS = results_of(JointTaskOutput)


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a task."""
    return extend_schema(
        tags=["joint orders"], request=request, parameters=[IF_MATCH], responses=JointTaskOutput, summary=summary
    )


class OfOrder(DeedViewSet):
    """What belongs to one order, which the person sees."""

    pagination_class = None
    filter_backends = ()
    case_field = "petition_id"

    def get_queryset(self) -> Any:
        """Of the order in the address alone."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.filter(order_id=self.kwargs["order_id"]).select_related("order")

    def require_order(self) -> None:
        """Raise a 404 for an order that this person does not see."""
        get_object_or_404(WorkOrder.objects.visible_to(self.actor), pk=self.kwargs["order_id"])


@extend_schema(tags=["joint orders"])
@extend_schema_view(
    list=extend_schema(responses=TASKS, summary="The units beside the lead of an order"),
    create=extend_schema(
        request=inputs.AskUnitsInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: TASKS},
        summary="Ask other units for a part each",
    ),
    retrieve=extend_schema(responses=JointTaskOutput, summary="One task, with what you may do"),
)
class JointTasks(OfOrder):
    """Each cooperating unit has a task, a clock and a reply of its own."""

    model = JointTask
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": "",
        "refer": "",
        "receive": "order.progress",
        "reply": "order.progress",
        "accept": "order.complete",
        "send_back": "order.complete",
        "release": "",
    }

    def get_queryset(self) -> Any:
        """With the names that are shown."""
        return super().get_queryset().select_related("unit", "officer", "entry", "order").order_by("given_at", "pk")

    def answered(self, pk: Any) -> Response:
        """How it stands now."""
        task = JointTask.objects.select_related("unit", "officer", "entry", "order").get(pk=pk)
        return Response(task_shown(task, actor=self.actor))

    def list(self, request: Request, order_id: str) -> Response:
        """All at once, as they were given."""
        refuse_unknown(request, known=())
        self.require_order()
        return Response({"results": tasks_shown(self.get_queryset(), actor=self.actor)})

    def create(self, request: Request, order_id: str) -> Response:
        """By the lead, or by the centre. The lead stays the one that signs for the whole."""
        said = self.read(inputs.AskUnitsInput)
        parts = [Part(unit_id=one["unit"], text=one["text"], days=one["days"]) for one in said["parts"]]
        return self._given(request, lambda at: giving.ask(order_id=order_id, parts=parts, actor=self.actor, at=at))

    @extend_schema(
        request=inputs.ReferInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: TASKS},
        summary="Refer the order to another unit: it sees and works, its owner stays",
    )
    @action(detail=False, methods=["post"])
    def refer(self, request: Request, order_id: str) -> Response:
        """By the lead, or by the centre. No reply is asked for."""
        unit_id = self.read(inputs.ReferInput)["unit"]
        return self._given(
            request, lambda at: giving.refer(order_id=order_id, unit_id=unit_id, actor=self.actor, at=at)
        )

    def _given(self, request: Request, work: Any) -> Response:
        self.require_order()
        at = clock.now()

        def once() -> tuple[int, dict[str, Any]]:
            ids = [one.pk for one in work(at)]
            shown = JointTask.objects.filter(pk__in=ids).select_related("unit", "officer", "entry", "order")
            return 201, {"results": tasks_shown(shown.order_by("given_at", "pk"), actor=self.actor)}

        return answer_once(request, actor_key=self.actor.key, at=at, work=once)

    def retrieve(self, request: Request, order_id: str, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(task_shown(self.get_object(), actor=self.actor))

    @deed_schema(inputs.ReceiveTaskInput, "Receive the task, by a named person")
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, order_id: str, pk: str) -> Response:
        """By the unit that was asked."""
        officer = self.read(inputs.ReceiveTaskInput)["officer"]
        return self.answered(answering.receive(task_id=pk, officer_id=officer, **self.seen()).pk)

    @deed_schema(inputs.ReplyTaskInput, "Reply to the lead")
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, order_id: str, pk: str) -> Response:
        """By the unit that was asked; whether it was on time is its own."""
        return self.answered(answering.reply(task_id=pk, **self.read(inputs.ReplyTaskInput), **self.seen()).pk)

    @deed_schema(inputs.AcceptReplyInput, "Accept the reply")
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, order_id: str, pk: str) -> Response:
        """By the lead."""
        self.read(inputs.AcceptReplyInput)
        return self.answered(judging.accept(task_id=pk, **self.seen()).pk)

    @deed_schema(inputs.TaskNoteInput, "Send the reply back")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, order_id: str, pk: str) -> Response:
        """By the lead, with what is lacking. Where too little of its limit is left, a short one begins."""
        return self.answered(judging.send_back(task_id=pk, **self.read(inputs.TaskNoteInput), **self.seen()).pk)

    @deed_schema(inputs.TaskNoteInput, "Release the unit")
    @action(detail=True, methods=["post"])
    def release(self, request: Request, order_id: str, pk: str) -> Response:
        """By the lead or the centre, with the reason."""
        return self.answered(judging.release(task_id=pk, **self.read(inputs.TaskNoteInput), **self.seen()).pk)
