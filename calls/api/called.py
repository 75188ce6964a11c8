"""What the called units do: the lead on the call, the cooperating ones on their parts of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calls.api import inputs
from calls.api.answering import AnsweringViewSet
from calls.api.outputs import part_of
from calls.api.schema import deed_schema, part_schema
from calls.models import Part
from calls.queries import WITH_PART
from calls.services import answering, parts
from kernel.api.viewsets import UUID_PATTERN
from kernel.errors import Missing

PARTS = rf"parts/(?P<part_id>{UUID_PATTERN})"


class CalledDeeds(AnsweringViewSet):
    """Answer, check-in, result, refusal."""

    @deed_schema(inputs.CallAnswerInput, "Answer a call with a named person and a time")
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """From now on the promise is the clock."""
        said = self.read(inputs.CallAnswerInput)
        answering.answer(call_id=pk, person_id=said["person"], promised_at=said["promised_at"], **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallRefuseInput, "Refuse a call by a row of the list")
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """The director of the centre rules on it."""
        said = self.read(inputs.CallRefuseInput)
        answering.refuse(call_id=pk, entry_id=said["entry"], note=said["note"], **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallArriveInput, "Check in on site")
    @action(detail=True, methods=["post"])
    def arrive(self, request: Request, pk: str) -> Response:
        """With the place where the device tells it."""
        answering.arrive(call_id=pk, **self.read(inputs.CallArriveInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallReportInput, "Report the result of a call")
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        """The caller judges it."""
        answering.report(call_id=pk, **self.read(inputs.CallReportInput), **self.seen())
        return self.answered(pk)

    @part_schema(inputs.CallAnswerInput, "Answer for a cooperating unit")
    @action(detail=True, methods=["post"], url_path=f"{PARTS}/answer")
    def part_answer(self, request: Request, pk: str, part_id: str) -> Response:
        """Its own clock, its own promise."""
        said = self.read(inputs.CallAnswerInput)
        given = {"person_id": said["person"], "promised_at": said["promised_at"]}
        return self.part(pk, part_id, parts.answer_part, given)

    @part_schema(inputs.CallArriveInput, "Check in on site for a cooperating unit")
    @action(detail=True, methods=["post"], url_path=f"{PARTS}/arrive")
    def part_arrive(self, request: Request, pk: str, part_id: str) -> Response:
        """With the place where the device tells it."""
        return self.part(pk, part_id, parts.arrive_part, self.read(inputs.CallArriveInput))

    @part_schema(inputs.CallReportInput, "Report for a cooperating unit: it has replied")
    @action(detail=True, methods=["post"], url_path=f"{PARTS}/report")
    def part_report(self, request: Request, pk: str, part_id: str) -> Response:
        """The lead unit sums up."""
        return self.part(pk, part_id, parts.report_part, self.read(inputs.CallReportInput))

    @part_schema(inputs.CallRefuseInput, "Refuse to cooperate, by a row of the list")
    @action(detail=True, methods=["post"], url_path=f"{PARTS}/refuse")
    def part_refuse(self, request: Request, pk: str, part_id: str) -> Response:
        """The director of the centre rules on it; the lead goes on."""
        said = self.read(inputs.CallRefuseInput)
        return self.part(pk, part_id, parts.refuse_part, {"entry_id": said["entry"], "note": said["note"]})

    @part_schema(inputs.CallNoteInput, "Uphold the refusal of a cooperating unit: it is let go")
    @action(detail=True, methods=["post"], url_path=f"{PARTS}/uphold")
    def part_uphold(self, request: Request, pk: str, part_id: str) -> Response:
        """Nobody waits for its reply any more."""
        return self.part(pk, part_id, parts.uphold_part, self.read(inputs.CallNoteInput))

    @part_schema(inputs.CallNoteInput, "Overrule the refusal of a cooperating unit: it must come")
    @action(detail=True, methods=["post"], url_path=f"{PARTS}/overrule")
    def part_overrule(self, request: Request, pk: str, part_id: str) -> Response:
        """It cannot refuse a second time."""
        return self.part(pk, part_id, parts.overrule_part, self.read(inputs.CallNoteInput))

    def part(self, pk: str, part_id: str, deed: Any, said: dict[str, Any]) -> Response:
        """Do a deed on a part and answer with the part. Raises Missing for a part of another call."""
        change = self.seen()
        if not Part.objects.filter(pk=part_id, call_id=pk).exists():
            raise Missing(_("This does not exist, or not for you."))
        deed(call_id=pk, part_id=part_id, **said, **change)
        part = Part.objects.select_related("call", *WITH_PART).get(pk=part_id)
        return Response(part_of(part, actor=self.actor))
