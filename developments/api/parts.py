"""What is done with the steps and the papers of a plan."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from developments.api import inputs
from developments.api.base import (
    PAPER_ID,
    PAPERS,
    STEPS,
    AnsweringViewSet,
    paper_schema,
    step_schema,
)
from developments.api.outputs import PlanPaperOutput
from developments.models import Paper
from developments.queries import reads_paper
from developments.services import deciding, papers, steps
from kernel import clock
from kernel.api.fields import NothingInput
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.errors import Missing, NotAllowed
from petitions import serving
from petitions.services.attaching import prepared


class StepDeeds(AnsweringViewSet):
    """Each step is one unit's."""

    @step_schema(NothingInput, "Sign for a step")
    @action(detail=True, methods=["post"], url_path=f"{STEPS}/sign")
    def step_sign(self, request: Request, pk: str, step_id: str) -> Response:
        """It is in work from now on."""
        return self.of_step(pk, step_id, steps.sign, self.read(NothingInput))

    @step_schema(inputs.PlanStepFinishInput, "Finish a step with its document and result")
    @action(detail=True, methods=["post"], url_path=f"{STEPS}/finish")
    def step_finish(self, request: Request, pk: str, step_id: str) -> Response:
        """Later steps begin with it."""
        return self.of_step(pk, step_id, steps.finish, self.read(inputs.PlanStepFinishInput))

    @step_schema(inputs.PlanStepAskInput, "Ask the company for a paper: the clock stands still")
    @action(detail=True, methods=["post"], url_path=f"{STEPS}/ask")
    def step_ask(self, request: Request, pk: str, step_id: str) -> Response:
        """A missing paper of the step, or a new one."""
        said = self.read(inputs.PlanStepAskInput)
        said["paper_id"] = said.pop("paper", None)
        return self.of_step(pk, step_id, steps.ask, said)

    @step_schema(inputs.PlanStepRefuseInput, "Refuse a step by law")
    @action(detail=True, methods=["post"], url_path=f"{STEPS}/refuse")
    def step_refuse(self, request: Request, pk: str, step_id: str) -> Response:
        """The centre decides what becomes of the plan."""
        return self.of_step(pk, step_id, steps.refuse, self.read(inputs.PlanStepRefuseInput))

    @step_schema(inputs.PlanStepAgainInput, "Send a refused step to a unit again")
    @action(detail=True, methods=["post"], url_path=f"{STEPS}/again")
    def step_again(self, request: Request, pk: str, step_id: str) -> Response:
        """The same unit cannot refuse a second time."""
        said = self.read(inputs.PlanStepAgainInput)
        return self.of_step(pk, step_id, deciding.again, {"unit_id": said["unit"], "note": said["note"]})

    @step_schema(inputs.PlanStepWaiveInput, "Go on without a refused step")
    @action(detail=True, methods=["post"], url_path=f"{STEPS}/waive")
    def step_waive(self, request: Request, pk: str, step_id: str) -> Response:
        """It is not needed."""
        return self.of_step(pk, step_id, deciding.waive, self.read(inputs.PlanStepWaiveInput))


class PaperDeeds(AnsweringViewSet):
    """Papers come from the company and are looked at by the unit whose step needs them."""

    @extend_schema(
        tags=["developments"],
        request={"multipart/form-data": inputs.PaperFileInput},
        parameters=[IDEMPOTENCY_KEY, PAPER_ID],
        responses={201: PlanPaperOutput},
        summary="Hand in a paper",
    )
    @action(detail=True, methods=["post"], url_path=f"{PAPERS}/hand-in", parser_classes=[MultiPartParser])
    def paper_hand_in(self, request: Request, pk: str, paper_id: str) -> Response:
        """A step that waited for it goes on. The same key again gives the same answer."""
        self.get_object()
        sent, at = self.read(inputs.PaperFileInput)["file"], clock.now()
        given = prepared(file=sent, name=sent.name or "")

        def work() -> tuple[int, dict[str, Any]]:
            papers.hand_in(development_id=pk, paper_id=paper_id, given=given, actor=self.actor, at=at)
            return 201, self.paper(pk, paper_id)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @paper_schema(NothingInput, "Accept a paper")
    @action(detail=True, methods=["post"], url_path=f"{PAPERS}/accept")
    def paper_accept(self, request: Request, pk: str, paper_id: str) -> Response:
        """By the unit whose step needs it."""
        return self.of_paper(pk, paper_id, papers.accept_paper, self.read(NothingInput))

    @paper_schema(inputs.DevelopmentNoteInput, "Send a paper back, with what is wrong")
    @action(detail=True, methods=["post"], url_path=f"{PAPERS}/send-back")
    def paper_send_back(self, request: Request, pk: str, paper_id: str) -> Response:
        """The company hands it in anew."""
        return self.of_paper(pk, paper_id, papers.send_back, self.read(inputs.DevelopmentNoteInput))

    @paper_schema(inputs.PaperProlongInput, "Give more time for a paper that lapsed, once")
    @action(detail=True, methods=["post"], url_path=f"{PAPERS}/prolong")
    def paper_prolong(self, request: Request, pk: str, paper_id: str) -> Response:
        """What was on hold goes on."""
        return self.of_paper(pk, paper_id, deciding.prolong, self.read(inputs.PaperProlongInput))

    @extend_schema(
        tags=["developments"],
        parameters=[PAPER_ID],
        responses={(200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")},
        summary="Fetch the file of a paper",
    )
    @action(detail=True, methods=["get"], url_path=f"{PAPERS}/file")
    def paper_file(self, request: Request, pk: str, paper_id: str) -> Any:
        """To the company, to the unit whose step needs it, and to the centre; always as a download."""
        case = self.get_object()
        rows = Paper.objects.select_related("attachment", "step")
        paper = rows.filter(pk=paper_id, development=case, attachment__isnull=False).first()
        if paper is None or paper.attachment is None:
            raise Missing(_("This does not exist, or not for you."))
        if not reads_paper(paper=paper, development=case, actor=self.actor):
            raise NotAllowed(_("This paper is for the unit whose step needs it."))
        return serving.downloaded(paper.attachment)
