"""Deeds on the time of one order: asking, deciding, going on; and why it is due when it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.api import time_inputs as inputs
from dispatch.api.deed_schema import deed_schema
from dispatch.api.outputs import changed_of
from dispatch.api.times import ReckoningOutput, reckoning_shown
from dispatch.models import WorkOrder
from dispatch.reckoning import of_order
from dispatch.services import asking, granting, pausing
from kernel import clock
from kernel.api.viewsets import DeedViewSet
from kernel.calendars import current

TIME_CAPABILITIES = {
    "deadline": "",
    "extension": "order.ask_time",
    "pause": "order.ask_time",
    "time_ruling": "order.grant_time",
    "resume": "",
}


class OrderTime(DeedViewSet):
    """What the endpoint of orders has beside the course of the work."""

    def answer(self, order: WorkOrder) -> Response:
        """How it stands now, and what this person may do next."""
        return Response(changed_of(order, actor=self.actor))

    @extend_schema(tags=["orders"], responses=ReckoningOutput, summary="Why until then")
    @action(detail=True, methods=["get"])
    def deadline(self, request: Request, pk: str) -> Response:
        """The limit and its source, the calendar, what it stood still, what was added, every move with its cause."""
        at = clock.now()
        order = self.get_queryset().select_related("petition", "unit").filter(pk=pk).first()
        if order is None:
            raise Http404
        return Response(reckoning_shown(of_order(order=order, at=at, calendar=current(at=at))))

    @deed_schema(inputs.ExtensionInput, "Ask for an extension")
    @action(detail=True, methods=["post"])
    def extension(self, request: Request, pk: str) -> Response:
        """Once, before the end; the centre decides."""
        said = self.read(inputs.ExtensionInput)
        return self.answer(asking.ask_extension(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.PauseInput, "Ask that the clock stands still")
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """For a reason of the list and until a day; the centre decides."""
        said = self.read(inputs.PauseInput)
        return self.answer(asking.ask_pause(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.TimeRulingInput, "Decide on what was asked for")
    @action(detail=True, methods=["post"], url_path="time-ruling")
    def time_ruling(self, request: Request, pk: str) -> Response:
        """Never by whoever asked. The citizen is told."""
        said = self.read(inputs.TimeRulingInput)
        return self.answer(granting.decide(order_id=pk, **said, **self.seen()))

    @deed_schema(inputs.ResumeInput, "Go on before the planned end of a suspension")
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """By the unit, or by the centre. What is left of the suspension is not given."""
        self.read(inputs.ResumeInput)
        seen: dict[str, Any] = self.seen()
        return self.answer(pausing.resume(order_id=pk, **seen))
