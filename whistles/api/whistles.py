"""Whistles: the list, one of them, a new one, and what issuer and units do with it.

What a unit says for itself is created beside the whistle and takes an Idempotency-Key; what changes the whistle takes
If-Match. So ten units can sign and check in at once without being in each other's way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from whistles.api import inputs
from whistles.api.filters import WhistleFilters
from whistles.api.outputs import WhistleOutput, WhistleRow, detail_of, row_of
from whistles.models import Whistle
from whistles.services import agenda, answering, arriving, asking, changing, gathering, issuing, recording, scoring
from whistles.services.arriving import Spot

ASK, ISSUE, ANSWER, RECORD = "whistle.ask", "whistle.issue", "whistle.answer", "whistle.record"


def change(request: Any, summary: str) -> Any:
    """The schema of a deed that changes a whistle."""
    return extend_schema(request=request, parameters=[IF_MATCH], responses=WhistleOutput, summary=summary)


def beside(request: Any, summary: str) -> Any:
    """The schema of what is created beside a whistle."""
    return extend_schema(request=request, parameters=[IDEMPOTENCY_KEY], responses={201: WhistleOutput}, summary=summary)


@extend_schema(tags=["whistles"])
@extend_schema_view(
    list=extend_schema(responses=WhistleRow(many=True), summary="Whistles that you may see, newest first"),
    create=beside(inputs.WhistleInput, "Ask the head, or the centre, for a whistle"),
    blow=beside(inputs.WhistleInput, "Blow a whistle at once"),
    retrieve=extend_schema(responses=WhistleOutput, summary="One whistle, with what you may do"),
)
class WhistleViewSet(DeedViewSet):
    """Orders to assemble, consultations, joint meetings and inspections."""

    model = Whistle
    case_field = "case_id"
    filterset_class = WhistleFilters
    orderings = ("-opened_at", "opened_at", "meets_at", "stage_due_at")
    capabilities = {
        "list": "",
        "retrieve": "",
        "create": ASK,
        "blow": ISSUE,
        "issue": ISSUE,
        "decline": ISSUE,
        "withdraw": ASK,
        "summon": ISSUE,
        "move": ISSUE,
        "call_off": ISSUE,
        "receipts": ANSWER,
        "leaves": ANSWER,
        "excuse": RECORD,
        "agenda": "",
        "check_ins": ANSWER,
        "roll": RECORD,
        "hold": RECORD,
        "minutes": RECORD,
        "unit_scores": RECORD,
        "scores": ANSWER,
    }

    def get_queryset(self) -> Any:
        """With the names of the units."""
        return super().get_queryset().select_related("asker", "issuer")

    def answered(self, pk: Any) -> Response:
        """How it stands now."""
        return Response(detail_of(self.get_queryset().get(pk=pk), actor=self.actor))

    def created(self, request: Request, deed: Callable[[Any], Any], pk: Any = None) -> Response:
        """Do a deed once, whatever is sent again, and tell how the whistle stands. `deed` takes the instant."""
        at = clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = deed(at)
            whistle = self.get_queryset().get(pk=pk or made.pk)
            return 201, detail_of(whistle, actor=self.actor)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def list(self, request: Request) -> Response:
        """Those of one's area, and those that one's unit asked for, issued or is called to."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset().counted())) or []
        return self.get_paginated_response([row_of(row) for row in rows])

    def create(self, request: Request) -> Response:
        """Whoever heads the place decides. The same key again gives the same answer."""
        said = inputs.WhistleInput.said(self.read(inputs.WhistleInput))
        return self.created(request, lambda at: asking.ask(said=said, actor=self.actor, at=at))

    @action(detail=False, methods=["post"])
    def blow(self, request: Request) -> Response:
        """It gets the next number of the county and year, and the units are called."""
        said = inputs.WhistleInput.said(self.read(inputs.WhistleInput))
        return self.created(request, lambda at: issuing.issue(said=said, actor=self.actor, at=at))

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(detail_of(self.get_object(), actor=self.actor))

    @change(inputs.BlowInput, "Sign what was asked for")
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, pk: str) -> Response:
        """It gets its number, and the units are called."""
        issuing.issue_asked(whistle_id=pk, **self.read(inputs.BlowInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleDeclineInput, "Do not issue what was asked for")
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """With the reason."""
        asking.decline(whistle_id=pk, **self.read(inputs.WhistleDeclineInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleNoteInput, "Take back what was asked for")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Until somebody has decided."""
        asking.withdraw(whistle_id=pk, **self.read(inputs.WhistleNoteInput), **self.seen())
        return self.answered(pk)

    @change(inputs.SummonInput, "Call more units")
    @action(detail=True, methods=["post"])
    def summon(self, request: Request, pk: str) -> Response:
        """Each with a time to sign of its own."""
        issuing.summon(whistle_id=pk, **self.read(inputs.SummonInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleMoveInput, "Another time or place")
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """The units are told."""
        changing.move(whistle_id=pk, **self.read(inputs.WhistleMoveInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleNoteInput, "Call it off")
    @action(detail=True, methods=["post"], url_path="call-off")
    def call_off(self, request: Request, pk: str) -> Response:
        """The number stays in the register."""
        changing.call_off(whistle_id=pk, **self.read(inputs.WhistleNoteInput), **self.seen())
        return self.answered(pk)

    @change(inputs.ExcuseInput, "Excuse a unit")
    @action(detail=True, methods=["post"])
    def excuse(self, request: Request, pk: str) -> Response:
        """For the reason that it gave, or for another one."""
        answering.excuse(whistle_id=pk, **self.read(inputs.ExcuseInput), **self.seen())
        return self.answered(pk)

    @change(inputs.RollInput, "Check in somebody who has no telephone at hand")
    @action(detail=True, methods=["post"])
    def roll(self, request: Request, pk: str) -> Response:
        """By name."""
        arriving.call_roll(whistle_id=pk, **self.read(inputs.RollInput), **self.seen())
        return self.answered(pk)

    @change(inputs.WhistleEmptyInput, "Begin")
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        """At the time named, or when everybody is there."""
        self.read(inputs.WhistleEmptyInput)
        gathering.hold(whistle_id=pk, **self.seen())
        return self.answered(pk)

    @change(inputs.MinutesInput, "Write the minutes, with decisions and tasks")
    @action(detail=True, methods=["post"])
    def minutes(self, request: Request, pk: str) -> Response:
        """Once; they stand."""
        said = inputs.MinutesInput.said(self.read(inputs.MinutesInput))
        recording.write(whistle_id=pk, minutes=said, **self.seen())
        return self.answered(pk)

    @change(inputs.UnitScoreInput, "Score a unit")
    @action(detail=True, methods=["post"], url_path="unit-scores")
    def unit_scores(self, request: Request, pk: str) -> Response:
        """When its tasks are done."""
        scoring.rate_unit(whistle_id=pk, **self.read(inputs.UnitScoreInput), **self.seen())
        return self.answered(pk)

    @beside(inputs.ReceiptInput, "Sign for it, and name who comes")
    @action(detail=True, methods=["post"])
    def receipts(self, request: Request, pk: str) -> Response:
        """Late is told apart, not refused."""
        said = self.mine(inputs.ReceiptInput)
        return self.created(request, lambda at: answering.receive(whistle_id=pk, actor=self.actor, at=at, **said), pk)

    @beside(inputs.LeaveInput, "Ask to be excused")
    @action(detail=True, methods=["post"])
    def leaves(self, request: Request, pk: str) -> Response:
        """Until it is decided, the unit is awaited."""
        said = self.mine(inputs.LeaveInput)
        return self.created(request, lambda at: answering.ask_leave(whistle_id=pk, actor=self.actor, at=at, **said), pk)

    @beside(inputs.AgendaInput, "Put an item on the agenda")
    @action(detail=True, methods=["post"])
    def agenda(self, request: Request, pk: str) -> Response:
        """Before it begins."""
        self.get_object()
        said = self.read(inputs.AgendaInput)
        return self.created(request, lambda at: agenda.add_item(whistle_id=pk, actor=self.actor, at=at, **said), pk)

    @beside(inputs.CheckInInput, "Check in")
    @action(detail=True, methods=["post"], url_path="check-ins")
    def check_ins(self, request: Request, pk: str) -> Response:
        """With the place, if the telephone says so."""
        said = self.mine(inputs.CheckInInput)
        spot = Spot(lng=said.pop("lng"), lat=said.pop("lat"))
        return self.created(
            request, lambda at: arriving.check_in(whistle_id=pk, spot=spot, actor=self.actor, at=at, **said), pk
        )

    @beside(inputs.WhistleScoreInput, "Score the whistle")
    @action(detail=True, methods=["post"])
    def scores(self, request: Request, pk: str) -> Response:
        """For one's unit."""
        said = self.mine(inputs.WhistleScoreInput)
        return self.created(
            request, lambda at: scoring.rate_whistle(whistle_id=pk, actor=self.actor, at=at, **said), pk
        )

    def mine(self, serializer: Any) -> dict[str, Any]:
        """What was said for one's own unit. Raises 404 where the whistle is not to be seen."""
        self.get_object()
        said = self.read(serializer)
        return {**{name: said[name] for name in said if name != "unit"}, "unit_id": said["unit"]}
