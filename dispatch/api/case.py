"""The orders of one petition, and giving it to a unit."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch.api import inputs
from dispatch.api.decision import DecisionOutput, decision_of
from dispatch.api.deed_schema import deed_schema
from dispatch.api.outputs import changed_of
from dispatch.api.rows import BESIDE, FOR_LIGHT, ROW, ROW_NAMES, OrderRow, rows_shown
from dispatch.api.times import ReckoningOutput, reckoning_shown
from dispatch.models import WorkOrder
from dispatch.queries import route_of
from dispatch.reckoning import reckoning_of
from dispatch.routing import Route
from dispatch.services import opening
from kernel import clock
from kernel.api.outputs import results_of
from kernel.api.viewsets import DeedViewSet
from kernel.calendars import current
from kernel.errors import Missing
from petitions.models import Petition


class CaseDispatch(DeedViewSet):
    """What dispatch knows about a petition."""

    model = Petition
    pagination_class = None
    filter_backends = ()
    capabilities = {"deadline": "", "orders": "", "route": "order.assign", "assign": "order.assign"}

    @extend_schema(tags=["orders"], responses=results_of(OrderRow), summary="All orders of a petition")
    @action(detail=True, methods=["get"])
    def orders(self, request: Request, pk: str) -> Response:
        """One for each unit that had it, the newest last. Who sees the petition sees where it went."""
        rows = WorkOrder.objects.filter(petition_id=self.get_object().pk).order_by("assigned_at", "pk")
        shown = rows_shown(rows.values(*ROW, *FOR_LIGHT, *BESIDE, **ROW_NAMES), at=clock.now())
        return Response({"results": shown})

    @extend_schema(tags=["orders"], responses=ReckoningOutput, summary="Why until then")
    @action(detail=True, methods=["get"])
    def deadline(self, request: Request, pk: str) -> Response:
        """Of the order that a unit has in hand, else of the stage. 404 where no clock runs."""
        at = clock.now()
        found = reckoning_of(petition=self.get_object(), at=at, calendar=current(at=at))
        if found is None:
            raise Missing(_("No clock runs here."))
        return Response(reckoning_shown(found))

    @extend_schema(tags=["orders"], responses=DecisionOutput, summary="What would the list say now?")
    @action(detail=True, methods=["get"])
    def route(self, request: Request, pk: str) -> Response:
        """A dry run: nothing is changed."""
        decided = route_of(petition=self.get_object(), at=clock.now())
        lacking = "" if isinstance(decided, Route) else str(decided.reason)
        return Response(decision_of(decided.record(), on=clock.today(), lacking=lacking))

    @deed_schema(inputs.AssignOrderInput, "Give a petition to a unit")
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: str) -> Response:
        """Where the list has no answer, or another one. If-Match is the petition's version; the answer is the order."""
        said = self.read(inputs.AssignOrderInput)
        order = opening.assign(petition_id=pk, unit_id=said["unit"], instruction=said["instruction"], **self.seen())
        return Response(changed_of(order, actor=self.actor))
