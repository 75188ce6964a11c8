"""Endpoints of those who serve a grid without an account: listed, put on its card, taken off it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from grids.choices import StaffKind
from grids.models import CellStaff
from grids.models.cell import CODE
from grids.policies import KEEP
from grids.services.staffing import staff_cell, unstaff_cell
from kernel import clock
from kernel.api.fields import StrictInput, Text
from kernel.api.filters import CodeFilter, FlagFilter, StrictFilterSet
from kernel.api.once import answer_once
from kernel.api.schema import IDEMPOTENCY_KEY
from kernel.api.viewsets import DeedViewSet

TAGS = ["map"]


class CellStaffOutput(serializers.ModelSerializer[CellStaff]):
    """Somebody on the card of a grid in [valid_from, valid_until)."""

    cell = serializers.CharField(source="cell.code")
    kind = serializers.ChoiceField(choices=StaffKind.choices)

    class Meta:
        model = CellStaff
        fields = ["id", "cell", "kind", "name", "phone", "valid_from", "valid_until"]


class CellStaffInput(StrictInput):
    """Who serves which grid as what, from a day on; name and telephone are published on the card."""

    cell = serializers.RegexField(CODE)
    kind = serializers.ChoiceField(choices=StaffKind.choices)
    name = Text(max_length=32)
    phone = Text(max_length=32, required=False, allow_blank=True, default="")
    valid_from = serializers.DateField()


class EndStaffInput(StrictInput):
    """Until when."""

    on = serializers.DateField(help_text="The first day without.")


class CellStaffFilters(StrictFilterSet):
    """People by grid, kind and whether they serve today."""

    cell = CodeFilter(field_name="cell__code", digits="15")
    kind = filters.ChoiceFilter(choices=StaffKind.choices)
    current = FlagFilter(method="today", help_text="True: today. False: not today.")

    class Meta:
        model = CellStaff
        fields: list[str] = []

    def today(self, queryset: Any, _name: str, wanted: bool) -> QuerySet[Any]:
        """By their period."""
        serving = CellStaff.objects.in_force(clock.today())
        found: QuerySet[Any] = queryset.filter(pk__in=serving) if wanted else queryset.filter(~Q(pk__in=serving))
        return found


@extend_schema(tags=TAGS)
@extend_schema_view(
    list=extend_schema(summary="People on the cards of grids, the latest first"),
    retrieve=extend_schema(summary="Somebody on the card of a grid"),
)
class CellStaffViewSet(ListModelMixin, RetrieveModelMixin, DeedViewSet):
    """Instructors, police officers and workers without an account. Whoever has one is posted."""

    model = CellStaff
    serializer_class = CellStaffOutput
    filterset_class = CellStaffFilters
    orderings = ("-valid_from", "valid_from")
    lookup_value_regex = "[0-9]{1,18}"
    capabilities = dict.fromkeys(("list", "retrieve", "create", "end"), KEEP)

    def get_queryset(self) -> Any:
        """With their grid."""
        return super().get_queryset().select_related("cell")

    @extend_schema(
        request=CellStaffInput, parameters=[IDEMPOTENCY_KEY], responses={201: CellStaffOutput},
        summary="Put somebody on the card of a grid",
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """From a day on, past or to come."""
        said, at = self.read(CellStaffInput), clock.now()

        def work() -> tuple[int, dict[str, Any]]:
            made = staff_cell(code=said.pop("cell"), actor=self.actor, at=at, **said)
            return 201, dict(CellStaffOutput(made).data)

        return answer_once(request, actor_key=self.actor.key, at=at, work=work)

    @extend_schema(
        request=EndStaffInput, responses=CellStaffOutput, summary="Take somebody off the card of a grid", filters=False
    )
    @action(detail=True, methods=["post"], filterset_class=None)
    def end(self, request: Request, pk: str) -> Response:
        """From a day on; once. 409 where an end was set before."""
        said, held = self.read(EndStaffInput), self.get_object()
        ended = unstaff_cell(staff_id=held.pk, on=said["on"], actor=self.actor, at=clock.now())
        return Response(CellStaffOutput(ended).data)
