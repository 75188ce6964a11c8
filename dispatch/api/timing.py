"""Endpoints of time beside those of one order: suspensions by age and by unit, and the lights of areas."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dispatch import ageing
from dispatch.api import times
from dispatch.api.time_inputs import LightsInput, TimeRuleInput
from dispatch.models import LightRule, TimeRequest, TimeRule
from dispatch.services import lights
from dispatch.services.time_rules import CAPABILITY, Said, set_time_rule
from dispatch.time_rules import all_rules
from dispatch.times import FIGURES
from kernel import clock
from kernel.api.once import answer_once
from kernel.api.outputs import results_of
from kernel.api.parameters import refuse_unknown
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet


@extend_schema(tags=["orders"])
@extend_schema_view(
    list=extend_schema(responses=times.HangupOutput(many=True), summary="Suspended orders, the oldest first")
)
class Hangups(DeedViewSet):
    """What stands still, by age."""

    model = TimeRequest
    filter_backends = ()
    orderings = ("since",)
    capabilities = {"list": "", "units": ""}

    def list(self, request: Request) -> Response:
        """Those that run."""
        refuse_unknown(request, known=(), view=self)
        at = clock.now()
        rows = ageing.running(actor=self.actor).select_related("petition", "unit")
        found = self.paginate_queryset(rows) or []
        for one in found:
            one.days = ageing.days_old(since=one.since or at, at=at)
        return self.get_paginated_response(times.HangupOutput(found, many=True).data)

    @extend_schema(responses=results_of(times.UnitHangupsOutput), summary="How many every unit has suspended")
    @action(detail=False, methods=["get"])
    def units(self, request: Request) -> Response:
        """Counts only, for everybody."""
        return Response({"results": [times.unit_shown(one) for one in ageing.by_unit(at=clock.now())]})


@extend_schema(tags=["reference"])
@extend_schema_view(
    list=extend_schema(responses=results_of(times.LightsOutput), summary="Shares of the limit at which lights change"),
    create=extend_schema(
        request=LightsInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: times.LightsOutput},
        summary="Set the shares of a county or a city",
    ),
)
class Lights(DeedViewSet):
    """What every area has set, the newest first; the first row of an area is in force."""

    model = LightRule
    pagination_class = None
    filter_backends = ()
    capabilities = {"list": "reference.view", "create": "reference.edit"}

    def list(self, request: Request) -> Response:
        """All at once."""
        refuse_unknown(request, known=())
        rows = lights.latest(at=clock.now())
        return Response({"results": times.LightsOutput(rows, many=True).data})

    def create(self, request: Request) -> Response:
        """It holds for the orders handed out from now on; those that run keep theirs."""
        said, at = self.read(LightsInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            shares = {"half": said["half"], "warn": said["warn"]}
            rule = lights.set_lights(area_code=said["area"], **shares, actor=self.actor, at=at)
            return 201, dict(times.LightsOutput(rule).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)


@extend_schema(tags=["reference"])
@extend_schema_view(
    list=extend_schema(responses=results_of(times.TimeRuleOutput), summary="How much time may be given, rule by rule"),
    create=extend_schema(
        request=TimeRuleInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: times.TimeRuleOutput},
        summary="Set how much time may be given",
    ),
)
class TimeRules(DeedViewSet):
    """Every rule that was ever set, the newest first. The smallest area with a rule in force decides."""

    model = TimeRule
    pagination_class = None
    filter_backends = ()
    capabilities = {"list": ("reference.view", CAPABILITY), "create": CAPABILITY}

    def list(self, request: Request) -> Response:
        """All at once."""
        refuse_unknown(request, known=())
        return Response({"results": times.TimeRuleOutput(all_rules(), many=True).data})

    def create(self, request: Request) -> Response:
        """It holds for what is asked and decided from then on; what was granted stays."""
        said, at = self.read(TimeRuleInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            wanted = Said(
                area_code=said["area"],
                unit_kind=said["unit_kind"],
                valid_from=said["valid_from"] or at,
                grounds=said["grounds"],
                figures={name: said[name] for name in FIGURES},
            )
            rule = set_time_rule(said=wanted, actor=self.actor, at=at)
            return 201, dict(times.TimeRuleOutput(rule).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)
