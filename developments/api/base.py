"""How every deed on a case answers, and how it stands in the schema."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from developments.api.outputs import DevelopmentOutput, PlanPaperOutput, PlanStepOutput, detail_of, paper_of, step_of
from developments.models import Development, Paper, Step
from developments.policies import ACCEPT, ANSWER, FILE, RULE, VIEW
from kernel.api.schema import IF_MATCH
from kernel.api.viewsets import UUID_PATTERN, DeedViewSet
from kernel.errors import Missing

WITH = ("enterprise__unit", "center", "template")
STEPS = rf"steps/(?P<step_id>{UUID_PATTERN})"
PAPERS = rf"papers/(?P<paper_id>{UUID_PATTERN})"
STEP_ID = OpenApiParameter("step_id", OpenApiTypes.UUID, OpenApiParameter.PATH)
PAPER_ID = OpenApiParameter("paper_id", OpenApiTypes.UUID, OpenApiParameter.PATH)
CAPABILITIES: dict[str, Any] = {
    "list": (VIEW, FILE),
    "retrieve": (VIEW, FILE),
    "create": FILE,
    "open": ACCEPT,
    "accept": ACCEPT,
    "decline": ACCEPT,
    "end": RULE,
    "promise": FILE,
    "withdraw": FILE,
    "rate": FILE,
    "step_sign": ANSWER,
    "step_finish": ANSWER,
    "step_ask": ANSWER,
    "step_refuse": ANSWER,
    "step_again": RULE,
    "step_waive": RULE,
    "paper_hand_in": FILE,
    "paper_accept": ANSWER,
    "paper_send_back": ANSWER,
    "paper_prolong": RULE,
    "paper_file": (VIEW, FILE),
}


def deed_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a case."""
    said: dict[str, Any] = {"parameters": [IF_MATCH], "responses": DevelopmentOutput, "summary": summary}
    return extend_schema(tags=["developments"], request=request, **said)


def step_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a step; the version is the step's."""
    said: dict[str, Any] = {"parameters": [IF_MATCH, STEP_ID], "responses": PlanStepOutput, "summary": summary}
    return extend_schema(tags=["developments"], request=request, **said)


def paper_schema(request: Any, summary: str) -> Any:
    """The schema of a deed on a paper; the version is the paper's."""
    said: dict[str, Any] = {"parameters": [IF_MATCH, PAPER_ID], "responses": PlanPaperOutput, "summary": summary}
    return extend_schema(tags=["developments"], request=request, **said)


class AnsweringViewSet(DeedViewSet):
    """The base of everybody's deeds on a case."""

    model = Development
    # Never the petition's chain: what happened last on it is not for the units of the plan (F17).
    case_field = "pk"
    capabilities = CAPABILITIES

    def shown(self, pk: Any) -> dict[str, Any]:
        """The case as this person sees it."""
        return detail_of(self.get_queryset().select_related(*WITH).get(pk=pk), actor=self.actor)

    def answered(self, pk: Any) -> Response:
        """How it stands now."""
        return Response(self.shown(pk))

    def of_step(self, pk: str, step_id: str, deed: Any, said: dict[str, Any]) -> Response:
        """Do a deed on a step and answer with the step. Raises Missing for a step of another case."""
        change = self.seen()
        if not Step.objects.filter(pk=step_id, development_id=pk).exists():
            raise Missing(_("This does not exist, or not for you."))
        deed(development_id=pk, step_id=step_id, **said, **change)
        case = self.get_queryset().select_related(*WITH).get(pk=pk)
        return Response(step_of(Step.objects.select_related("unit").get(pk=step_id), case, actor=self.actor))

    def of_paper(self, pk: str, paper_id: str, deed: Any, said: dict[str, Any]) -> Response:
        """Do a deed on a paper and answer with the paper. Raises Missing for a paper of another case."""
        change = self.seen()
        if not Paper.objects.filter(pk=paper_id, development_id=pk).exists():
            raise Missing(_("This does not exist, or not for you."))
        deed(development_id=pk, paper_id=paper_id, **said, **change)
        return Response(self.paper(pk, paper_id))

    def paper(self, pk: str, paper_id: str) -> dict[str, Any]:
        """A paper as this person sees it."""
        case = self.get_queryset().select_related(*WITH).get(pk=pk)
        return paper_of(Paper.objects.select_related("step").get(pk=paper_id), case, actor=self.actor)
