"""What the caller and the centre do with a call."""

from __future__ import annotations

from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calls.api import inputs
from calls.api.answering import AnsweringViewSet
from calls.api.schema import deed_schema
from calls.services import ending, filing, judging, ruling, sending, triaging, turning
from calls.services.triaging import Assist
from petitions.queries import usual_channel


class CallerDeeds(AnsweringViewSet):
    """Signature, triage, judgement and adjudication."""

    @deed_schema(inputs.CallEmptyInput, "Sign a call as head of the calling unit")
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """The centre gets it."""
        self.read(inputs.CallEmptyInput)
        filing.sign(call_id=pk, **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallNoteInput, "Do not sign a call")
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """It ends in the house."""
        filing.decline(call_id=pk, **self.read(inputs.CallNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallTriageInput, "Name lead, cooperating units and limit")
    @action(detail=True, methods=["post"])
    def triage(self, request: Request, pk: str) -> Response:
        """A township that the list lets only cooperate is never made to lead."""
        said = self.read(inputs.CallTriageInput)
        assists = [Assist(unit_id=one["unit"], task=one["task"]) for one in said.pop("assists")]
        triaging.triage(call_id=pk, unit_id=said.pop("unit"), assists=assists, **said, **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallNoteInput, "Do not take a call up")
    @action(detail=True, methods=["post"], url_path="turn-away")
    def turn_away(self, request: Request, pk: str) -> Response:
        """It ends with the reason of the centre."""
        filing.turn_away(call_id=pk, **self.read(inputs.CallNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallRatingInput, "Solved: rate the lead unit")
    @action(detail=True, methods=["post"])
    def solve(self, request: Request, pk: str) -> Response:
        """What cooperating units still owe ends with it."""
        judging.solve(call_id=pk, **self.read(inputs.CallRatingInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallNoteInput, "Not solved: call the same units again")
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """A new round with new limits; the last one is kept."""
        judging.send_back(call_id=pk, **self.read(inputs.CallNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallNoteInput, "Uphold a refusal: another unit is to be named")
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: str) -> Response:
        """The call goes back to triage."""
        ruling.uphold(call_id=pk, **self.read(inputs.CallNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallNoteInput, "Overrule a refusal: the unit must come")
    @action(detail=True, methods=["post"])
    def overrule(self, request: Request, pk: str) -> Response:
        """It cannot refuse a second time."""
        ruling.overrule(call_id=pk, **self.read(inputs.CallNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallNoteInput, "Withdraw a call")
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Nobody need come any more."""
        ending.withdraw(call_id=pk, **self.read(inputs.CallNoteInput), **self.seen())
        return self.answered(pk)

    @deed_schema(inputs.CallSendInput, "Send the township's own team beside a call to a department")
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        """The same case; the answer is the call of the team, with a clock and a rating of its own."""
        own = sending.send_beside(call_id=pk, team_id=self.read(inputs.CallSendInput)["team"], **self.seen())
        return self.answered(own.pk)

    @deed_schema(inputs.CallPetitionInput, "File a petition for a call that has none")
    @action(detail=True, methods=["post"])
    def petition(self, request: Request, pk: str) -> Response:
        """It takes the id of the call's case; the called units do not see it."""
        said, channel = self.read(inputs.CallPetitionInput), usual_channel(actor=self.actor)
        turning.file_for_call(call_id=pk, channel=channel, **said, **self.seen())
        return self.answered(pk)
