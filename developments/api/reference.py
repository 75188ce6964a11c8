"""The register of companies and the plan templates."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from developments.api import inputs
from developments.api.outputs import EnterpriseOutput, PlanTemplateOutput, PlanTemplateRow
from developments.models import Enterprise, PlanTemplate
from developments.policies import ACCEPT, FILE, GREEN, KEEP, VIEW
from developments.services import enterprises, templates
from developments.services.templates import PaperData, StepData
from kernel import clock
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from kernel.worktime import Limit


@extend_schema(tags=["developments"])
@extend_schema_view(
    list=extend_schema(responses=EnterpriseOutput(many=True), summary="Companies of the register"),
    create=extend_schema(
        request=inputs.EnterpriseInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: EnterpriseOutput},
        summary="Enter a company with its credit code",
    ),
    retrieve=extend_schema(responses=EnterpriseOutput, summary="One company"),
)
class EnterpriseViewSet(DeedViewSet):
    """One's own company; whoever takes cases up or keeps the register sees every one."""

    model = Enterprise
    case_field = "pk"
    lookup_value_regex = "[0-9]{1,9}"
    filter_backends = ()
    orderings = ("registered_at",)
    capabilities = {"list": (ACCEPT, KEEP, FILE), "retrieve": (ACCEPT, KEEP, FILE), "create": KEEP, "green": GREEN}

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().select_related("unit")

    def list(self, request: Request) -> Response:
        """In the order in which they were entered."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([self._of(one) for one in rows])

    def create(self, request: Request) -> Response:
        """The code must fit GB 32100. The same key again gives the same answer."""
        said, at = self.read(inputs.EnterpriseInput), clock.now()
        unit_id = said.pop("unit")

        def work() -> tuple[int, dict[str, Any]]:
            made = enterprises.register(unit_id=unit_id, actor=self.actor, at=at, **said)
            return 201, self._of(made)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(self._of(self.get_object()))

    @extend_schema(
        tags=["developments"],
        request=inputs.GreenInput,
        parameters=[IF_MATCH],
        responses=EnterpriseOutput,
        summary="Grant the green channel or take it away",
    )
    @action(detail=True, methods=["post"])
    def green(self, request: Request, pk: str) -> Response:
        """Signed, with a reason."""
        enterprises.set_green(enterprise_id=int(pk), **self.read(inputs.GreenInput), **self.seen())
        return Response(self._of(self.get_object()))

    def _of(self, one: Enterprise) -> dict[str, Any]:
        shown = {name: getattr(one, name) for name in ("id", "version", "credit_code", "key_project", "green")}
        return {**shown, "registered_at": one.registered_at, "unit": {"id": one.unit_id, "name": str(one.unit)}}


@extend_schema(tags=["developments"])
@extend_schema_view(
    list=extend_schema(responses=PlanTemplateRow(many=True), summary="Every version of every plan template"),
    create=extend_schema(
        request=inputs.PlanTemplateInput,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: PlanTemplateOutput},
        summary="Sign a version of a plan template",
    ),
    retrieve=extend_schema(responses=PlanTemplateOutput, summary="One version with its steps and papers"),
)
class PlanTemplateViewSet(DeedViewSet):
    """Plan templates; a version is never changed, another one follows it."""

    model = PlanTemplate
    lookup_value_regex = "[0-9]{1,9}"
    filter_backends = ()
    orderings = ("-signed_at",)
    capabilities = {"list": (VIEW, KEEP, FILE), "retrieve": (VIEW, KEEP, FILE), "create": KEEP}

    def get_queryset(self) -> QuerySet[Any]:
        return PlanTemplate.objects.all()

    def list(self, request: Request) -> Response:
        """The newest first."""
        rows = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response([PlanTemplateRow(one).data for one in rows])

    def create(self, request: Request) -> Response:
        """`version` is the number of the one that it follows. The same key again gives the same answer."""
        said, at = self.read(inputs.PlanTemplateInput), clock.now()
        category = said.pop("category")
        steps = [_step(one) for one in said.pop("steps")]

        def work() -> tuple[int, dict[str, Any]]:
            made = templates.publish_template(category_code=category, steps=steps, actor=self.actor, at=at, **said)
            return 201, self._of(made)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    def retrieve(self, request: Request, pk: str) -> Response:
        """With every step and paper."""
        return Response(self._of(self.get_object()))

    def _of(self, one: PlanTemplate) -> dict[str, Any]:
        found = PlanTemplate.objects.prefetch_related("steps__papers").get(pk=one.pk)
        return dict(PlanTemplateOutput(found).data)


def _step(said: dict[str, Any]) -> StepData:
    return StepData(
        code=said["code"],
        name=said["name"],
        unit_id=said.get("unit"),
        rule=said["rule"],
        limit=Limit(said["limit_value"], said["limit_unit"]),
        green=Limit(said["green_value"], said["green_unit"]),
        after=tuple(said["after"]),
        papers=tuple(PaperData(**one) for one in said["papers"]),
    )
