"""Absences: listed, entered, ended."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock
from kernel.actors import Actor
from kernel.api.fields import StrictInput, Whole
from kernel.api.filters import FlagFilter, NumberFilter, StrictFilterSet
from kernel.api.once import answer_once
from kernel.api.outputs import PersonRef, UnitRef
from kernel.api.schema import IDEMPOTENCY_KEY, IF_MATCH
from kernel.api.viewsets import DeedViewSet
from organizations.choices import AbsenceReason
from organizations.models import Absence
from organizations.queries.absences import enter_verdict
from organizations.services import absences

LARGEST = 2_147_483_647


class AbsenceOutput(serializers.ModelSerializer[Absence]):
    """Somebody who is away; one that ends as it begins was called off."""

    person = PersonRef()
    stand_in = PersonRef()
    unit = UnitRef()
    reason = serializers.ChoiceField(
        AbsenceReason.choices, allow_null=True, help_text="For the person, and for who may end it; null for others."
    )

    class Meta:
        model = Absence
        fields = ["id", "person", "stand_in", "unit", "reason", "begins_at", "ends_at", "version"]


class AbsenceInput(StrictInput):
    """Who is away from which unit, who of that unit stands in, and when."""

    person = Whole(min_value=1, max_value=LARGEST)
    stand_in = Whole(min_value=1, max_value=LARGEST)
    unit = Whole(min_value=1, max_value=LARGEST)
    reason = serializers.ChoiceField(AbsenceReason.choices)
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class AbsenceFilters(StrictFilterSet):
    """Absences by unit, and those that run or will run."""

    unit = NumberFilter(field_name="unit_id")
    coming = FlagFilter(method="to_come", help_text="Only those that are not over.")

    class Meta:
        model = Absence
        fields: list[str] = []

    def to_come(self, queryset: Any, _name: str, wanted: bool) -> Any:
        """Absences that end after now."""
        return queryset.to_come(clock.now()) if wanted else queryset


def row_of(one: Absence, *, actor: Actor) -> dict[str, Any]:
    """An absence as answers show it: why somebody is away can be a matter of health."""
    plain = ("id", "begins_at", "ends_at", "version")
    may_know = enter_verdict(actor=actor, user_id=one.user_id, unit_id=one.unit_id)
    return {
        **{name: getattr(one, name) for name in plain},
        "reason": one.reason if may_know else None,
        "person": {"id": one.user_id, "name": str(one.user)},
        "stand_in": {"id": one.stand_in_id, "name": str(one.stand_in)},
        "unit": {"id": one.unit_id, "name": str(one.unit)},
    }


@extend_schema(tags=["absences"])
@extend_schema_view(
    list=extend_schema(responses=AbsenceOutput(many=True), summary="Who is away, and who stands in"),
    create=extend_schema(
        request=AbsenceInput, parameters=[IDEMPOTENCY_KEY], responses={201: AbsenceOutput}, summary="Enter an absence"
    ),
    retrieve=extend_schema(responses=AbsenceOutput, summary="One absence"),
)
class AbsenceViewSet(DeedViewSet):
    """Absences of one's units, one's own, and those in which one stands in."""

    model = Absence
    serializer_class = AbsenceOutput
    filterset_class = AbsenceFilters
    orderings = ("begins_at", "-begins_at")
    capabilities = {"list": "", "retrieve": "", "create": "", "end": ""}

    def get_queryset(self) -> Any:
        """With the names shown."""
        return super().get_queryset().select_related("user", "stand_in", "unit")

    def list(self, request: Request) -> Response:
        """In the order in which they begin."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([row_of(one, actor=self.actor) for one in rows])

    def create(self, request: Request) -> Response:
        """By the person, the head of the unit or an administrator. The same key again gives the same answer."""
        said, at = self.read(AbsenceInput), clock.now()
        who = {"user_id": said.pop("person"), "stand_in_id": said.pop("stand_in"), "unit_id": said.pop("unit")}

        def work() -> tuple[int, dict[str, Any]]:
            made = absences.enter_absence(**who, **said, actor=self.actor, at=at)
            return 201, row_of(self.get_queryset().get(pk=made.pk), actor=self.actor)

        response = answer_once(request, actor_key=self.actor.key, at=at, work=work)
        response.headers["Location"] = request.build_absolute_uri(f"{request.path}{response.data['id']}/")
        return response

    def retrieve(self, request: Request, pk: str) -> Response:
        """`ETag` is the version for If-Match."""
        return Response(row_of(self.get_object(), actor=self.actor))

    @extend_schema(
        request=None, parameters=[IF_MATCH], responses=AbsenceOutput, summary="End an absence early", filters=False
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """The stand-in's rights end with it; one that has not begun is called off."""
        absences.end_absence(absence_id=pk, **self.seen())
        return Response(row_of(self.get_queryset().get(pk=pk), actor=self.actor))
